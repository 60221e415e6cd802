import TableCell from '@mui/material/TableCell'
import TableSortLabel from '@mui/material/TableSortLabel'
import type { ReactNode } from 'react'
import type { Filters } from './useFilters.js'

/** The heading of a column that a list can be sorted by. */
export function SortHeader({ by, filters, children }: { by: string; filters: Filters; children: ReactNode }) {
  const direction = filters.sort === by ? 'asc' : filters.sort === `-${by}` ? 'desc' : undefined
  return (
    <TableCell sortDirection={direction ?? false}>
      <TableSortLabel
        active={direction !== undefined}
        direction={direction ?? 'asc'}
        onClick={() => {
          filters.set('sort', direction === 'asc' ? `-${by}` : by)
        }}
      >
        {children}
      </TableSortLabel>
    </TableCell>
  )
}
