import { useEffect } from 'react'
import { useBlocker, type Blocker } from 'react-router'

/** Stops whoever is about to leave a page with unsaved input: within the console, and by closing or reloading the tab. */
export function useLeaving(isDirty: boolean): Blocker {
  useEffect(() => {
    if (!isDirty) return
    const ask = (event: BeforeUnloadEvent) => {
      event.preventDefault()
    }
    window.addEventListener('beforeunload', ask)
    return () => {
      window.removeEventListener('beforeunload', ask)
    }
  }, [isDirty])
  return useBlocker(
    ({ currentLocation, nextLocation }) => isDirty && currentLocation.pathname !== nextLocation.pathname,
  )
}
