import { createContext, use, useSyncExternalStore } from 'react'
import type { Identity } from './issuer.js'
import type { SignIn, SignInState } from './SignIn.js'

interface SignedIn {
  readonly signIn: SignIn
  readonly identity: Identity
}

export const SignInContext = createContext<SignedIn | null>(null)

export function useSignInState(signIn: SignIn): SignInState {
  return useSyncExternalStore(signIn.subscribe, () => signIn.state)
}

/** Who is signed in, below where somebody is. */
export function useSignIn(): SignedIn {
  const signedIn = use(SignInContext)
  if (signedIn === null) throw new Error('nobody is signed in here')
  return signedIn
}
