import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { UnlostClient } from '@unlost/client'
import { useEffect, useState, type ReactNode } from 'react'
import type { SignIn } from '../sign-in/SignIn.js'
import { useSignInState } from '../sign-in/useSignIn.js'
import { ClientContext } from './useClient.js'
import { useReconnection } from './useReconnection.js'

/** The service as the person who is signed in sees it. */
export function ServiceProvider({ signIn, children }: { signIn: SignIn; children: ReactNode }) {
  const [client] = useState(() => new UnlostClient({ token: signIn.token }))
  const [queries] = useState(
    () =>
      new QueryClient({
        defaultOptions: {
          queries: {
            // the client tries again by itself; the feed tells when to read again
            retry: false,
            refetchOnWindowFocus: false,
            refetchOnReconnect: false,
            networkMode: 'always',
          },
          mutations: { networkMode: 'always' },
        },
      }),
  )
  useReconnection(client, queries, useSignInState(signIn).kind === 'signedIn')
  useEffect(
    () => () => {
      queries.clear()
    },
    [queries],
  )
  return (
    <ClientContext value={client}>
      <QueryClientProvider client={queries}>{children}</QueryClientProvider>
    </ClientContext>
  )
}
