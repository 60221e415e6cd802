import { createContext, use } from 'react'

/** Says for a moment what was done. */
export type Notify = (message: string) => void

export const NoticesContext = createContext<Notify>(() => undefined)

export function useNotices(): Notify {
  return use(NoticesContext)
}
