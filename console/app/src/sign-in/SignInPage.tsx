import Alert from '@mui/material/Alert'
import Box from '@mui/material/Box'
import Container from '@mui/material/Container'
import Paper from '@mui/material/Paper'
import { Brand } from '../layout/Brand.js'
import { LanguageMenu } from '../layout/LanguageMenu.js'
import { ThemeMenu } from '../layout/ThemeMenu.js'
import { useText } from '../texts/useText.js'
import { DevelopmentIssuer } from './DevelopmentIssuer.js'
import { DevelopmentSignIn } from './DevelopmentSignIn.js'
import { OidcSignIn } from './OidcSignIn.js'
import type { SignIn } from './SignIn.js'

export function SignInPage({ signIn, error }: { signIn: SignIn; error: string | undefined }) {
  const text = useText()
  const { issuer } = signIn
  return (
    <Container maxWidth="xs" sx={{ minHeight: '100dvh', display: 'flex', flexDirection: 'column', py: 2 }}>
      <Box component="header" sx={{ display: 'flex', alignItems: 'center' }}>
        <Brand />
        <Box sx={{ flexGrow: 1 }} />
        <LanguageMenu />
        <ThemeMenu />
      </Box>
      <Paper component="main" variant="outlined" sx={{ p: { xs: 2.5, sm: 4 }, mt: { xs: 3, sm: 8 } }}>
        {error !== undefined && (
          <Alert severity="error" sx={{ mb: 2 }}>
            {text('signIn.failed', { reason: error })}
          </Alert>
        )}
        {issuer instanceof DevelopmentIssuer ? (
          <DevelopmentSignIn
            issuer={issuer}
            onGrant={(grant) => {
              signIn.admit(grant)
            }}
          />
        ) : (
          <OidcSignIn signIn={signIn} />
        )}
      </Paper>
    </Container>
  )
}
