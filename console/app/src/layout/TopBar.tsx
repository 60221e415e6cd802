import AppBar from '@mui/material/AppBar'
import Box from '@mui/material/Box'
import Container from '@mui/material/Container'
import Toolbar from '@mui/material/Toolbar'
import type { Connection } from '../service/useConnection.js'
import { AccountMenu } from './AccountMenu.js'
import { Brand } from './Brand.js'
import { ConnectionBanner } from './ConnectionBanner.js'
import { ConnectionState } from './ConnectionState.js'
import { LanguageMenu } from './LanguageMenu.js'
import { Sections } from './Sections.js'
import { ThemeMenu } from './ThemeMenu.js'

export function TopBar({ connection }: { connection: Connection }) {
  return (
    <AppBar
      position="sticky"
      sx={{ bgcolor: 'background.paper', borderBottom: 1, borderColor: 'divider', color: 'text.primary' }}
    >
      <Container maxWidth="lg">
        <Toolbar disableGutters sx={{ gap: { xs: 0.5, sm: 1 }, minHeight: { xs: 56, sm: 64 } }}>
          <Brand />
          <Sections place="top" />
          <Box sx={{ flexGrow: 1 }} />
          <ConnectionState connection={connection} />
          <LanguageMenu />
          <ThemeMenu />
          <AccountMenu />
        </Toolbar>
      </Container>
      <ConnectionBanner connection={connection} />
    </AppBar>
  )
}
