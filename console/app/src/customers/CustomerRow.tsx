import Box from '@mui/material/Box'
import Chip from '@mui/material/Chip'
import Link from '@mui/material/Link'
import TableCell from '@mui/material/TableCell'
import TableRow from '@mui/material/TableRow'
import type { Customer } from '@unlost/client'
import { Link as RouterLink } from 'react-router'
import { freshly } from '../records/freshly.js'
import { useFormats } from '../texts/useFormats.js'
import { useNow } from '../texts/useNow.js'
import { placeOf } from './place.js'

interface CustomerRowProps {
  readonly customer: Customer
  readonly changedTo: number | undefined
}

export function CustomerRow({ customer, changedTo }: CustomerRowProps) {
  const formats = useFormats()
  const now = useNow()
  const { id, name, contactName, contactTitle, phone, address, tags, updatedAt } = customer
  return (
    <TableRow
      hover
      sx={{ position: 'relative', '&:last-child td': { borderBottom: 0 }, ...freshly(changedTo) }}
    >
      <TableCell sx={{ minWidth: 160, maxWidth: 320, overflowWrap: 'anywhere' }}>
        {/* the link takes up the whole row, for the mouse */}
        <Link
          component={RouterLink}
          to={`/customers/${id}`}
          color="text.primary"
          sx={{ fontWeight: 600, '&::after': { content: '""', position: 'absolute', inset: 0 } }}
        >
          {name}
        </Link>
        {tags !== null && tags.length > 0 && (
          <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 0.5, mt: 0.5 }}>
            {tags.map((tag) => (
              <Chip key={tag} label={tag} size="small" />
            ))}
          </Box>
        )}
      </TableCell>
      <TableCell sx={{ minWidth: 140, overflowWrap: 'anywhere' }}>
        {contactName}
        {contactTitle !== null && (
          <Box sx={{ color: 'text.secondary', typography: 'body2', fontSize: '0.8125rem' }}>
            {contactTitle}
          </Box>
        )}
      </TableCell>
      <TableCell sx={{ display: { xs: 'none', md: 'table-cell' }, whiteSpace: 'nowrap' }}>{phone}</TableCell>
      <TableCell sx={{ minWidth: 120, overflowWrap: 'anywhere' }}>{placeOf(address, formats)}</TableCell>
      <TableCell sx={{ color: 'text.secondary', whiteSpace: 'nowrap' }}>
        <time dateTime={updatedAt} title={formats.when(updatedAt)}>
          {formats.ago(updatedAt, now)}
        </time>
      </TableCell>
    </TableRow>
  )
}
