import { useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { useClient } from '../service/useClient.js'

/** Reads again what is kept under a key, whenever a record of that kind was changed. */
export function useFollowing(
  resource: { readonly type: string; readonly namespace?: string },
  name: string,
  path: string,
): void {
  const { live } = useClient()
  const queries = useQueryClient()
  const { type, namespace } = resource
  useEffect(
    () =>
      live.subscribe((event) => {
        const isOfThese =
          event.kind === 'change' && event.change.type === type && event.change.namespace === namespace
        if (isOfThese || event.kind === 'reset') {
          void queries.invalidateQueries({ queryKey: [name, path] })
        }
      }),
    [live, queries, type, namespace, name, path],
  )
}
