import Box from '@mui/material/Box'
import Typography from '@mui/material/Typography'
import type { ReactNode } from 'react'

interface EmptyListProps {
  readonly title: string
  readonly about: string
  readonly children?: ReactNode
}

export function EmptyList({ title, about, children }: EmptyListProps) {
  return (
    <Box sx={{ textAlign: 'center', py: { xs: 6, sm: 9 }, px: 2 }}>
      <Typography variant="h2" gutterBottom>
        {title}
      </Typography>
      <Typography sx={{ color: 'text.secondary', mb: 3 }}>{about}</Typography>
      {children}
    </Box>
  )
}
