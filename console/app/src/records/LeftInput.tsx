import Alert from '@mui/material/Alert'
import AlertTitle from '@mui/material/AlertTitle'
import Button from '@mui/material/Button'
import type { AnyRecord } from '@unlost/client'
import { useState } from 'react'
import { useText } from '../texts/useText.js'
import { ChangeList } from './ChangeList.js'
import type { RecordKind } from './kind.js'
import { draftKey, useDrafts } from './useDrafts.js'

interface LeftInputProps<R extends AnyRecord, F extends object> {
  readonly kind: RecordKind<R, F>
  readonly id: string
}

/** What was typed into a record that is gone now: to be copied, or taken up once the record is restored. */
export function LeftInput<R extends AnyRecord, F extends object>({ kind, id }: LeftInputProps<R, F>) {
  const text = useText()
  const drafts = useDrafts()
  const key = draftKey(kind.records.resource, id)
  const [draft, setDraft] = useState(() => drafts.read(key))
  if (draft === null) return null
  return (
    <Alert
      severity="info"
      sx={{ mb: 2 }}
      action={
        <Button
          color="inherit"
          size="small"
          onClick={() => {
            drafts.drop(key)
            setDraft(null)
          }}
        >
          {text('records.discard')}
        </Button>
      }
    >
      <AlertTitle>{text('records.leftInput')}</AlertTitle>
      <ChangeList
        fields={kind.fields}
        changes={Object.entries(draft.input).map(([field, to]) => ({ field, to }))}
        isFirst
      />
    </Alert>
  )
}
