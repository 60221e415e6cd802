import { infiniteQueryOptions, type QueryClient } from '@tanstack/react-query'
import type { AnyRecord, ListOptions, Records } from '@unlost/client'

/** How many records are read at a time. */
const PAGE = 50

/** What a list is asked for. */
export type ListAsked = Pick<ListOptions, 'sort' | 'filters'>

/** A list, page by page. */
export function listQuery<R extends AnyRecord, F extends object>(of: Records<R, F>, asked: ListAsked) {
  return infiniteQueryOptions({
    queryKey: ['unlost-list', of.resource.path, JSON.stringify([asked.sort, asked.filters])],
    queryFn: ({ pageParam, signal }) =>
      of.list({ ...asked, limit: PAGE, signal, ...(pageParam === null ? {} : { after: pageParam }) }),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
  })
}

/** Reads a list of which nothing is known ahead of the page that shows it, and that says what goes wrong. */
export function beginList<R extends AnyRecord, F extends object>(
  queries: QueryClient,
  of: Records<R, F>,
  asked: ListAsked,
): void {
  const query = listQuery(of, asked)
  if (queries.getQueryState(query.queryKey) !== undefined) return
  queries.infiniteQuery(query).catch(() => undefined)
}
