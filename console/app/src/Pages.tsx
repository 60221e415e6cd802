import { useState } from 'react'
import { RouterProvider } from 'react-router/dom'
import { createRouter } from './routes.js'

/** All pages that there are for somebody who is signed in. */
export function Pages() {
  const [router] = useState(createRouter)
  return <RouterProvider router={router} />
}
