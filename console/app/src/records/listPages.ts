import type { AnyRecord, Page } from '@unlost/client'

interface Pages<R> {
  readonly pages: Page<R>[]
  readonly pageParams: (string | null)[]
}

/** Puts a newer version of a record where the older one is. */
export function withChanged<R extends AnyRecord>(
  pages: Pages<R>,
  record: R,
  versionOf: (record: R) => number,
): Pages<R> {
  return each(pages, (items) =>
    items.map((item) => (item.id === record.id && versionOf(item) < versionOf(record) ? record : item)),
  )
}

export function withoutRecord<R extends AnyRecord>(pages: Pages<R>, id: string): Pages<R> {
  return each(pages, (items) => items.filter((item) => item.id !== id))
}

function each<R>({ pages, pageParams }: Pages<R>, change: (items: R[]) => R[]): Pages<R> {
  return { pages: pages.map((page) => ({ ...page, items: change(page.items) })), pageParams }
}
