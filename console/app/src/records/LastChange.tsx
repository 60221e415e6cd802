import Typography from '@mui/material/Typography'
import type { AnyRecord, Records } from '@unlost/client'
import { nameOf } from '@unlost/react'
import { useFormats } from '../texts/useFormats.js'
import { useNow } from '../texts/useNow.js'
import { useText } from '../texts/useText.js'
import { useHistory } from './useHistory.js'

interface LastChangeProps<R extends AnyRecord, F extends object> {
  readonly records: Records<R, F>
  readonly record: R
}

/** At which version a record is, since when, and by whom. */
export function LastChange<R extends AnyRecord, F extends object>({
  records,
  record,
}: LastChangeProps<R, F>) {
  const text = useText()
  const formats = useFormats()
  const now = useNow()
  const { versionOf, updatedAtOf, updatedByOf } = records.resource
  const version = versionOf(record)
  const { entries } = useHistory(records, record.id)
  // whoever has made a change that is known is known by name
  const author = entries?.find((entry) => entry.updatedBy === updatedByOf(record))?.updatedByInfo
  return (
    <Typography variant="body2" sx={{ color: 'text.secondary', mt: 0.5 }}>
      {text('records.lastChange', {
        version: formats.number(version),
        who: nameOf(updatedByOf(record), author) ?? text('records.somebody'),
        when: formats.ago(updatedAtOf(record), now),
      })}
    </Typography>
  )
}
