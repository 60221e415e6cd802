import { useQuery } from '@tanstack/react-query'
import type { AnyRecord, Catalog, Hub, Records } from '@unlost/client'
import { useFollowing } from './useFollowing.js'
import { useMetahub } from './useMetahub.js'

/** Hubs to choose from, the first 200. */
export function useHubs(): readonly Hub[] {
  return useChoices(useMetahub().hubs)
}

/** Catalogs to choose from, the first 200. */
export function useCatalogs(): readonly Catalog[] {
  return useChoices(useMetahub().catalogs)
}

function useChoices<R extends AnyRecord, F extends object>(records: Records<R, F>): readonly R[] {
  const { resource } = records
  useFollowing(resource, 'unlost-choices', resource.path)
  const { data } = useQuery({
    queryKey: ['unlost-choices', resource.path],
    queryFn: () => records.list({ limit: 200, sort: 'codename' }),
  })
  return data?.items ?? none
}

const none: readonly never[] = []
