import { useQueryClient } from '@tanstack/react-query'
import type { Records } from '@unlost/client'
import { useCallback, useEffect, useMemo, useSyncExternalStore } from 'react'
import { useClient } from '../service/useClient.js'
import { useFormats } from '../texts/useFormats.js'
import { titleOf, type Named } from './names.js'
import { Titles } from './Titles.js'

/** What people call a record that is named by its id; the id itself as long as nothing else is known. */
export type TitleOf = (id: string) => string

/** What records are called that others refer to. They are read when they are first asked for, many at once. */
export function useTitles<R extends Named, F extends object>(records: Records<R, F>): TitleOf {
  const { live } = useClient()
  const queries = useQueryClient()
  const { language } = useFormats()
  const { type, namespace } = records.resource
  const titles = useMemo(() => new Titles(queries, records), [queries, records])
  useEffect(
    () =>
      live.subscribe((event) => {
        if (event.kind !== 'change') return
        const { change } = event
        if (change.type === type && change.namespace === namespace) titles.changed(change.id)
      }),
    [live, titles, type, namespace],
  )
  const lookup = useSyncExternalStore(titles.subscribe, titles.lookup)
  return useCallback(
    (id) => {
      const record = lookup(id)
      return record === undefined ? id : titleOf(record, language)
    },
    [lookup, language],
  )
}
