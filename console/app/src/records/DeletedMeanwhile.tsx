import Alert from '@mui/material/Alert'
import Button from '@mui/material/Button'
import type { Deleted } from '@unlost/client'
import { nameOf } from '@unlost/react'
import { useFormats } from '../texts/useFormats.js'
import { useText } from '../texts/useText.js'

/** The record is gone, but what was typed is still in the form. */
export function DeletedMeanwhile({ deletion, onDiscard }: { deletion: Deleted; onDiscard: () => void }) {
  const text = useText()
  const formats = useFormats()
  return (
    <Alert
      severity="warning"
      role="status"
      sx={{ mb: 2 }}
      action={
        <Button color="inherit" size="small" onClick={onDiscard}>
          {text('records.discard')}
        </Button>
      }
    >
      {text('records.deletedMeanwhile', {
        who: nameOf(deletion.deletedBy, deletion.deletedByInfo) ?? text('records.somebody'),
        when: formats.when(deletion.deletedAt),
      })}
    </Alert>
  )
}
