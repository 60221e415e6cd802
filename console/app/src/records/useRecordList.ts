import { useInfiniteQuery, useQueryClient, type InfiniteData } from '@tanstack/react-query'
import {
  DeletedError,
  ProblemError,
  type AnyRecord,
  type ListOptions,
  type Page,
  type Records,
} from '@unlost/client'
import { useEffect, useMemo, useState } from 'react'
import { useClient } from '../service/useClient.js'
import { withChanged, withoutRecord } from './listPages.js'

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
  const { path, type, namespace, versionOf } = of.resource
  const { sort, filters } = options
  const asked = JSON.stringify([sort, filters])
  const key = useMemo(() => ['unlost-list', path, asked], [path, asked])
  const [newcomers, setNewcomers] = useState<ReadonlySet<string>>(new Set())
  const [changed, setChanged] = useState<ReadonlyMap<string, number>>(new Map())

  const query = useInfiniteQuery({
    queryKey: key,
    queryFn: ({ pageParam, signal }) =>
      of.list({ ...options, limit: PAGE, signal, ...(pageParam === null ? {} : { after: pageParam }) }),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
    placeholderData: (before) => before,
  })
  const { data, refetch, fetchNextPage } = query

  useEffect(() => {
    const put = (change: (pages: Pages<R>) => Pages<R>) => {
      queries.setQueryData<Pages<R>>(key, (pages) => (pages === undefined ? pages : change(pages)))
    }
    const isShown = (id: string) =>
      queries.getQueryData<Pages<R>>(key)?.pages.some(({ items }) => items.some((item) => item.id === id)) ??
      false

    const readAgain = async (id: string) => {
      try {
        const record = await of.get(id)
        put((pages) => withChanged(pages, record, versionOf))
        setChanged((before) => new Map(before).set(id, versionOf(record)))
      } catch (cause) {
        if (cause instanceof DeletedError) put((pages) => withoutRecord(pages, id))
        else if (!(cause instanceof ProblemError)) void queries.invalidateQueries({ queryKey: key })
      }
    }

    const greet = async (id: string) => {
      // the feed does not say whether it belongs here
      const isOfThese = isWanted === anything || isWanted(await of.get(id))
      if (isOfThese) setNewcomers((before) => new Set(before).add(id))
    }

    return live.subscribe((event) => {
      if (event.kind === 'reset') void queries.invalidateQueries({ queryKey: key })
      if (event.kind !== 'change') return
      const { change } = event
      if (change.type !== type || change.namespace !== namespace) return
      if (isShown(change.id)) void readAgain(change.id)
      else if (change.action === 'create' || change.action === 'restore') {
        void greet(change.id)
      }
    })
  }, [live, queries, key, of, type, namespace, versionOf, isWanted])

  const records = useMemo(() => data?.pages.flatMap(({ items }) => items), [data])
  const shown = useMemo(() => new Set(records?.map(({ id }) => id)), [records])
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
