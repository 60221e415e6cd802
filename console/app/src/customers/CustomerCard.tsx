import Box from '@mui/material/Box'
import Chip from '@mui/material/Chip'
import Link from '@mui/material/Link'
import Paper from '@mui/material/Paper'
import type { Customer } from '@unlost/client'
import { Link as RouterLink } from 'react-router'
import { freshly } from '../records/freshly.js'
import { useFormats } from '../texts/useFormats.js'
import { useNow } from '../texts/useNow.js'
import { placeOf } from './place.js'

export function CustomerCard({ customer, changedTo }: { customer: Customer; changedTo: number | undefined }) {
  const formats = useFormats()
  const now = useNow()
  const { id, name, contactName, address, tags, updatedAt } = customer
  const about = [contactName, placeOf(address, formats)].filter(Boolean).join(' · ')
  return (
    <Paper component="li" variant="outlined" sx={{ position: 'relative', p: 1.75, ...freshly(changedTo) }}>
      <Box sx={{ display: 'flex', gap: 1, alignItems: 'baseline' }}>
        <Link
          component={RouterLink}
          to={`/customers/${id}`}
          color="text.primary"
          sx={{
            flexGrow: 1,
            fontWeight: 600,
            overflowWrap: 'anywhere',
            '&::after': { content: '""', position: 'absolute', inset: 0 },
          }}
        >
          {name}
        </Link>
        <Box
          component="time"
          dateTime={updatedAt}
          sx={{ typography: 'caption', color: 'text.secondary', whiteSpace: 'nowrap' }}
        >
          {formats.ago(updatedAt, now)}
        </Box>
      </Box>
      {about !== '' && (
        <Box sx={{ typography: 'body2', color: 'text.secondary', mt: 0.25, overflowWrap: 'anywhere' }}>
          {about}
        </Box>
      )}
      {tags !== null && tags.length > 0 && (
        <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 0.5, mt: 0.75 }}>
          {tags.map((tag) => (
            <Chip key={tag} label={tag} size="small" />
          ))}
        </Box>
      )}
    </Paper>
  )
}
