import { DeletedError, type AnyRecord, type Change, type Records, type SharedFeed } from '@unlost/client'
import { useQuery, useQueryClient, type UseQueryResult } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { readAgain } from './readAgain.js'

export interface LiveRecord<R> {
  /** The newest version that was read. A page that is being edited should keep what it began with. */
  readonly record: R | undefined
  /** Who deleted it, and when; undefined while it is there. */
  readonly deletion: DeletedError['deletion'] | undefined
  /** The last change by the feed that is newer than the version `since`; null where there is none. */
  readonly news: Change | null
  readonly connection: 'connected' | 'connecting' | 'refused'
  readonly query: UseQueryResult<R>
}

export interface LiveRecordOptions {
  /** The version that is being edited, so that `news` tells of what came after it. */
  readonly since?: number
}

/** The key of a record in TanStack Query, for those who put an answer there themselves. */
export function recordKey<R extends AnyRecord, F extends object>(records: Records<R, F>, id: string) {
  return ['unlost', records.resource.path, id] as const
}

/** A record, and what happens to it. Reads it again when the feed tells of a version that is not known yet. */
export function useLiveRecord<R extends AnyRecord, F extends object>(
  records: Records<R, F>,
  id: string,
  live: SharedFeed,
  { since }: LiveRecordOptions = {},
): LiveRecord<R> {
  const queries = useQueryClient()
  const [last, setLast] = useState<Change | null>(null)
  const [connection, setConnection] = useState<LiveRecord<R>['connection']>('connecting')
  const { type, path, namespace, versionOf } = records.resource

  const query = useQuery<R>({
    queryKey: recordKey(records, id),
    queryFn: async ({ signal }) => {
      const read = await records.get(id, signal)
      const known = queries.getQueryData<R>(recordKey(records, id))
      // an answer may be overtaken by a newer one, such as that of a save
      return known !== undefined && versionOf(known) > versionOf(read) ? known : read
    },
    retry: false,
    staleTime: Infinity,
    // nobody listened while it was not shown
    refetchOnMount: 'always',
  })

  useEffect(() => {
    const key = ['unlost', path, id]
    let isSubscribing = true // what is told while subscribing has been so before
    const end = live.subscribe((event) => {
      switch (event.kind) {
        case 'change': {
          setConnection('connected')
          const { change } = event
          if (change.type !== type || change.id !== id || change.namespace !== namespace) return
          setLast((before) => (before !== null && before.version >= change.version ? before : change))
          const known = queries.getQueryData<R>(key)
          // the feed says that the record changed, not what it says now
          if (known === undefined || change.version > versionOf(known))
            void queries.invalidateQueries({ queryKey: key })
          return
        }
        case 'reset':
          void queries.invalidateQueries({ queryKey: key })
          return
        case 'synced':
          setConnection('connected')
          if (!isSubscribing) void readAgain(queries, key)
          return
        case 'disconnected':
          setConnection('connecting')
          return
        case 'refused':
          setConnection('refused')
          return
      }
    })
    isSubscribing = false
    return end
  }, [live, queries, path, type, namespace, id, versionOf])

  const known = since ?? (query.data === undefined ? Infinity : versionOf(query.data))
  return {
    record: query.data,
    deletion: query.error instanceof DeletedError ? query.error.deletion : undefined,
    news: last !== null && last.id === id && last.version > known ? last : null,
    connection,
    query,
  }
}
