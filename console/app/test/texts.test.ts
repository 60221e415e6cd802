import { expect, test } from 'vitest'
import en from '../src/texts/locales/en.json' with { type: 'json' }
import ja from '../src/texts/locales/ja.json' with { type: 'json' }
import ru from '../src/texts/locales/ru.json' with { type: 'json' }

interface Tree {
  readonly [name: string]: string | Tree
}

function texts(tree: Tree, path = ''): [string, string][] {
  return Object.entries(tree).flatMap(([name, value]) =>
    typeof value === 'string' ? [[path + name, value]] : texts(value, `${path}${name}.`),
  )
}

const PLURAL = /_(one|few|many|other)$/

/** The names of texts, one with plurals once, with what is put into them. */
function told(tree: Tree): Record<string, string[]> {
  return Object.fromEntries(
    texts(tree).map(([name, text]) => [
      name.replace(PLURAL, ''),
      [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, each]) => each ?? '').sort(),
    ]),
  )
}

function pluralsOf(tree: Tree, name: string): string[] {
  return texts(tree).flatMap(([each]) =>
    each.replace(PLURAL, '') === name ? [PLURAL.exec(each)?.[1] ?? ''] : [],
  )
}

test.each([
  ['ru', ru],
  ['ja', ja],
])('every text is there in %s, with the same values in it', (_, tree) => {
  expect(told(tree)).toEqual(told(en))
})

test.each([
  ['en', en],
  ['ru', ru],
  ['ja', ja],
])('%s has a text for each of its plurals', (language, tree) => {
  const categories = new Intl.PluralRules(language).resolvedOptions().pluralCategories
  const names = new Set(texts(en).flatMap(([name]) => (PLURAL.test(name) ? [name.replace(PLURAL, '')] : [])))
  expect(names.size).toBeGreaterThan(0)
  for (const name of names) expect(pluralsOf(tree, name).sort(), name).toEqual([...categories].sort())
})

test.each([
  ['en', en],
  ['ru', ru],
  ['ja', ja],
])('no text of %s is empty', (_, tree) => {
  expect(texts(tree).filter(([, text]) => text.trim() === '')).toEqual([])
})
