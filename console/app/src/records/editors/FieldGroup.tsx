import Box from '@mui/material/Box'
import type { ReactNode } from 'react'

interface Props {
  label: ReactNode
  /** The id of what says more about all of them. */
  describedBy?: string | undefined
  children: ReactNode
}

/** Several fields that are one value. */
export function FieldGroup({ label, describedBy, children }: Props) {
  return (
    <Box
      component="fieldset"
      aria-describedby={describedBy}
      sx={{
        border: 1,
        borderColor: 'divider',
        borderRadius: 1,
        m: 0,
        mt: 0.5,
        px: 1.75,
        pt: 1,
        pb: 1.75,
        minWidth: 0,
      }}
    >
      <Box component="legend" sx={{ typography: 'body2', color: 'text.secondary', px: 0.5 }}>
        {label}
      </Box>
      {children}
    </Box>
  )
}
