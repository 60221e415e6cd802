import type { Attribute, Element, ElementFields } from '@unlost/client'
import { useMemo } from 'react'
import type { RecordKind } from '../records/kind.js'
import { useFormats } from '../texts/useFormats.js'
import { useText } from '../texts/useText.js'
import { attributeField } from './attributeFields.js'
import { commonFields } from './commonFields.js'
import { CatalogEditor } from './editors/CatalogEditor.js'
import { titleOf } from './names.js'
import { showsOf } from './shows.js'
import type { OpenMetahub } from './useMetahub.js'
import { useTitles } from './useTitles.js'

/** Elements of one catalog: what they consist of, its attributes say. */
export function useElementKind(
  { elements, catalogs, path }: OpenMetahub,
  catalogId: string,
  attributes: readonly Attribute[],
): RecordKind<Element, ElementFields> {
  const text = useText()
  const formats = useFormats()
  const elementTitle = useTitles(elements)
  const catalogTitle = useTitles(catalogs)
  return useMemo(() => {
    const { language } = formats
    const shows = showsOf(text, formats)
    const { name, codename, description, order } = commonFields(text, shows, false)
    return {
      records: elements,
      path: `${path}/catalogs/${catalogId}/elements`,
      listName: text('metahub.elements'),
      newName: text('metahub.newElement'),
      titleOf: (element) => titleOf(element, language),
      fields: [
        name,
        ...attributes.map((attribute) => attributeField(attribute, { text, language, shows, elementTitle })),
        codename,
        order,
        description,
        {
          name: 'catalogId',
          label: text('metahub.catalog'),
          Editor: CatalogEditor,
          show: (value) => (typeof value === 'string' ? catalogTitle(value) : ''),
          isFixed: true,
        },
      ],
    }
  }, [elements, path, catalogId, attributes, text, formats, elementTitle, catalogTitle])
}
