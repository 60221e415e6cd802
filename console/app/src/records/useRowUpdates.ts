import { useQueryClient, type QueryKey } from '@tanstack/react-query'
import { DeletedError, type AnyRecord, type Records } from '@unlost/client'
import { useEffect, useRef, useState } from 'react'
import { withChanged, withoutRecord } from './listPages.js'
import type { Pages } from './useRecordList.js'

/**
 * Reads those rows of a list again that are older than what the feed has told of them, be it that they changed since, or
 * while the list was being read.
 *
 * @param told the versions that the feed has told of, by id
 * @returns the rows that were read again, by id, with the version that they came to
 */
export function useRowUpdates<R extends AnyRecord, F extends object>(
  of: Records<R, F>,
  list: QueryKey,
  rows: readonly R[] | undefined,
  told: ReadonlyMap<string, number>,
): ReadonlyMap<string, number> {
  const queries = useQueryClient()
  const [changed, setChanged] = useState<ReadonlyMap<string, number>>(new Map())
  const reading = useRef(new Set<string>())
  const { versionOf } = of.resource

  useEffect(() => {
    const put = (change: (pages: Pages<R>) => Pages<R>) => {
      queries.setQueryData<Pages<R>>(list, (pages) => (pages === undefined ? pages : change(pages)))
    }
    const read = async (id: string) => {
      if (reading.current.has(id)) return
      reading.current.add(id)
      try {
        const record = await of.get(id)
        reading.current.delete(id) // before the list says so, as it may be older again by then
        setChanged((before) => new Map(before).set(id, versionOf(record)))
        put((pages) => withChanged(pages, record, versionOf))
      } catch (cause) {
        reading.current.delete(id)
        // anything else comes to light when the list is read again
        if (cause instanceof DeletedError) put((pages) => withoutRecord(pages, id))
      }
    }
    for (const row of rows ?? []) if ((told.get(row.id) ?? 0) > versionOf(row)) void read(row.id)
  }, [of, queries, list, rows, told, versionOf])

  return changed
}
