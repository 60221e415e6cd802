import type { UnlostClient } from '@unlost/client'
import { createContext, use } from 'react'

export const ClientContext = createContext<UnlostClient | null>(null)

export function useClient(): UnlostClient {
  const client = use(ClientContext)
  if (client === null) throw new Error('there is no client here')
  return client
}
