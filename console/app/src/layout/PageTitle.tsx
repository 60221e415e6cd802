import Box from '@mui/material/Box'
import Typography from '@mui/material/Typography'
import { useEffect, type ReactNode } from 'react'

interface PageTitleProps {
  readonly title: string
  readonly above?: ReactNode
  readonly below?: ReactNode
  /** What can be done with what the page shows. */
  readonly actions?: ReactNode
}

/** The heading of a page, which also names the browser's tab. */
export function PageTitle({ title, above, below, actions }: PageTitleProps) {
  useEffect(() => {
    document.title = `${title} · Unlost`
  }, [title])
  return (
    <Box sx={{ mb: { xs: 2, sm: 3 } }}>
      {above}
      <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1.5, alignItems: 'center' }}>
        <Typography variant="h1" sx={{ flexGrow: 1, minWidth: 0, overflowWrap: 'anywhere' }}>
          {title}
        </Typography>
        {actions}
      </Box>
      {below}
    </Box>
  )
}
