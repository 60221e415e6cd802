import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import type english from './locales/en.json'

type Paths<T> = {
  [K in keyof T & string]: T[K] extends string ? K : `${K}.${Paths<T[K]>}`
}[keyof T & string]

type Singular<K extends string> = K extends `${infer Base}_one` | `${infer Base}_other` ? Base : K

/** The names of all texts. One that depends on `count` goes by the name without the suffix. */
export type TextKey = Singular<Paths<typeof english>>

export type Text = (key: TextKey, values?: Readonly<Record<string, string | number>>) => string

/** The console's texts in the page's language. */
export function useText(): Text {
  const { t } = useTranslation('console')
  return useCallback<Text>((key, values) => t(key, { ...values }), [t])
}
