import { useQuery } from '@tanstack/react-query'
import type { Element, ElementFields, Records } from '@unlost/client'
import { useDeferredValue, useMemo, useState } from 'react'
import { useFormats } from '../../texts/useFormats.js'
import { titleOf } from '../names.js'
import { useMetahub } from '../useMetahub.js'
import { useTitles } from '../useTitles.js'
import { PickEditor, type PickOption, type PickProps } from './PickEditor.js'

/** How many elements are offered at once; of a larger catalog, the others are found by what is typed. */
const MOST = 1000

/** How long what is offered may be out of date, in milliseconds. */
const FRESH = 60_000

/** How many of the other catalog's attributes are looked into. */
const MOST_ATTRIBUTES = 3

/** An element of another catalog: found by what it is called, by its codename and by its searchable texts. */
export function ReferenceEditor(props: PickProps & { readonly catalogId: string }) {
  const { catalogId } = props
  const metahub = useMetahub()
  const { language } = useFormats()
  const [typed, setTyped] = useState('')
  const wanted = useDeferredValue(typed.trim())
  const { elements } = metahub
  const title = useTitles(elements)

  const attributes = useQuery({
    queryKey: ['unlost-attributes', metahub.attributes.resource.path, catalogId],
    queryFn: () => metahub.attributes.list({ limit: 200, filters: { catalogId } }),
  })
  const searchable = (attributes.data?.items ?? [])
    .filter(({ type, searchable: isSearchable }) => type === 'STRING' && isSearchable === true)
    .slice(0, MOST_ATTRIBUTES)
  const search = useQuery({
    queryKey: [
      'unlost-search',
      elements.resource.path,
      catalogId,
      wanted,
      searchable.map(({ codename }) => codename),
    ],
    queryFn: async ({ signal }) => {
      const conditions = [
        { codename: wanted.toLowerCase() },
        ...searchable.map(({ codename }) => ({ [`data.${codename}.contains`]: wanted })),
      ]
      const pages = await Promise.all(
        conditions.map((condition) =>
          elements.list({ limit: 20, filters: { catalogId, ...condition }, signal }),
        ),
      )
      return pages.flatMap(({ items }) => items)
    },
    enabled: wanted !== '',
    placeholderData: (before) => before,
  })
  const first = useQuery({
    queryKey: ['unlost-first', elements.resource.path, catalogId],
    queryFn: () => firstOf(elements, catalogId),
    staleTime: FRESH,
  })

  const options = useMemo(() => {
    const all = new Map<string, PickOption>()
    for (const element of [...(first.data ?? []), ...(search.data ?? [])]) {
      all.set(element.id, {
        id: element.id,
        title: titleOf(element, language),
        about: element.codename ?? undefined,
      })
    }
    return [...all.values()]
  }, [first.data, search.data, language])

  return (
    <PickEditor
      {...props}
      options={options}
      title={title}
      isLoading={search.isFetching}
      onSearch={setTyped}
      found={new Set(wanted === '' ? [] : search.data?.map(({ id }) => id))}
    />
  )
}

async function firstOf(elements: Records<Element, ElementFields>, catalogId: string): Promise<Element[]> {
  const found: Element[] = []
  for await (const element of elements.all({ filters: { catalogId } })) {
    found.push(element)
    if (found.length === MOST) break
  }
  return found
}
