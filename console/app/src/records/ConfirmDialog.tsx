import Alert from '@mui/material/Alert'
import Button from '@mui/material/Button'
import Dialog from '@mui/material/Dialog'
import DialogActions from '@mui/material/DialogActions'
import DialogContent from '@mui/material/DialogContent'
import DialogContentText from '@mui/material/DialogContentText'
import DialogTitle from '@mui/material/DialogTitle'
import { useId } from 'react'
import { useText } from '../texts/useText.js'

interface ConfirmDialogProps {
  readonly isOpen: boolean
  readonly title: string
  readonly about: string
  readonly confirm: string
  readonly isDangerous?: boolean
  readonly isBusy: boolean
  /** Why it did not work. */
  readonly failure: string | null
  readonly onConfirm: () => void
  readonly onCancel: () => void
}

export function ConfirmDialog(props: ConfirmDialogProps) {
  const { isOpen, title, about, confirm, isDangerous = false, isBusy, failure, onConfirm, onCancel } = props
  const text = useText()
  const [heading, body] = [useId(), useId()]
  return (
    <Dialog open={isOpen} onClose={onCancel} aria-labelledby={heading} aria-describedby={body} maxWidth="xs">
      <DialogTitle id={heading}>{title}</DialogTitle>
      <DialogContent>
        <DialogContentText id={body}>{about}</DialogContentText>
        {failure !== null && (
          <Alert severity="error" sx={{ mt: 2 }}>
            {failure}
          </Alert>
        )}
      </DialogContent>
      <DialogActions>
        <Button autoFocus onClick={onCancel}>
          {text('records.cancel')}
        </Button>
        <Button
          variant="contained"
          color={isDangerous ? 'error' : 'primary'}
          loading={isBusy}
          onClick={onConfirm}
        >
          {confirm}
        </Button>
      </DialogActions>
    </Dialog>
  )
}
