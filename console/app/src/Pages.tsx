import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { RouterProvider } from 'react-router/dom'
import { createRouter } from './routes.js'
import { useClient } from './service/useClient.js'

/** All pages that there are for somebody who is signed in. */
export function Pages() {
  const client = useClient()
  const queries = useQueryClient()
  const [router] = useState(() => createRouter(client, queries))
  return <RouterProvider router={router} />
}
