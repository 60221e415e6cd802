import Alert from '@mui/material/Alert'
import Button from '@mui/material/Button'
import Dialog from '@mui/material/Dialog'
import DialogActions from '@mui/material/DialogActions'
import DialogContent from '@mui/material/DialogContent'
import DialogContentText from '@mui/material/DialogContentText'
import DialogTitle from '@mui/material/DialogTitle'
import { useId, useState } from 'react'
import { useText } from '../texts/useText.js'
import type { SignIn } from './SignIn.js'

/** Over the page, which stays as it is: what was entered there is kept. */
export function SignInAgain({ signIn }: { signIn: SignIn }) {
  const text = useText()
  const [title, about] = [useId(), useId()]
  const [isBusy, setBusy] = useState(false)
  const [failure, setFailure] = useState<string | null>(null)

  const again = async () => {
    setBusy(true)
    setFailure(null)
    try {
      await signIn.again()
    } catch (cause) {
      setFailure(cause instanceof Error ? cause.message : String(cause))
      setBusy(false)
    }
  }

  return (
    <Dialog open role="alertdialog" aria-labelledby={title} aria-describedby={about} maxWidth="xs">
      <DialogTitle id={title}>{text('signIn.lostTitle')}</DialogTitle>
      <DialogContent>
        <DialogContentText id={about}>{text('signIn.lostAbout')}</DialogContentText>
        {failure !== null && (
          <Alert severity="error" sx={{ mt: 2 }}>
            {text('signIn.failed', { reason: failure })}
          </Alert>
        )}
      </DialogContent>
      <DialogActions>
        <Button onClick={() => void signIn.signOut()}>{text('layout.signOut')}</Button>
        <Button variant="contained" autoFocus loading={isBusy} onClick={() => void again()}>
          {text('signIn.again')}
        </Button>
      </DialogActions>
    </Dialog>
  )
}
