import type { Problem } from '@unlost/client'
import { useCallback } from 'react'
import { useText, type TextKey } from '../texts/useText.js'

type FieldError = NonNullable<Problem['errors']>[number]

/** Says what is wrong with a field. */
export type FieldErrorText = (error: FieldError) => string

const TEXTS: Readonly<Record<string, TextKey>> = {
  required: 'invalid.required',
  blank: 'invalid.blank',
  'too-long': 'invalid.tooLong',
  'too-many': 'invalid.tooMany',
  characters: 'invalid.characters',
  email: 'invalid.email',
  country: 'invalid.country',
  taken: 'invalid.taken',
}

/** In the page's language where the error is a frequent one, and otherwise as the service says it, in English. */
export function useFieldErrorText(): FieldErrorText {
  const text = useText()
  return useCallback<FieldErrorText>(
    ({ code, message }) => {
      const key = TEXTS[code]
      const limit = /\d+/.exec(message)?.[0]
      const isLimit = code === 'too-long' || code === 'too-many'
      if (key === undefined || (isLimit && limit === undefined)) return message
      return text(key, limit === undefined ? {} : { limit })
    },
    [text],
  )
}
