import Paper from '@mui/material/Paper'
import Table from '@mui/material/Table'
import TableBody from '@mui/material/TableBody'
import TableCell from '@mui/material/TableCell'
import TableContainer from '@mui/material/TableContainer'
import TableHead from '@mui/material/TableHead'
import TableRow from '@mui/material/TableRow'
import { SortHeader } from '../records/SortHeader.js'
import { useText } from '../texts/useText.js'
import type { CustomerListProps } from './CustomerList.js'
import { CustomerRow } from './CustomerRow.js'

export function CustomerTable({ customers, changed, filters }: CustomerListProps) {
  const text = useText()
  return (
    <TableContainer component={Paper} variant="outlined">
      <Table aria-label={text('customers.title')}>
        <TableHead>
          <TableRow>
            <SortHeader by="name" filters={filters}>
              {text('customers.name')}
            </SortHeader>
            <TableCell>{text('customers.contactName')}</TableCell>
            <TableCell sx={{ display: { xs: 'none', md: 'table-cell' } }}>
              {text('customers.phone')}
            </TableCell>
            <TableCell>{text('customers.place')}</TableCell>
            <SortHeader by="updatedAt" filters={filters}>
              {text('customers.changed')}
            </SortHeader>
          </TableRow>
        </TableHead>
        <TableBody>
          {customers.map((customer) => (
            <CustomerRow key={customer.id} customer={customer} changedTo={changed.get(customer.id)} />
          ))}
        </TableBody>
      </Table>
    </TableContainer>
  )
}
