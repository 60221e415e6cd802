import BottomNavigation from '@mui/material/BottomNavigation'
import BottomNavigationAction from '@mui/material/BottomNavigationAction'
import Button from '@mui/material/Button'
import Paper from '@mui/material/Paper'
import Stack from '@mui/material/Stack'
import { NavLink, useLocation } from 'react-router'
import { useText } from '../texts/useText.js'
import { sections } from './sections.js'

/** The sections of the console: in the top bar, and at the bottom where the page is as narrow as a phone. */
export function Sections({ place }: { place: 'top' | 'bottom' }) {
  const text = useText()
  const { pathname } = useLocation()
  const current = sections.find(({ path }) => pathname.startsWith(path))?.path

  if (place === 'top') {
    return (
      <Stack
        component="nav"
        direction="row"
        aria-label={text('layout.sections')}
        sx={{ gap: 0.5, display: { xs: 'none', sm: 'flex' } }}
      >
        {sections.map(({ path, name }) => (
          <Button
            key={path}
            component={NavLink}
            to={path}
            color="inherit"
            sx={{
              px: 1.5,
              color: path === current ? 'primary.main' : 'text.secondary',
              bgcolor: path === current ? 'action.hover' : undefined,
            }}
          >
            {text(name)}
          </Button>
        ))}
      </Stack>
    )
  }
  return (
    <Paper
      component="nav"
      aria-label={text('layout.sections')}
      square
      sx={{
        display: { sm: 'none' },
        position: 'fixed',
        insetInline: 0,
        bottom: 0,
        zIndex: 'appBar',
        borderTop: 1,
        borderColor: 'divider',
        pb: 'env(safe-area-inset-bottom)',
      }}
    >
      <BottomNavigation showLabels value={current ?? false} sx={{ bgcolor: 'transparent' }}>
        {sections.map(({ path, name, Icon }) => (
          <BottomNavigationAction
            key={path}
            component={NavLink}
            to={path}
            value={path}
            label={text(name)}
            icon={<Icon />}
          />
        ))}
      </BottomNavigation>
    </Paper>
  )
}
