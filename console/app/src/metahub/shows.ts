import { isObject, type Json } from '@unlost/client'
import type { Formats } from '../texts/useFormats.js'
import type { Text } from '../texts/useText.js'
import { textsOf } from './values/localized.js'
import { typedIn } from './values/typing.js'

/** How values are shown to people to read. Empty stands for none. */
export interface Shows {
  readonly text: (value: Json) => string
  readonly localized: (value: Json) => string
  readonly json: (value: Json) => string
  readonly yesNo: (value: Json) => string
  readonly day: (value: Json) => string
  readonly time: (value: Json) => string
}

export function showsOf(text: Text, formats: Formats): Shows {
  const json = (value: Json) => typedIn(value) ?? (value === null ? '' : JSON.stringify(value))
  return {
    text: (value) => (typeof value === 'string' ? value : json(value)),
    localized: (value) => {
      if (!isObject(value)) return json(value)
      const { texts } = textsOf(value, formats.language)
      return Object.entries(texts)
        .map(([language, each]) => `${language}: ${each}`)
        .join(' · ')
    },
    json,
    yesNo: (value) => (typeof value === 'boolean' ? text(value ? 'metahub.yes' : 'metahub.no') : json(value)),
    day: (value) => (typeof value === 'string' ? formats.day(value) : json(value)),
    time: (value) => (typeof value === 'string' ? formats.when(value) : json(value)),
  }
}
