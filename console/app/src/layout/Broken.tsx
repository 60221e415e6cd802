import Alert from '@mui/material/Alert'
import AlertTitle from '@mui/material/AlertTitle'
import Button from '@mui/material/Button'
import Container from '@mui/material/Container'

interface BrokenProps {
  readonly title?: string
  readonly about: string
  /** What the button is called that loads the page again. */
  readonly reload: string
}

/** In place of a page that cannot be shown. */
export function Broken({ title, about, reload }: BrokenProps) {
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
            {reload}
          </Button>
        }
      >
        {title !== undefined && <AlertTitle>{title}</AlertTitle>}
        {about}
      </Alert>
    </Container>
  )
}
