import Box from '@mui/material/Box'
import MenuItem from '@mui/material/MenuItem'
import TextField from '@mui/material/TextField'
import { useText, type TextKey } from '../texts/useText.js'
import { CustomerCard } from './CustomerCard.js'
import type { CustomerListProps } from './CustomerList.js'

const SORTS: Record<string, TextKey> = {
  name: 'customers.sortName',
  '-name': 'customers.sortNameBack',
  '-updatedAt': 'customers.sortNewest',
  updatedAt: 'customers.sortOldest',
}

/** The list where there is room for one column. */
export function CustomerCards({ customers, changed, filters }: CustomerListProps) {
  const text = useText()
  return (
    <>
      <TextField
        select
        label={text('list.sort')}
        value={filters.sort in SORTS ? filters.sort : 'name'}
        onChange={(event) => {
          filters.set('sort', event.target.value)
        }}
        sx={{ mb: 1.5 }}
      >
        {Object.entries(SORTS).map(([sort, name]) => (
          <MenuItem key={sort} value={sort}>
            {text(name)}
          </MenuItem>
        ))}
      </TextField>
      <Box
        component="ul"
        aria-label={text('customers.title')}
        sx={{ listStyle: 'none', m: 0, p: 0, display: 'grid', gridTemplateColumns: 'minmax(0, 1fr)', gap: 1 }}
      >
        {customers.map((customer) => (
          <CustomerCard key={customer.id} customer={customer} changedTo={changed.get(customer.id)} />
        ))}
      </Box>
    </>
  )
}
