import { useCallback, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { NAMESPACE, type english } from './locales.js'

type Key = keyof (typeof english)['conflict']
type TextKey = Exclude<Key, 'undecided_one' | 'undecided_other'> | 'undecided'

/** The texts of these parts, and times, in the page's language. */
export interface Texts {
  readonly text: (key: TextKey, values?: Readonly<Record<string, string | number>>) => string
  readonly when: (instant: string) => string
  readonly list: (items: readonly string[]) => string
}

export function useTexts(): Texts {
  const { t, i18n } = useTranslation(NAMESPACE)
  const language = i18n.resolvedLanguage ?? i18n.language
  const text = useCallback<Texts['text']>(
    // React escapes already
    (key, values) => t(`conflict.${key}`, { ...values, interpolation: { escapeValue: false } }),
    [t],
  )
  const [times, lists] = useMemo(
    () => [
      new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'medium' }),
      new Intl.ListFormat(language),
    ],
    [language],
  )
  return { text, when: (instant) => times.format(new Date(instant)), list: (items) => lists.format(items) }
}
