import Alert from '@mui/material/Alert'
import Button from '@mui/material/Button'
import { useFormats } from '../texts/useFormats.js'
import { useText } from '../texts/useText.js'

/** What was typed and left is there again. */
export function DraftNotice({ at, onDiscard }: { at: string; onDiscard: () => void }) {
  const text = useText()
  const formats = useFormats()
  const isToday = new Date(at).toDateString() === new Date().toDateString()
  return (
    <Alert
      severity="info"
      role="status"
      sx={{ mb: 2 }}
      action={
        <Button color="inherit" size="small" onClick={onDiscard}>
          {text('records.discardDraft')}
        </Button>
      }
    >
      {text('records.restoredDraft', { when: isToday ? formats.time(at) : formats.when(at) })}
    </Alert>
  )
}
