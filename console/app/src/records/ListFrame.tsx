import Box from '@mui/material/Box'
import Button from '@mui/material/Button'
import Paper from '@mui/material/Paper'
import type { ReactNode } from 'react'
import { Link } from 'react-router'
import { Failure } from '../layout/Failure.js'
import { useText } from '../texts/useText.js'
import { EmptyList } from './EmptyList.js'
import { Newcomers } from './Newcomers.js'
import type { Filters } from './useFilters.js'
import type { RecordList } from './useRecordList.js'

interface ListFrameProps<R> {
  readonly kind: { readonly path: string; readonly newName: string }
  readonly list: RecordList<R>
  readonly filters: Filters
  /** What there is to say where there is nothing, and nothing was looked for. */
  readonly empty: { readonly title: string; readonly about: string }
  /** What there is to say where nothing was found. */
  readonly noMatch: string
  /** Stands in until the first page is there. */
  readonly skeleton: ReactNode
  readonly children: (records: readonly R[]) => ReactNode
}

/** What is around the records of a list: what is new, what went wrong, that there are none, and the way to more. */
export function ListFrame<R>(props: ListFrameProps<R>) {
  const { kind, list, filters, empty, noMatch, skeleton, children } = props
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
        list.error === null && skeleton
      ) : records.length === 0 ? (
        <Paper variant="outlined">
          {filters.isFiltered ? (
            <EmptyList title={noMatch} about={text('list.noMatchAbout')}>
              <Button variant="outlined" onClick={filters.clear}>
                {text('list.clear')}
              </Button>
            </EmptyList>
          ) : (
            <EmptyList title={empty.title} about={empty.about}>
              <Button component={Link} to={`${kind.path}/new`} variant="contained">
                {kind.newName}
              </Button>
            </EmptyList>
          )}
        </Paper>
      ) : (
        <Box aria-busy={list.isStale} sx={{ opacity: list.isStale ? 0.6 : 1, transition: 'opacity 150ms' }}>
          {children(records)}
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
