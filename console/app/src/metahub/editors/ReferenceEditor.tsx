import { useQuery } from '@tanstack/react-query'
import type { Element } from '@unlost/client'
import { useDeferredValue, useMemo, useState } from 'react'
import type { EditorProps } from '../../records/kind.js'
import { useFormats } from '../../texts/useFormats.js'
import { titleOf } from '../names.js'
import { useMetahub } from '../useMetahub.js'
import { useTitles } from '../useTitles.js'
import { PickEditor, type PickOption } from './PickEditor.js'

/** How many of the other catalog's attributes are looked into. */
const MOST_ATTRIBUTES = 3

/** An element of another catalog: found by what it is called, by its codename and by its searchable texts. */
export function ReferenceEditor(props: EditorProps & { readonly catalogId: string }) {
  const { catalogId, value } = props
  const metahub = useMetahub()
  const { language } = useFormats()
  const [typed, setTyped] = useState('')
  const wanted = useDeferredValue(typed.trim())
  const catalogs = useMemo(() => [catalogId], [catalogId])
  const titles = useTitles(metahub.elements, catalogs)(catalogId)
  const { elements } = metahub

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
  const chosen = useQuery({
    queryKey: ['unlost-title', elements.resource.path, value],
    queryFn: () => elements.get(value as string),
    enabled: typeof value === 'string' && !titles.has(value),
    retry: false,
  })

  const options = useMemo(() => {
    const all = new Map<string, PickOption>([...titles].map(([id, title]) => [id, { id, title }]))
    const add = (element: Element) => {
      all.set(element.id, {
        id: element.id,
        title: titleOf(element, language),
        about: element.codename ?? undefined,
      })
    }
    search.data?.forEach(add)
    if (chosen.data !== undefined) add(chosen.data)
    return [...all.values()]
  }, [titles, search.data, chosen.data, language])

  return (
    <PickEditor
      {...props}
      options={options}
      isLoading={search.isFetching}
      onSearch={setTyped}
      found={new Set(wanted === '' ? [] : search.data?.map(({ id }) => id))}
    />
  )
}
