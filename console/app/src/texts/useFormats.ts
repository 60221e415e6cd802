import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'

/** How times, numbers and names of countries are written in the page's language. */
export interface Formats {
  readonly language: string
  readonly when: (instant: string) => string
  readonly day: (date: string) => string
  readonly time: (instant: string) => string
  readonly ago: (instant: string, now: number) => string
  readonly number: (value: number) => string
  readonly list: (items: readonly string[]) => string
  readonly country: (code: string) => string
  readonly languageName: (tag: string) => string
  readonly compare: (one: string, other: string) => number
}

const UNITS: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['week', 604_800],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
]

export function useFormats(): Formats {
  const { t, i18n } = useTranslation('console')
  const { language } = i18n
  const justNow = t('layout.justNow')
  return useMemo(() => formatsOf(language, justNow), [language, justNow])
}

function formatsOf(language: string, justNow: string): Formats {
  const times = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' })
  const days = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeZone: 'UTC' })
  const clock = new Intl.DateTimeFormat(language, { timeStyle: 'short' })
  const relative = new Intl.RelativeTimeFormat(language, { numeric: 'auto' })
  const numbers = new Intl.NumberFormat(language)
  const lists = new Intl.ListFormat(language)
  const languages = new Intl.DisplayNames(language, { type: 'language' })
  const countries = new Intl.DisplayNames(language, { type: 'region' })
  const collator = new Intl.Collator(language)
  return {
    language,
    when: (instant) => times.format(new Date(instant)),
    day: (date) => {
      const day = new Date(`${date}T00:00:00Z`)
      return Number.isNaN(day.getTime()) ? date : days.format(day)
    },
    time: (instant) => clock.format(new Date(instant)),
    ago: (instant, now) => {
      const seconds = (Date.parse(instant) - now) / 1000
      const found = UNITS.find(([, each]) => Math.abs(seconds) >= each)
      if (found === undefined) return justNow // clocks differ by as much
      const [unit, length] = found
      return relative.format(Math.trunc(seconds / length), unit)
    },
    number: (value) => numbers.format(value),
    list: (items) => lists.format(items),
    country: (code) => nameOf(countries, code),
    languageName: (tag) => nameOf(languages, tag),
    compare: (one, other) => collator.compare(one, other),
  }
}

function nameOf(names: Intl.DisplayNames, code: string): string {
  try {
    return names.of(code) ?? code
  } catch {
    return code // not of the form of one
  }
}
