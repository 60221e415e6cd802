import Button from '@mui/material/Button'
import Dialog from '@mui/material/Dialog'
import DialogActions from '@mui/material/DialogActions'
import DialogContent from '@mui/material/DialogContent'
import DialogContentText from '@mui/material/DialogContentText'
import DialogTitle from '@mui/material/DialogTitle'
import { useId } from 'react'
import { useText } from '../texts/useText.js'
import { useLeaving } from './useLeaving.js'

/** Asks before a page with unsaved input is left. */
export function LeaveDialog({ isDirty, onDiscard }: { isDirty: boolean; onDiscard: () => void }) {
  const text = useText()
  const [title, about] = [useId(), useId()]
  const blocker = useLeaving(isDirty)
  const isAsking = blocker.state === 'blocked'
  const stay = () => {
    blocker.reset?.()
  }
  const leave = () => {
    blocker.proceed?.()
  }
  return (
    <Dialog open={isAsking} onClose={stay} aria-labelledby={title} aria-describedby={about} maxWidth="xs">
      <DialogTitle id={title}>{text('leave.title')}</DialogTitle>
      <DialogContent>
        <DialogContentText id={about}>{text('leave.about')}</DialogContentText>
      </DialogContent>
      <DialogActions sx={{ flexWrap: 'wrap', gap: 0.5 }}>
        <Button
          color="error"
          onClick={() => {
            onDiscard()
            leave()
          }}
        >
          {text('leave.discard')}
        </Button>
        <Button onClick={leave}>{text('leave.keep')}</Button>
        <Button variant="contained" autoFocus onClick={stay}>
          {text('leave.stay')}
        </Button>
      </DialogActions>
    </Dialog>
  )
}
