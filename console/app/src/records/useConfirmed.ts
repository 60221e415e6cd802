import { ConflictError } from '@unlost/client'
import { useState } from 'react'
import { useProblemText } from '../layout/useProblemText.js'
import { useText } from '../texts/useText.js'

/** Something that is done once it was confirmed. */
export interface Confirmed<T> {
  /** What is to be confirmed; null for nothing. */
  readonly asked: T | null
  readonly ask: (what: T) => void
  readonly cancel: () => void
  readonly run: (step: (what: T) => Promise<void>) => Promise<void>
  readonly isBusy: boolean
  readonly failure: string | null
}

export function useConfirmed<T>(): Confirmed<T> {
  const text = useText()
  const why = useProblemText()
  const [asked, setAsked] = useState<T | null>(null)
  const [isBusy, setBusy] = useState(false)
  const [failure, setFailure] = useState<string | null>(null)
  return {
    asked,
    isBusy,
    failure,
    ask: (what) => {
      setFailure(null)
      setAsked(what)
    },
    cancel: () => {
      if (!isBusy) setAsked(null)
    },
    run: async (step) => {
      if (asked === null || isBusy) return
      setBusy(true)
      setFailure(null)
      try {
        await step(asked)
        setAsked(null)
      } catch (cause) {
        if (cause instanceof ConflictError) setFailure(text('records.changedMeanwhile'))
        else setFailure(cause instanceof Error ? why(cause) : String(cause))
      } finally {
        setBusy(false)
      }
    },
  }
}
