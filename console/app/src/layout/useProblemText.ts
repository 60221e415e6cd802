import { NoAnswerError, ProblemError } from '@unlost/client'
import { useCallback } from 'react'
import { SignInLostError } from '../sign-in/SignIn.js'
import { useText } from '../texts/useText.js'

/** Says in the page's language why something did not work. */
export function useProblemText(): (error: Error) => string {
  const text = useText()
  return useCallback(
    (error) => {
      if (error instanceof SignInLostError) return text('problems.signInLost')
      if (error instanceof NoAnswerError)
        return text(navigator.onLine ? 'problems.noAnswer' : 'problems.offline')
      if (!(error instanceof ProblemError)) return error.message
      switch (error.status) {
        case 401:
          return text('problems.signInLost')
        case 403:
          return text('problems.forbidden')
        case 404:
          return text('problems.notFound')
        case 422:
          return text('problems.invalid')
        case 429:
          return text('problems.tooMany')
        default:
          return error.message // of the service: it says exactly what happened, in English
      }
    },
    [text],
  )
}
