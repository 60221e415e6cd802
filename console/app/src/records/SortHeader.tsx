import type { SxProps, Theme } from '@mui/material/styles'
import TableCell from '@mui/material/TableCell'
import TableSortLabel from '@mui/material/TableSortLabel'
import type { ReactNode } from 'react'
import type { Filters } from './useFilters.js'

interface SortHeaderProps {
  readonly by: string
  readonly filters: Filters
  readonly sx?: SxProps<Theme>
  readonly children: ReactNode
}

/** The heading of a column that a list can be sorted by. */
export function SortHeader({ by, filters, sx = {}, children }: SortHeaderProps) {
  const direction = filters.sort === by ? 'asc' : filters.sort === `-${by}` ? 'desc' : undefined
  return (
    <TableCell sortDirection={direction ?? false} sx={sx}>
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
