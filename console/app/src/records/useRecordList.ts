import { useInfiniteQuery, useQueryClient, type InfiniteData } from '@tanstack/react-query'
import type { AnyRecord, ListOptions, Page, Records } from '@unlost/client'
import { readAgain } from '@unlost/react'
import { useEffect, useMemo, useState } from 'react'
import { useClient } from '../service/useClient.js'
import { useRowUpdates } from './useRowUpdates.js'

const anything = () => true

/** How many records are read at a time. */
const PAGE = 50

export type Pages<R> = InfiniteData<Page<R>, string | null>

export interface RecordList<R> {
  /** Undefined until the first page is there. */
  readonly records: readonly R[] | undefined
  readonly error: Error | null
  /** How many were created since the list was read. */
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
 * @param isWanted whether a record that was just created belongs to the list, but for its filters; a constant
 */
export function useRecordList<R extends AnyRecord, F extends object>(
  of: Records<R, F>,
  options: Pick<ListOptions, 'sort' | 'filters'>,
  isWanted: (record: R) => boolean = anything,
): RecordList<R> {
  const { live } = useClient()
  const queries = useQueryClient()
  const { path, type, namespace } = of.resource
  const asked = JSON.stringify([options.sort, options.filters])
  const key = useMemo(() => ['unlost-list', path, asked], [path, asked])
  const [newcomers, setNewcomers] = useState<ReadonlySet<string>>(new Set())
  const [told, setTold] = useState<ReadonlyMap<string, number>>(new Map())

  const query = useInfiniteQuery({
    queryKey: key,
    queryFn: ({ pageParam, signal }) =>
      of.list({ ...options, limit: PAGE, signal, ...(pageParam === null ? {} : { after: pageParam }) }),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
    placeholderData: (before) => before,
  })
  const { data, refetch, fetchNextPage } = query
  const records = useMemo(() => data?.pages.flatMap(({ items }) => items), [data])
  const shown = useMemo(() => new Set(records?.map(({ id }) => id)), [records])

  useEffect(() => {
    const greet = async (id: string) => {
      // the feed does not say whether it belongs here
      const isOfThese = isWanted === anything || isWanted(await of.get(id))
      if (isOfThese) setNewcomers((before) => new Set(before).add(id))
    }
    let isSubscribing = true // what is told while subscribing has been so before
    const end = live.subscribe((event) => {
      if (event.kind === 'synced' && !isSubscribing) void readAgain(queries, key)
      if (event.kind === 'reset') void queries.invalidateQueries({ queryKey: key })
      if (event.kind !== 'change') return
      const { change } = event
      const { id, version, action } = change
      if (change.type !== type || change.namespace !== namespace) return
      setTold((before) => new Map(before).set(id, Math.max(version, before.get(id) ?? 0)))
      if (action === 'create' || action === 'restore') {
        greet(id).catch(() => undefined) // gone again, or it shows when the list is read
      }
      if (action === 'delete') setNewcomers((before) => new Set([...before].filter((each) => each !== id)))
    })
    isSubscribing = false
    return end
  }, [live, queries, key, of, type, namespace, isWanted])
  const changed = useRowUpdates(of, key, records, told)

  return {
    records,
    error: query.error,
    newcomers: [...newcomers].filter((id) => !shown.has(id)).length,
    changed,
    hasMore: query.hasNextPage,
    isReadingMore: query.isFetchingNextPage,
    isStale: query.isPlaceholderData,
    readMore: () => void fetchNextPage(),
    readAgain: () => {
      setNewcomers(new Set())
      void refetch()
    },
  }
}
