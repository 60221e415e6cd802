import { describe, expect, test } from 'vitest'
import type { Attribute } from '@unlost/client'
import { elementFiltersOf } from '../src/metahub/elementFilters.js'
import { violation } from '../src/metahub/values/constraints.js'
import { inLanguage, languageTag, textsOf, valueOf } from '../src/metahub/values/localized.js'
import { jsonTyping, numberTyping, timeTyping, typedIn, unreadable } from '../src/metahub/values/typing.js'

describe('what is typed', () => {
  test.each([
    ['', null],
    ['1.50', 1.5],
    ['1,5', 1.5],
    ['-3', -3],
    ['1e3', 1000],
    [' 7 ', 7],
  ])('%j is the number %j', (typed, value) => {
    expect(numberTyping.read(typed)).toBe(value)
  })

  test.each(['1.2.3', 'many', '0x10', '1e999', '--1', 'Infinity'])(
    '%j is no number, and is kept',
    (typed) => {
      const value = numberTyping.read(typed)
      expect(typedIn(value)).toBe(typed)
      expect(numberTyping.show(value)).toBe(typed)
    },
  )

  test('is JSON, or kept until it is', () => {
    expect(jsonTyping.read('{"a": [1, "b"]}')).toEqual({ a: [1, 'b'] })
    expect(jsonTyping.read('"text"')).toBe('text')
    expect(jsonTyping.show('text')).toBe('"text"')
    expect(jsonTyping.show(jsonTyping.read('{"a": '))).toBe('{"a": ')
    expect(jsonTyping.read(' ')).toBeNull()
  })

  test('is a time of the person’s own zone', () => {
    const value = timeTyping.read('2026-11-22T10:15')
    expect(value).toBe(new Date(2026, 10, 22, 10, 15).toISOString())
    expect(timeTyping.show(value)).toMatch(/^2026-11-22T10:15/)
  })

  test('no value of the service is taken for what was typed', () => {
    expect(typedIn('many')).toBeUndefined()
    expect(typedIn({ typed: 'many' })).toBeUndefined()
    expect(typedIn(unreadable('many'))).toBe('many')
  })
})

describe('a value', () => {
  const text = (constraints: Attribute['constraints']) =>
    ({ type: 'STRING', required: false, constraints }) as const
  const number = { type: 'NUMBER', required: true, constraints: { minimum: 1, maximum: 9 } } as const

  test('may be missing unless it is required', () => {
    expect(violation(text(null), null)).toBeUndefined()
    expect(violation(number, null)).toEqual({ kind: 'required' })
  })

  test('is measured in characters as people count them', () => {
    expect(violation(text({ maxLength: 2 }), '🦉🦉')).toBeUndefined()
    expect(violation(text({ maxLength: 1 }), '🦉🦉')).toEqual({ kind: 'maxLength', limit: 1 })
    expect(violation(text({ minLength: 3 }), 'ab')).toEqual({ kind: 'minLength', limit: 3 })
  })

  test('keeps to limits, choices and patterns', () => {
    expect(violation(number, 0)).toEqual({ kind: 'minimum', limit: 1 })
    expect(violation(number, 10)).toEqual({ kind: 'maximum', limit: 9 })
    expect(violation(number, 9)).toBeUndefined()
    expect(violation(number, unreadable('x'))).toEqual({ kind: 'number' })
    expect(violation(text({ enum: ['a', 'b'] }), 'c')).toEqual({ kind: 'choice' })
    expect(violation(text({ pattern: '^[A-Z]{2}$' }), 'de')).toEqual({ kind: 'pattern' })
    expect(violation(text({ pattern: '^[A-Z]{2}$' }), 'DE')).toBeUndefined()
  })

  test('is left to the service where the browser cannot tell', () => {
    expect(violation(text({ pattern: '(?i)^de$' }), 'xx'), 'no pattern of the browser’s').toBeUndefined()
    expect(
      violation(text({ pattern: '^(a+)+$' }), 'a'.repeat(50) + 'b'),
      'one that takes for ever',
    ).toBeUndefined()
  })
})

describe('a text in several languages', () => {
  const value = { en: 'Germany', ru: 'Германия', _primary: 'ru' }

  test('is read and written as it was', () => {
    const texts = textsOf(value, 'ja')
    expect(texts).toEqual({ primary: 'ru', texts: { en: 'Germany', ru: 'Германия' } })
    expect(Object.keys(texts.texts)).toEqual(['ru', 'en'])
    expect(valueOf(texts)).toEqual(value)
  })

  test('begins in the page’s language, and is nothing where it is empty', () => {
    expect(textsOf(null, 'ja')).toEqual({ primary: 'ja', texts: { ja: '' } })
    expect(valueOf(textsOf(null, 'ja'))).toBeNull()
  })

  test('is shown in the page’s language, or in the one that stands in', () => {
    expect(inLanguage(value, 'en')).toBe('Germany')
    expect(inLanguage(value, 'en-GB')).toBe('Germany')
    expect(inLanguage(value, 'ja')).toBe('Германия')
    expect(inLanguage(null, 'ja')).toBe('')
  })

  test('has languages by their tags', () => {
    expect(languageTag(' pt-br ')).toBe('pt-BR')
    expect(languageTag('not a language')).toBeUndefined()
    expect(languageTag('')).toBeUndefined()
  })
})

test('elements are looked for as goes with the attribute', () => {
  const attribute = (codename: string, type: Attribute['type'], more: Partial<Attribute> = {}) =>
    ({ codename, type, searchable: true, constraints: null, ...more }) as Attribute
  const attributes = [
    attribute('label', 'STRING'),
    attribute('price', 'NUMBER'),
    attribute('size', 'STRING', { constraints: { enum: ['s', 'l'] } }),
    attribute('secret', 'STRING', { searchable: false }),
  ]
  expect(elementFiltersOf({ is: 'man' }, attributes), 'the first one').toEqual({
    'data.label.contains': 'man',
  })
  expect(elementFiltersOf({ by: 'size', is: 's' }, attributes)).toEqual({ 'data.size': 's' })
  expect(elementFiltersOf({ by: 'price', from: '1,5', to: 'x' }, attributes)).toEqual({
    'data.price.from': '1.5',
  })
  expect(elementFiltersOf({ by: 'secret', is: 'x' }, attributes)).toEqual({ 'data.label.contains': 'x' })
  expect(elementFiltersOf({ is: 'x' }, [])).toEqual({})
})
