import { useEffect } from 'react'
import { useBlocker, type Blocker } from 'react-router'
import { useSignIn, useSignInState } from '../sign-in/useSignIn.js'

/** Stops whoever is about to leave a page with unsaved input: within the console, and by closing or reloading the tab. */
export function useLeaving(isDirty: boolean): Blocker {
  const { signIn } = useSignIn()
  // who leaves to sign in again comes back to the draft
  const asks = useSignInState(signIn).kind === 'signedIn' && isDirty
  useEffect(() => {
    if (!asks) return
    const ask = (event: BeforeUnloadEvent) => {
      event.preventDefault()
    }
    window.addEventListener('beforeunload', ask)
    return () => {
      window.removeEventListener('beforeunload', ask)
    }
  }, [asks])
  return useBlocker(
    ({ currentLocation, nextLocation }) => isDirty && currentLocation.pathname !== nextLocation.pathname,
  )
}
