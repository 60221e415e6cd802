import Alert from '@mui/material/Alert'
import Collapse from '@mui/material/Collapse'
import type { Connection } from '../service/useConnection.js'
import { useText } from '../texts/useText.js'

/** Says so where what is shown may be out of date. */
export function ConnectionBanner({ connection }: { connection: Connection }) {
  const text = useText()
  const isCut = connection === 'offline' || connection === 'reconnecting' || connection === 'stopped'
  return (
    <Collapse in={isCut} unmountOnExit>
      <Alert
        severity={connection === 'reconnecting' ? 'info' : 'warning'}
        square
        sx={{ justifyContent: 'center' }}
      >
        {text(
          connection === 'offline'
            ? 'connection.offlineBanner'
            : connection === 'stopped'
              ? 'connection.stoppedAbout'
              : 'connection.reconnectingBanner',
        )}
      </Alert>
    </Collapse>
  )
}
