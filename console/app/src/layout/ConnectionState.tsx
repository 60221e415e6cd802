import Box from '@mui/material/Box'
import Tooltip from '@mui/material/Tooltip'
import Typography from '@mui/material/Typography'
import type { Connection } from '../service/useConnection.js'
import { useText, type TextKey } from '../texts/useText.js'

const SHOWN: Record<Connection, { color: string; name: TextKey; about: TextKey }> = {
  connecting: { color: 'text.disabled', name: 'connection.connecting', about: 'connection.connectingAbout' },
  live: { color: 'success.main', name: 'connection.live', about: 'connection.liveAbout' },
  reconnecting: {
    color: 'secondary.main',
    name: 'connection.reconnecting',
    about: 'connection.reconnectingAbout',
  },
  offline: { color: 'error.main', name: 'connection.offline', about: 'connection.offlineAbout' },
  stopped: { color: 'error.main', name: 'connection.stopped', about: 'connection.stoppedAbout' },
}

/** Whether what is shown is kept up to date. */
export function ConnectionState({ connection }: { connection: Connection }) {
  const text = useText()
  const { color, name, about } = SHOWN[connection]
  return (
    <Tooltip title={text(about)}>
      <Box
        role="status"
        sx={{ display: 'flex', alignItems: 'center', gap: 0.75, px: 1, minWidth: 0, typography: 'body2' }}
      >
        <Box aria-hidden sx={{ width: 9, height: 9, borderRadius: '50%', bgcolor: color, flexShrink: 0 }} />
        <Typography component="span" variant="body2" noWrap sx={{ color: 'text.secondary' }}>
          {text(name)}
        </Typography>
      </Box>
    </Tooltip>
  )
}
