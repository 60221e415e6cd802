import Alert from '@mui/material/Alert'
import Collapse from '@mui/material/Collapse'
import type { Connection } from '../service/useConnection.js'
import { useText } from '../texts/useText.js'
import { useLasting } from './useLasting.js'

/** Streams end now and then; one that is back so soon is not worth a word. In milliseconds. */
const PATIENCE = 2_000

/** Says so where what is shown may be out of date. */
export function ConnectionBanner({ connection }: { connection: Connection }) {
  const text = useText()
  const isSlow = useLasting(connection === 'reconnecting', PATIENCE)
  const isCut = connection === 'offline' || connection === 'stopped' || isSlow
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
