import { describe, expect, test } from 'vitest'
import { customers, difference, elements, mergePatch, sameJson } from '../src/index.js'

describe('a difference', () => {
  test('has whole values of fields, and null where there is none any more', () => {
    const before = { name: 'Acme', phone: '+1', address: { city: 'Bern' }, tags: ['a'] }
    const after = { name: 'Acme', address: { city: 'Basel' }, tags: ['a'] }
    expect(difference(customers, before, after)).toEqual({ phone: null, address: { city: 'Basel' } })
  })

  test('of an element goes by attribute, as its conflicts do', () => {
    const values = difference(
      elements('main'),
      { data: { a: 1, b: 2, c: [1] } },
      { data: { a: 1, b: 3, d: 4 } },
    )
    expect(values).toEqual({ 'data.b': 3, 'data.c': null, 'data.d': 4 })
    expect(mergePatch(elements('main'), { ...values, order: 7 })).toEqual({
      data: { b: 3, c: null, d: 4 },
      order: 7,
    })
  })
})

test('JSON is the same whatever the order of its members, but not of its items', () => {
  expect(sameJson({ a: 1, b: [1, 2] }, { b: [1, 2], a: 1 })).toBe(true)
  expect(sameJson([1, 2], [2, 1])).toBe(false)
  expect(sameJson({ a: null }, {})).toBe(false)
})
