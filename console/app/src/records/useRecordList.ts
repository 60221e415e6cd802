import { useInfiniteQuery, useQueryClient, type InfiniteData } from '@tanstack/react-query'
import type { AnyRecord, Page, Records } from '@unlost/client'
import { readAgain } from '@unlost/react'
import { useEffect, useMemo, useState } from 'react'
import { useClient } from '../service/useClient.js'
import { listQuery, type ListAsked } from './listQuery.js'
import { useNewcomers } from './useNewcomers.js'
import { useRowUpdates } from './useRowUpdates.js'

export type Pages<R> = InfiniteData<Page<R>, string | null>

export interface RecordList<R> {
  /** Undefined until the first page is there. */
  readonly records: readonly R[] | undefined
  readonly error: Error | null
  /** How many have come since the list was read, of those that it would show. */
  readonly newcomers: number
  /** The records that were changed since, by id, with the version that they came to. */
  readonly changed: ReadonlyMap<string, number>
  readonly hasMore: boolean
  readonly isReadingMore: boolean
  /** Whether what is shown is of other filters, until what was asked for is there. */
  readonly isStale: boolean
  readonly readMore: () => void
  readonly readAgain: () => void
}

/**
 * A list as the service filters and sorts it, kept up to date: rows change in their place, and none jumps in.
 *
 * @param options what it is asked for; the same object as long as it is the same
 */
export function useRecordList<R extends AnyRecord, F extends object>(
  of: Records<R, F>,
  options: ListAsked,
): RecordList<R> {
  const { live } = useClient()
  const queries = useQueryClient()
  const { type, namespace } = of.resource
  const asked = useMemo(() => listQuery(of, options), [of, options])
  const key = asked.queryKey
  const [told, setTold] = useState<ReadonlyMap<string, number>>(new Map())

  const query = useInfiniteQuery({ ...asked, placeholderData: (before) => before })
  const { data, refetch, fetchNextPage } = query
  const records = useMemo(() => data?.pages.flatMap(({ items }) => items), [data])
  const shown = useMemo(() => new Set(records?.map(({ id }) => id)), [records])

  useEffect(() => {
    let isSubscribing = true // what is told while subscribing has been so before
    const end = live.subscribe((event) => {
      if (event.kind === 'synced' && !isSubscribing) void readAgain(queries, key)
      if (event.kind === 'reset') void queries.invalidateQueries({ queryKey: key })
      if (event.kind !== 'change') return
      const { change } = event
      const { id, version } = change
      if (change.type !== type || change.namespace !== namespace) return
      setTold((before) => new Map(before).set(id, Math.max(version, before.get(id) ?? 0)))
    })
    isSubscribing = false
    return end
  }, [live, queries, key, type, namespace])
  const newcomers = useNewcomers(of, options.filters)
  const changed = useRowUpdates(of, key, records, told)

  return {
    records,
    error: query.error,
    newcomers: [...newcomers.ids].filter((id) => !shown.has(id)).length,
    changed,
    hasMore: query.hasNextPage,
    isReadingMore: query.isFetchingNextPage,
    isStale: query.isPlaceholderData,
    readMore: () => void fetchNextPage(),
    readAgain: () => {
      newcomers.forget()
      void refetch()
    },
  }
}
