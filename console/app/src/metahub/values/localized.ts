import { isObject, type Json, type LocalizedText } from '@unlost/client'

const PRIMARY = '_primary'

/** A text in several languages, in the order in which it is edited. */
export interface Texts {
  readonly primary: string
  readonly texts: Readonly<Record<string, string>>
}

/** @returns nothing but the language `fallback` where there is no text yet */
export function textsOf(value: Json, fallback: string): Texts {
  if (!isObject(value)) return { primary: fallback, texts: { [fallback]: '' } }
  const { [PRIMARY]: named, ...others } = value
  const texts = Object.fromEntries(
    Object.entries(others).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  )
  const primary = typeof named === 'string' ? named : (Object.keys(texts)[0] ?? fallback)
  // the primary one first
  return { primary, texts: { [primary]: texts[primary] ?? '', ...texts } }
}

/** @returns null where no language has a text */
export function valueOf({ primary, texts }: Texts): Json {
  if (Object.values(texts).every((text) => text === '')) return null
  return { ...texts, [PRIMARY]: primary }
}

/** The text in that language, or in the one that stands in for it; empty for none. */
export function inLanguage(value: LocalizedText | null | undefined, language: string): string {
  if (!isObject(value)) return ''
  const texts = value as Record<string, string | undefined>
  const base = language.split('-')[0] ?? language
  return texts[language] ?? texts[base] ?? texts[texts[PRIMARY] ?? ''] ?? Object.values(texts)[0] ?? ''
}

/** The tag as the service writes it; undefined where it is none. */
export function languageTag(typed: string): string | undefined {
  try {
    return Intl.getCanonicalLocales(typed.trim())[0]
  } catch {
    return undefined
  }
}
