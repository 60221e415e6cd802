import type { Attribute, Element, ElementFields, Json } from '@unlost/client'
import { useMemo } from 'react'
import type { RecordKind } from '../records/kind.js'
import { useFormats } from '../texts/useFormats.js'
import { useText } from '../texts/useText.js'
import { attributeField } from './attributeFields.js'
import { useCatalogs } from './choices.js'
import { commonFields } from './commonFields.js'
import { CatalogEditor } from './editors/CatalogEditor.js'
import { titleOf } from './names.js'
import { showsOf } from './shows.js'
import type { OpenMetahub } from './useMetahub.js'
import { useTitles } from './useTitles.js'

/** Elements of one catalog: what they consist of, its attributes say. */
export function useElementKind(
  { elements, path }: OpenMetahub,
  catalogId: string,
  attributes: readonly Attribute[],
): RecordKind<Element, ElementFields> {
  const text = useText()
  const formats = useFormats()
  const referred = useMemo(
    () => [
      ...new Set(attributes.flatMap(({ refCatalogId }) => (refCatalogId === null ? [] : [refCatalogId]))),
    ],
    [attributes],
  )
  const titles = useTitles(elements, referred)
  const catalogs = useCatalogs()
  return useMemo(() => {
    const { language } = formats
    const shows = showsOf(text, formats)
    const { name, codename, description, order } = commonFields(text, shows, false)
    const catalogTitle = (value: Json) => {
      const catalog = catalogs.find(({ id }) => id === value)
      return catalog === undefined ? shows.text(value) : titleOf(catalog, language)
    }
    return {
      records: elements,
      path: `${path}/catalogs/${catalogId}/elements`,
      listName: text('metahub.elements'),
      newName: text('metahub.newElement'),
      titleOf: (element) => titleOf(element, language),
      fields: [
        name,
        ...attributes.map((attribute) => attributeField(attribute, { text, language, shows, titles })),
        codename,
        order,
        description,
        {
          name: 'catalogId',
          label: text('metahub.catalog'),
          Editor: CatalogEditor,
          show: catalogTitle,
          isFixed: true,
        },
      ],
    }
  }, [elements, path, catalogId, attributes, text, formats, titles, catalogs])
}
