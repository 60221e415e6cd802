import { useQuery } from '@tanstack/react-query'
import type { Catalog, Hub } from '@unlost/client'
import { useMetahub } from './useMetahub.js'

/** How long what there is to choose from may be out of date, in milliseconds. */
const FRESH = 10_000

/** Hubs to choose from, the first 200. */
export function useHubs(): readonly Hub[] {
  const { hubs } = useMetahub()
  const { data } = useQuery({
    queryKey: ['unlost-choices', hubs.resource.path],
    queryFn: () => hubs.list({ limit: 200, sort: 'codename' }),
    staleTime: FRESH,
  })
  return data?.items ?? []
}

/** Catalogs to choose from, the first 200. */
export function useCatalogs(): readonly Catalog[] {
  const { catalogs } = useMetahub()
  const { data } = useQuery({
    queryKey: ['unlost-choices', catalogs.resource.path],
    queryFn: () => catalogs.list({ limit: 200, sort: 'codename' }),
    staleTime: FRESH,
  })
  return data?.items ?? []
}
