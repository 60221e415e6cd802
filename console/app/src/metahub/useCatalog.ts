import { useQuery } from '@tanstack/react-query'
import type { Attribute, Catalog } from '@unlost/client'
import { useLiveRecord } from '@unlost/react'
import { useClient } from '../service/useClient.js'
import { useFollowing } from './useFollowing.js'
import { useMetahub } from './useMetahub.js'

export interface OpenCatalog {
  readonly id: string
  readonly catalog: Catalog | undefined
  /** Undefined until they are there. */
  readonly attributes: readonly Attribute[] | undefined
  readonly error: Error | null
  readonly onRetry: () => void
}

/** A catalog and what its elements consist of, kept up to date. */
export function useCatalog(id: string): OpenCatalog {
  const metahub = useMetahub()
  const { live } = useClient()
  const { record: catalog, query } = useLiveRecord(metahub.catalogs, id, live)
  const { resource } = metahub.attributes
  const attributes = useQuery({
    queryKey: ['unlost-attributes', resource.path, id],
    queryFn: () => metahub.attributes.list({ limit: 200, filters: { catalogId: id } }),
  })

  useFollowing(resource, 'unlost-attributes', resource.path)

  return {
    id,
    catalog,
    attributes: attributes.data?.items,
    error: query.error ?? attributes.error,
    onRetry: () => {
      void query.refetch()
      void attributes.refetch()
    },
  }
}
