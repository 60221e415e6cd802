import { lazy } from 'react'
import { createBrowserRouter, Navigate } from 'react-router'
import { BrokenPage } from './layout/BrokenPage.js'
import { NotFoundPage } from './layout/NotFoundPage.js'
import { Shell } from './layout/Shell.js'

const CustomersPage = lazy(async () => ({
  default: (await import('./customers/CustomersPage.js')).CustomersPage,
}))
const CustomerPage = lazy(async () => ({
  default: (await import('./customers/CustomerPage.js')).CustomerPage,
}))
const NewCustomerPage = lazy(async () => ({
  default: (await import('./customers/NewCustomerPage.js')).NewCustomerPage,
}))
const MetahubPage = lazy(async () => ({ default: (await import('./metahub/MetahubPage.js')).MetahubPage }))

/** Begins with the page that the address names: not before signing in has brought that back. */
export function createRouter() {
  return createBrowserRouter(
    [
      {
        Component: Shell,
        ErrorBoundary: BrokenPage,
        children: [
          { index: true, element: <Navigate to="/customers" replace /> },
          { path: 'signed-in', element: <Navigate to="/customers" replace /> },
          { path: 'customers', Component: CustomersPage },
          { path: 'customers/new', Component: NewCustomerPage },
          { path: 'customers/:id', Component: CustomerPage },
          { path: 'metahub/*', Component: MetahubPage },
          { path: '*', Component: NotFoundPage },
        ],
      },
    ],
    { basename: import.meta.env.BASE_URL },
  )
}
