import Typography from '@mui/material/Typography'
import { useQuery } from '@tanstack/react-query'
import type { AnyRecord, Records } from '@unlost/client'
import { nameOf } from '@unlost/react'
import { useFormats } from '../texts/useFormats.js'
import { useNow } from '../texts/useNow.js'
import { useText } from '../texts/useText.js'
import { pastKeys } from './recordQueries.js'

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
  const { data: entry } = useQuery({
    queryKey: [...pastKeys.version(records, record.id, version), 'author'],
    queryFn: async () => {
      const { items } = await records.history(record.id, { limit: 1 })
      return items.find((each) => each.version === version) ?? null
    },
    staleTime: Infinity,
  })
  return (
    <Typography variant="body2" sx={{ color: 'text.secondary', mt: 0.5 }}>
      {text('records.lastChange', {
        version: formats.number(version),
        who: nameOf(updatedByOf(record), entry?.updatedByInfo) ?? text('records.somebody'),
        when: formats.ago(updatedAtOf(record), now),
      })}
    </Typography>
  )
}
