import Alert from '@mui/material/Alert'
import Button from '@mui/material/Button'
import Typography from '@mui/material/Typography'
import { useEffect, useState } from 'react'
import { useText } from '../texts/useText.js'
import type { SignIn } from './SignIn.js'

export function OidcSignIn({ signIn }: { signIn: SignIn }) {
  const text = useText()
  const [isLeaving, setLeaving] = useState(false)
  const [failure, setFailure] = useState<string | null>(null)
  useEffect(() => {
    document.title = `${text('signIn.title')} · Unlost`
  }, [text])

  const leave = async () => {
    setLeaving(true)
    setFailure(null)
    try {
      await signIn.again()
    } catch (cause) {
      setFailure(cause instanceof Error ? cause.message : String(cause))
      setLeaving(false)
    }
  }

  return (
    <>
      <Typography variant="h1" gutterBottom>
        {text('signIn.title')}
      </Typography>
      <Typography sx={{ color: 'text.secondary', mb: 3 }}>{text('signIn.about')}</Typography>
      {failure !== null && (
        <Alert severity="error" sx={{ mb: 2 }}>
          {text('signIn.failed', { reason: failure })}
        </Alert>
      )}
      <Button variant="contained" size="large" fullWidth loading={isLeaving} onClick={() => void leave()}>
        {text('signIn.submit')}
      </Button>
    </>
  )
}
