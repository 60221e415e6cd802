import Alert from '@mui/material/Alert'
import Button from '@mui/material/Button'
import Container from '@mui/material/Container'

/** Where not even the texts may be there: in English, therefore. */
export function FailedStart() {
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
            Try again
          </Button>
        }
      >
        The console could not start, as the service does not answer.
      </Alert>
    </Container>
  )
}
