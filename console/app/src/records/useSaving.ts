import { ConflictError, ProblemError } from '@unlost/client'
import { useCallback, useState } from 'react'
import { useFieldErrorText, type FieldErrorText } from './useFieldErrorText.js'
import { noErrors, type FieldErrors } from './kind.js'

/** Why the last save did not work. */
export interface SaveFailure {
  /** By field, where the service says which ones are wrong. */
  readonly errors: FieldErrors
  readonly cause: Error | null
}

const none: SaveFailure = { errors: noErrors, cause: null }

/** Runs saves and keeps what the service says against them. */
export function useSaving(): SaveFailure & {
  readonly attempt: (save: () => Promise<unknown>) => Promise<void>
  readonly forget: (field: string) => void
  readonly clear: () => void
} {
  const [failure, setFailure] = useState(none)
  const say = useFieldErrorText()

  const attempt = useCallback(
    async (save: () => Promise<unknown>) => {
      setFailure(none)
      try {
        await save()
      } catch (cause) {
        setFailure(failureOf(cause, say))
      }
    },
    [say],
  )

  /** Once a field is changed, what was said of it holds no longer. */
  const forget = useCallback((field: string) => {
    setFailure((before) => {
      const errors = Object.fromEntries(
        Object.entries(before.errors).filter(([name]) => name !== field && !name.startsWith(`${field}.`)),
      )
      return { ...before, errors }
    })
  }, [])

  const clear = useCallback(() => {
    setFailure(none)
  }, [])

  return { ...failure, attempt, forget, clear }
}

function failureOf(cause: unknown, say: FieldErrorText): SaveFailure {
  if (
    cause instanceof ConflictError &&
    cause.conflict.reason === 'exists' &&
    cause.conflict.taken !== undefined
  ) {
    return {
      errors: { [cause.conflict.taken]: say({ field: '', code: 'taken', message: cause.message }) },
      cause,
    }
  }
  if (cause instanceof ProblemError && cause.problem.errors !== undefined) {
    return {
      errors: Object.fromEntries(
        cause.problem.errors.map((error) => [error.field.replace(/\[\d+\]$/, ''), say(error)]),
      ),
      cause,
    }
  }
  return { errors: noErrors, cause: cause instanceof Error ? cause : new Error(String(cause)) }
}
