import Button from '@mui/material/Button'
import Stack from '@mui/material/Stack'
import { NavLink } from 'react-router'

interface Place {
  readonly path: string
  readonly name: string
}

/** Pages beside each other. */
export function Places({ label, places }: { label: string; places: readonly Place[] }) {
  return (
    <Stack component="nav" direction="row" aria-label={label} sx={{ gap: 0.5, flexWrap: 'wrap', mb: 2 }}>
      {places.map(({ path, name }) => (
        <Button
          key={path}
          component={NavLink}
          to={path}
          end
          color="inherit"
          size="small"
          sx={{
            px: 1.5,
            color: 'text.secondary',
            '&.active': { color: 'primary.main', bgcolor: 'action.hover' },
          }}
        >
          {name}
        </Button>
      ))}
    </Stack>
  )
}
