import { useQuery } from '@tanstack/react-query'
import type { AnyRecord, HistoryEntry, Records } from '@unlost/client'
import { pastKeys } from './recordQueries.js'

/** The changes of a record after a version, newest first; undefined until they are known. */
export function useChangesSince<R extends AnyRecord, F extends object>(
  records: Records<R, F>,
  id: string,
  since: number,
  until: number,
): readonly HistoryEntry[] | undefined {
  const { data } = useQuery({
    queryKey: [...pastKeys.history(records, id), 'since', since, until],
    queryFn: async () => {
      const { items } = await records.history(id, { limit: Math.min(until - since, 50) })
      return items.filter(({ version }) => version > since && version <= until)
    },
    enabled: until > since,
    staleTime: Infinity,
  })
  return data
}
