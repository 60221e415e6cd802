import Box from '@mui/material/Box'
import Container from '@mui/material/Container'
import { Outlet } from 'react-router'
import { NoticesProvider } from './NoticesProvider.js'
import { Sections } from './Sections.js'
import { SkipLink } from './SkipLink.js'
import { TopBar } from './TopBar.js'
import { useConnection } from '../service/useConnection.js'
import { useFocusOnNavigation } from './useFocusOnNavigation.js'

/** What surrounds every page. */
export function Shell() {
  const connection = useConnection()
  const main = useFocusOnNavigation()
  return (
    <NoticesProvider>
      <SkipLink />
      <Box sx={{ minHeight: '100dvh', display: 'flex', flexDirection: 'column' }}>
        <TopBar connection={connection} />
        <Container
          component="main"
          id="main"
          ref={main}
          tabIndex={-1}
          maxWidth="lg"
          sx={{ flexGrow: 1, py: { xs: 2, sm: 3 }, pb: { xs: 12, sm: 6 }, outline: 'none' }}
        >
          <Outlet />
        </Container>
        <Sections place="bottom" />
      </Box>
    </NoticesProvider>
  )
}
