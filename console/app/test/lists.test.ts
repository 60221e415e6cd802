import { expect, test } from 'vitest'
import { filtersOf } from '../src/customers/filters.js'
import { withChanged, withoutRecord } from '../src/records/listPages.js'

interface Row {
  readonly id: string
  readonly version: number
}

const pages = {
  pages: [
    { items: [{ id: 'a', version: 1 }], next: 'x' },
    { items: [{ id: 'b', version: 3 }], next: null },
  ],
  pageParams: [null, 'x'],
}
const versionOf = ({ version }: Row) => version

test('a row changes in its place, and never to an older version', () => {
  const rows = (list: typeof pages) =>
    list.pages.flatMap(({ items }) => items.map(({ id, version }) => `${id}${version}`))
  expect(rows(withChanged(pages, { id: 'b', version: 4 }, versionOf) as typeof pages)).toEqual(['a1', 'b4'])
  expect(rows(withChanged(pages, { id: 'b', version: 2 }, versionOf) as typeof pages)).toEqual(['a1', 'b3'])
  expect(rows(withoutRecord(pages, 'a') as typeof pages)).toEqual(['b3'])
})

test('recently changed is asked for by the hour', () => {
  const now = Date.parse('2026-11-22T10:31:00Z')
  expect(filtersOf({ changed: 'week', country: 'DE' }, now)).toEqual({
    country: 'DE',
    updatedSince: '2026-11-15T10:00:00.000Z',
  })
  expect(filtersOf({ changed: 'nonsense' }, now)).toEqual({})
})
