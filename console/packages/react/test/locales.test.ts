import { expect, test } from 'vitest'
import { locales, NAMESPACE } from '../src/index.js'

const PLURAL = /_(zero|one|two|few|many|other)$/

function texts(language: keyof typeof locales): Map<string, string> {
  return new Map(Object.entries(locales[language][NAMESPACE].conflict))
}

function placeholders(text: string): string[] {
  return [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name ?? '').sort()
}

test.each(['ru', 'ja'] as const)('%s has the texts of English, with the same values in them', (language) => {
  const english = texts('en')
  const names = (all: Map<string, string>) =>
    [...new Set([...all.keys()].map((key) => key.replace(PLURAL, '')))].sort()
  expect(names(texts(language))).toEqual(names(english))
  for (const [key, text] of texts(language)) {
    const original = english.get(key) ?? english.get(key.replace(PLURAL, '_other')) ?? ''
    expect([key, placeholders(text)]).toEqual([key, placeholders(original)])
    expect(text).not.toBe('')
  }
})

test.each(['en', 'ru', 'ja'] as const)('%s has every plural that the language has', (language) => {
  const categories = new Intl.PluralRules(language).resolvedOptions().pluralCategories
  const given = [...texts(language).keys()].filter((key) => PLURAL.test(key))
  expect(given.sort()).toEqual(categories.map((category) => `undecided_${category}`).sort())
})
