import type { QueryClient } from '@tanstack/react-query'
import type { UnlostClient } from '@unlost/client'
import type { ComponentType } from 'react'
import { createBrowserRouter, Navigate } from 'react-router'
import { CUSTOMER_FILTERS, customersAsked } from './customers/filters.js'
import { BrokenPage } from './layout/BrokenPage.js'
import { NotFoundPage } from './layout/NotFoundPage.js'
import { Shell } from './layout/Shell.js'
import { Waiting } from './layout/Waiting.js'
import { beginList } from './records/listQuery.js'
import { filterValues, sortOf } from './records/useFilters.js'

/** Begins with the page that the address names: not before signing in has brought that back. */
export function createRouter(client: UnlostClient, queries: QueryClient) {
  return createBrowserRouter(
    [
      {
        Component: Shell,
        ErrorBoundary: BrokenPage,
        children: [
          { index: true, element: <Navigate to="/customers" replace /> },
          { path: 'signed-in', element: <Navigate to="/customers" replace /> },
          {
            path: 'customers',
            ...loaded(async () => (await import('./customers/CustomersPage.js')).CustomersPage),
            // asked for while the page is loaded and drawn for the first time
            loader: ({ request }) => {
              const { searchParams } = new URL(request.url)
              const values = filterValues(CUSTOMER_FILTERS, searchParams)
              beginList(queries, client.customers, customersAsked(values, sortOf(searchParams, 'name')))
              return null
            },
          },
          {
            path: 'customers/new',
            ...loaded(async () => (await import('./customers/NewCustomerPage.js')).NewCustomerPage),
          },
          {
            path: 'customers/:id',
            ...loaded(async () => (await import('./customers/CustomerPage.js')).CustomerPage),
          },
          {
            path: 'metahub/*',
            ...loaded(async () => (await import('./metahub/MetahubPage.js')).MetahubPage),
          },
          { path: '*', Component: NotFoundPage },
        ],
      },
    ],
    { basename: import.meta.env.BASE_URL },
  )
}

/** A page that is loaded when somebody goes there, who sees the one before until then. */
function loaded(load: () => Promise<ComponentType>) {
  return { lazy: async () => ({ Component: await load() }), HydrateFallback: Waiting }
}
