import { useSyncExternalStore } from 'react'

/** How often what was said of times is said anew, in milliseconds. */
const TICK = 30_000

let now = Date.now()

/** The time, for "five minutes ago". */
export function useNow(): number {
  return useSyncExternalStore(subscribe, () => now)
}

function subscribe(changed: () => void): () => void {
  const tick = () => {
    now = Date.now()
    changed()
  }
  const timer = setInterval(tick, TICK)
  // at once, too, as the time stood still while nobody looked
  if (Date.now() - now > TICK) queueMicrotask(tick)
  return () => {
    clearInterval(timer)
  }
}
