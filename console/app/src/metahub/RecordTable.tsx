import Link from '@mui/material/Link'
import Paper from '@mui/material/Paper'
import Skeleton from '@mui/material/Skeleton'
import Table from '@mui/material/Table'
import TableBody from '@mui/material/TableBody'
import TableCell from '@mui/material/TableCell'
import TableContainer from '@mui/material/TableContainer'
import TableHead from '@mui/material/TableHead'
import TableRow from '@mui/material/TableRow'
import type { ReactNode } from 'react'
import { Link as RouterLink } from 'react-router'
import { freshly } from '../records/freshly.js'
import { ListFrame } from '../records/ListFrame.js'
import { SortHeader } from '../records/SortHeader.js'
import type { Filters } from '../records/useFilters.js'
import type { RecordList } from '../records/useRecordList.js'
import { useText } from '../texts/useText.js'

export interface Column<R> {
  readonly name: string
  readonly show: (record: R) => ReactNode
  /** What the service calls it, where the list can be sorted by it. */
  readonly sort?: string
  /** Left out where there is little room. */
  readonly isExtra?: boolean
}

export interface RecordTableProps<R> {
  readonly kind: { readonly path: string; readonly listName: string; readonly newName: string }
  readonly list: RecordList<R>
  /** The first one leads to the record. */
  readonly columns: readonly Column<R>[]
  /** What of a record it leads to, below its path. */
  readonly place?: string
  readonly filters: Filters
  readonly empty: { readonly title: string; readonly about: string }
}

/** A list of records of a metahub, kept up to date. */
export function RecordTable<R extends { readonly id: string }>(props: RecordTableProps<R>) {
  const { kind, list, columns, place = '', filters, empty } = props
  const text = useText()
  return (
    <ListFrame
      kind={kind}
      list={list}
      filters={filters}
      empty={empty}
      noMatch={text('metahub.noMatch')}
      skeleton={<Skeleton variant="rounded" height={240} role="status" aria-label={text('layout.loading')} />}
    >
      {(records) => (
        <TableContainer
          component={Paper}
          variant="outlined"
          role="region"
          aria-label={kind.listName}
          tabIndex={0}
        >
          <Table>
            <TableHead>
              <TableRow>
                {columns.map(({ name, sort, isExtra }) =>
                  sort === undefined ? (
                    <TableCell key={name} sx={isExtra === true ? extra : {}}>
                      {name}
                    </TableCell>
                  ) : (
                    <SortHeader key={name} by={sort} filters={filters} sx={isExtra === true ? extra : {}}>
                      {name}
                    </SortHeader>
                  ),
                )}
              </TableRow>
            </TableHead>
            <TableBody>
              {records.map((record) => (
                <TableRow
                  key={record.id}
                  hover
                  sx={{
                    position: 'relative',
                    '&:last-child td': { borderBottom: 0 },
                    ...freshly(list.changed.get(record.id)),
                  }}
                >
                  {columns.map(({ name, show, isExtra }, index) => (
                    <TableCell
                      key={name}
                      sx={{
                        overflowWrap: 'anywhere',
                        ...(index === 0 ? { minWidth: 140 } : {}),
                        ...(isExtra === true ? extra : {}),
                      }}
                    >
                      {index === 0 ? (
                        <Link
                          component={RouterLink}
                          to={`${kind.path}/${record.id}${place}`}
                          color="text.primary"
                          sx={{
                            fontWeight: 600,
                            '&::after': { content: '""', position: 'absolute', inset: 0 },
                          }}
                        >
                          {show(record)}
                        </Link>
                      ) : (
                        show(record)
                      )}
                    </TableCell>
                  ))}
                </TableRow>
              ))}
            </TableBody>
          </Table>
        </TableContainer>
      )}
    </ListFrame>
  )
}

const extra = { display: { xs: 'none', sm: 'table-cell' } }
