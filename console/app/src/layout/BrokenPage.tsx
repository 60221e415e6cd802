import Alert from '@mui/material/Alert'
import AlertTitle from '@mui/material/AlertTitle'
import Button from '@mui/material/Button'
import Container from '@mui/material/Container'
import { useRouteError } from 'react-router'
import { useText } from '../texts/useText.js'

/** Where a page failed for a reason of its own, such as a part of the console that could not be loaded. */
export function BrokenPage() {
  const text = useText()
  const error = useRouteError()
  return (
    <Container component="main" maxWidth="sm" sx={{ py: 8 }}>
      <Alert
        severity="error"
        action={
          <Button
            color="inherit"
            onClick={() => {
              location.reload()
            }}
          >
            {text('layout.reload')}
          </Button>
        }
      >
        <AlertTitle>{text('layout.broken')}</AlertTitle>
        {error instanceof Error ? error.message : String(error)}
      </Alert>
    </Container>
  )
}
