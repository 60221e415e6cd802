import Box from '@mui/material/Box'
import Paper from '@mui/material/Paper'
import Skeleton from '@mui/material/Skeleton'
import { useText } from '../texts/useText.js'

const ROWS = Array.from({ length: 8 }, (_, row) => row)

export function CustomerListSkeleton() {
  const text = useText()
  return (
    <Paper variant="outlined" role="status" aria-label={text('layout.loading')} sx={{ p: 2 }}>
      <Box sx={{ display: 'grid', gap: 2.5 }}>
        {ROWS.map((row) => (
          <Skeleton key={row} variant="rounded" height={28} width={`${92 - (row % 3) * 14}%`} />
        ))}
      </Box>
    </Paper>
  )
}
