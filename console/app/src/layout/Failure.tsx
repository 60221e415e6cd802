import Alert from '@mui/material/Alert'
import AlertTitle from '@mui/material/AlertTitle'
import Button from '@mui/material/Button'
import { useProblemText } from './useProblemText.js'
import { useText } from '../texts/useText.js'

/** What could not be read, why, and a way to try again. */
export function Failure({ error, onRetry }: { error: Error; onRetry: () => void }) {
  const text = useText()
  const why = useProblemText()
  return (
    <Alert
      severity="error"
      action={
        <Button color="inherit" size="small" onClick={onRetry}>
          {text('layout.retry')}
        </Button>
      }
    >
      <AlertTitle>{text('layout.failed')}</AlertTitle>
      {why(error)}
    </Alert>
  )
}
