import { useInfiniteQuery } from '@tanstack/react-query'
import type { AnyRecord, Records } from '@unlost/client'
import { pastKeys } from './recordQueries.js'

/** How many changes are read at a time. */
const PAGE = 20

/** What happened to a record, newest first, page by page. */
export function useHistory<R extends AnyRecord, F extends object>(records: Records<R, F>, id: string) {
  const query = useInfiniteQuery({
    queryKey: pastKeys.history(records, id),
    queryFn: ({ pageParam }) =>
      records.history(id, { limit: PAGE, ...(pageParam === null ? {} : { after: pageParam }) }),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
  })
  return { ...query, entries: query.data?.pages.flatMap(({ items }) => items) }
}
