import AddIcon from '@mui/icons-material/Add'
import Box from '@mui/material/Box'
import Button from '@mui/material/Button'
import Paper from '@mui/material/Paper'
import { useMemo } from 'react'
import { Link } from 'react-router'
import { Failure } from '../layout/Failure.js'
import { PageTitle } from '../layout/PageTitle.js'
import { EmptyList } from '../records/EmptyList.js'
import { Newcomers } from '../records/Newcomers.js'
import { useFilters } from '../records/useFilters.js'
import { useRecordList } from '../records/useRecordList.js'
import { useClient } from '../service/useClient.js'
import { useText } from '../texts/useText.js'
import { CustomerFilters } from './CustomerFilters.js'
import { CustomerList } from './CustomerList.js'
import { CustomerListSkeleton } from './CustomerListSkeleton.js'
import { filtersOf, FILTERS } from './filters.js'

export function CustomersPage() {
  const text = useText()
  const { customers } = useClient()
  const filters = useFilters(FILTERS, 'name')
  const { values, sort } = filters
  const asked = useMemo(() => ({ sort, filters: filtersOf(values) }), [sort, values])
  const list = useRecordList(customers, asked)
  const { records } = list

  return (
    <>
      <PageTitle
        title={text('customers.title')}
        actions={
          <Button component={Link} to="/customers/new" variant="contained" startIcon={<AddIcon />}>
            {text('customers.new')}
          </Button>
        }
      />
      <CustomerFilters filters={filters} />
      <Newcomers count={list.newcomers} onShow={list.readAgain} />
      {list.error !== null && (
        <Box sx={{ mb: 2 }}>
          <Failure error={list.error} onRetry={list.readAgain} />
        </Box>
      )}
      {records === undefined ? (
        list.error === null && <CustomerListSkeleton />
      ) : records.length === 0 ? (
        <Paper variant="outlined">
          {filters.isFiltered ? (
            <EmptyList title={text('customers.noMatch')} about={text('customers.noMatchAbout')}>
              <Button variant="outlined" onClick={filters.clear}>
                {text('list.clear')}
              </Button>
            </EmptyList>
          ) : (
            <EmptyList title={text('customers.none')} about={text('customers.noneAbout')}>
              <Button component={Link} to="/customers/new" variant="contained">
                {text('customers.new')}
              </Button>
            </EmptyList>
          )}
        </Paper>
      ) : (
        <Box aria-busy={list.isStale} sx={{ opacity: list.isStale ? 0.6 : 1, transition: 'opacity 150ms' }}>
          <CustomerList customers={records} changed={list.changed} filters={filters} />
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
