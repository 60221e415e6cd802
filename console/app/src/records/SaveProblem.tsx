import Alert from '@mui/material/Alert'
import { NoAnswerError, ProblemError } from '@unlost/client'
import { useProblemText } from '../layout/useProblemText.js'
import { SignInLostError } from '../sign-in/SignIn.js'
import { useText } from '../texts/useText.js'

/** Why the last save did not work, and that what was typed is still there. */
export function SaveProblem({ cause }: { cause: Error | null }) {
  const text = useText()
  const why = useProblemText()
  if (cause === null || cause instanceof SignInLostError) return null // a dialog asks to sign in again
  const isCut = cause instanceof NoAnswerError
  const isInvalid = cause instanceof ProblemError && cause.status === 422
  return (
    <Alert severity={isCut ? 'warning' : 'error'} sx={{ mb: 1.25 }}>
      {isInvalid && cause.problem.errors === undefined ? cause.message : why(cause)} {text('records.kept')}
    </Alert>
  )
}
