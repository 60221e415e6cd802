import { useQueries, type UseQueryResult } from '@tanstack/react-query'
import type { Element, ElementFields, Records } from '@unlost/client'
import { useCallback, useMemo } from 'react'
import { useFormats } from '../texts/useFormats.js'
import { titleOf } from './names.js'

/** Of a larger catalog, the rest is called by id. */
const MOST = 1000

/** How long what elements are called may be out of date, in milliseconds. */
const FRESH = 60_000

export type Titles = ReadonlyMap<string, string>

/** What the elements of catalogs are called, by id: of those that attributes refer to. */
export function useTitles(
  elements: Records<Element, ElementFields>,
  catalogs: readonly string[],
): (catalog: string) => Titles {
  const { language } = useFormats()
  const results = useQueries({
    queries: catalogs.map((catalog) => ({
      queryKey: ['unlost-titles', elements.resource.path, catalog],
      queryFn: () => firstOf(elements, catalog),
      staleTime: FRESH,
    })),
    combine: dataOf,
  })
  const byCatalog = useMemo(
    () =>
      new Map(
        catalogs.map((catalog, index) => [
          catalog,
          new Map(results[index]?.map((element) => [element.id, titleOf(element, language)])),
        ]),
      ),
    [catalogs, results, language],
  )
  return useCallback((catalog) => byCatalog.get(catalog) ?? none, [byCatalog])
}

const none: Titles = new Map()

// one and the same function, or what comes of it would be new each time
function dataOf(queries: readonly UseQueryResult<Element[]>[]): (Element[] | undefined)[] {
  return queries.map(({ data }) => data)
}

async function firstOf(elements: Records<Element, ElementFields>, catalogId: string): Promise<Element[]> {
  const found: Element[] = []
  for await (const element of elements.all({ filters: { catalogId } })) {
    found.push(element)
    if (found.length === MOST) break
  }
  return found
}
