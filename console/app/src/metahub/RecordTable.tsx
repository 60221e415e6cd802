import Box from '@mui/material/Box'
import Button from '@mui/material/Button'
import Link from '@mui/material/Link'
import Paper from '@mui/material/Paper'
import Table from '@mui/material/Table'
import TableBody from '@mui/material/TableBody'
import TableCell from '@mui/material/TableCell'
import TableContainer from '@mui/material/TableContainer'
import TableHead from '@mui/material/TableHead'
import TableRow from '@mui/material/TableRow'
import Skeleton from '@mui/material/Skeleton'
import type { ReactNode } from 'react'
import { Link as RouterLink } from 'react-router'
import { Failure } from '../layout/Failure.js'
import { EmptyList } from '../records/EmptyList.js'
import { freshly } from '../records/freshly.js'
import { Newcomers } from '../records/Newcomers.js'
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

interface RecordTableProps<R> {
  readonly label: string
  readonly list: RecordList<R>
  /** The first one leads to the record. */
  readonly columns: readonly Column<R>[]
  readonly pathOf: (record: R) => string
  readonly filters: Filters
  /** What there is to say where there is nothing, and nothing was looked for. */
  readonly empty: {
    readonly title: string
    readonly about: string
    readonly newName: string
    readonly newPath: string
  }
}

/** A list of records of a metahub, kept up to date. */
export function RecordTable<R extends { readonly id: string }>(props: RecordTableProps<R>) {
  const { label, list, columns, pathOf, filters, empty } = props
  const text = useText()
  const { records } = list
  return (
    <>
      <Newcomers count={list.newcomers} onShow={list.readAgain} />
      {list.error !== null && (
        <Box sx={{ mb: 2 }}>
          <Failure error={list.error} onRetry={list.readAgain} />
        </Box>
      )}
      {records === undefined ? (
        list.error === null && (
          <Skeleton variant="rounded" height={240} role="status" aria-label={text('layout.loading')} />
        )
      ) : records.length === 0 ? (
        <Paper variant="outlined">
          {filters.isFiltered ? (
            <EmptyList title={text('metahub.noMatch')} about={text('customers.noMatchAbout')}>
              <Button variant="outlined" onClick={filters.clear}>
                {text('list.clear')}
              </Button>
            </EmptyList>
          ) : (
            <EmptyList title={empty.title} about={empty.about}>
              <Button component={RouterLink} to={empty.newPath} variant="contained">
                {empty.newName}
              </Button>
            </EmptyList>
          )}
        </Paper>
      ) : (
        <Box aria-busy={list.isStale} sx={{ opacity: list.isStale ? 0.6 : 1, transition: 'opacity 150ms' }}>
          <TableContainer component={Paper} variant="outlined" role="region" aria-label={label} tabIndex={0}>
            <Table>
              <TableHead>
                <TableRow>
                  {columns.map(({ name, sort, isExtra }) =>
                    sort === undefined ? (
                      <TableCell key={name} sx={isExtra === true ? extra : {}}>
                        {name}
                      </TableCell>
                    ) : (
                      <SortHeader key={name} by={sort} filters={filters}>
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
                        sx={{ overflowWrap: 'anywhere', ...(isExtra === true ? extra : {}) }}
                      >
                        {index === 0 ? (
                          <Link
                            component={RouterLink}
                            to={pathOf(record)}
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
          {list.hasMore && (
            <Box sx={{ display: 'flex', justifyContent: 'center', mt: 2 }}>
              <Button variant="outlined" loading={list.isReadingMore} onClick={list.readMore}>
                {text('list.more')}
              </Button>
            </Box>
          )}
        </Box>
      )}
    </>
  )
}

const extra = { display: { xs: 'none', sm: 'table-cell' } }
