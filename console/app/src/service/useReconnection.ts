import type { QueryClient } from '@tanstack/react-query'
import type { UnlostClient } from '@unlost/client'
import { useEffect, useRef } from 'react'

/** Connects and reads everything again at once when the network is back, or somebody has signed in again. */
export function useReconnection(client: UnlostClient, queries: QueryClient, isSignedIn: boolean): void {
  const wasSignedIn = useRef(isSignedIn)

  useEffect(() => {
    const again = () => {
      client.live.reconnect()
      void queries.invalidateQueries()
    }
    if (isSignedIn && !wasSignedIn.current) again()
    wasSignedIn.current = isSignedIn
    window.addEventListener('online', again)
    return () => {
      window.removeEventListener('online', again)
    }
  }, [client, queries, isSignedIn])
}
