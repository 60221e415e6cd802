import { lazy, Suspense } from 'react'
import { Waiting } from './layout/Waiting.js'
import { Pages } from './Pages.js'
import { ServiceProvider } from './service/ServiceProvider.js'
import type { SignIn } from './sign-in/SignIn.js'
import { SignInContext, useSignInState } from './sign-in/useSignIn.js'
import { SignInAgain } from './sign-in/SignInAgain.js'

const SignInPage = lazy(async () => ({ default: (await import('./sign-in/SignInPage.js')).SignInPage }))

/** Signing in first; everything else after that. */
export function App({ signIn }: { signIn: SignIn }) {
  const state = useSignInState(signIn)
  if (state.kind === 'signedOut') {
    return (
      <Suspense fallback={<Waiting />}>
        <SignInPage signIn={signIn} error={state.error} />
      </Suspense>
    )
  }
  const { identity } = state
  return (
    <SignInContext value={{ signIn, identity }}>
      {/* what belongs to one person in one factory never shows to another */}
      <ServiceProvider key={`${identity.factory} ${identity.sub}`} signIn={signIn}>
        <Pages />
        {state.kind === 'lost' && <SignInAgain signIn={signIn} />}
      </ServiceProvider>
    </SignInContext>
  )
}
