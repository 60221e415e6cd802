import { useEffect, useState, useSyncExternalStore } from 'react'
import { useClient } from './useClient.js'

/** `stopped`: the service refuses to tell of changes, and will go on to. */
export type Connection = 'connecting' | 'live' | 'reconnecting' | 'offline' | 'stopped'

/** How this page is connected to the feed. Keeps the connection for as long as it is used. */
export function useConnection(): Connection {
  const { live } = useClient()
  const isOnline = useIsOnline()
  const [feed, setFeed] = useState<Exclude<Connection, 'offline'>>('connecting')
  useEffect(
    () =>
      live.subscribe((event) => {
        switch (event.kind) {
          case 'synced':
          case 'change':
          case 'reset':
            setFeed('live')
            return
          case 'disconnected':
            setFeed('reconnecting')
            return
          case 'refused':
            setFeed('stopped')
            return
        }
      }),
    [live],
  )
  return isOnline ? feed : 'offline'
}

export function useIsOnline(): boolean {
  return useSyncExternalStore(watchNetwork, () => navigator.onLine)
}

function watchNetwork(changed: () => void): () => void {
  window.addEventListener('online', changed)
  window.addEventListener('offline', changed)
  return () => {
    window.removeEventListener('online', changed)
    window.removeEventListener('offline', changed)
  }
}
