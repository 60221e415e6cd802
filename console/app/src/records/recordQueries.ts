import type { AnyRecord, Records } from '@unlost/client'
import type { QueryClient } from '@tanstack/react-query'
import { recordKey } from '@unlost/react'

/** The keys of what is known of a record's past. They begin with the record's, so that they are read again with it. */
export const pastKeys = {
  history: <R extends AnyRecord, F extends object>(records: Records<R, F>, id: string) =>
    [...recordKey(records, id), 'history'] as const,
  blame: <R extends AnyRecord, F extends object>(records: Records<R, F>, id: string) =>
    [...recordKey(records, id), 'blame'] as const,
  version: <R extends AnyRecord, F extends object>(records: Records<R, F>, id: string, version: number) =>
    ['unlost-past', records.resource.path, id, version] as const, // never changes
}

/** Takes note of a record as the service has just answered, unless something newer is known. */
export function takeNote<R extends AnyRecord, F extends object>(
  queries: QueryClient,
  records: Records<R, F>,
  record: R,
): void {
  const { versionOf } = records.resource
  const key = recordKey(records, record.id)
  queries.setQueryData<R>(key, (known) =>
    known !== undefined && versionOf(known) >= versionOf(record) ? known : record,
  )
  void queries.invalidateQueries({ queryKey: pastKeys.history(records, record.id) })
  void queries.invalidateQueries({ queryKey: pastKeys.blame(records, record.id) })
}
