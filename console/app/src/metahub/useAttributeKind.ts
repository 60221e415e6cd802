import type { Attribute, AttributeFields, Json } from '@unlost/client'
import { useMemo } from 'react'
import type { RecordKind } from '../records/kind.js'
import { useFormats } from '../texts/useFormats.js'
import { useText } from '../texts/useText.js'
import { commonFields } from './commonFields.js'
import { CatalogEditor } from './editors/CatalogEditor.js'
import { YesNoEditor } from './editors/ChoiceEditor.js'
import { ConstraintsEditor } from './editors/ConstraintsEditor.js'
import { isAttributeKind, KindEditor, KINDS } from './editors/KindEditor.js'
import { titleOf } from './names.js'
import { showsOf } from './shows.js'
import type { OpenMetahub } from './useMetahub.js'
import { useTitles } from './useTitles.js'

/** @param catalogId the catalog whose attributes these are */
export function useAttributeKind(
  { attributes, catalogs, path }: OpenMetahub,
  catalogId: string,
): RecordKind<Attribute, AttributeFields> {
  const text = useText()
  const formats = useFormats()
  const catalogTitle = useTitles(catalogs)
  return useMemo(() => {
    const shows = showsOf(text, formats)
    const { name, codename, description, order } = commonFields(text, shows, true)
    const showCatalog = (value: Json) => (typeof value === 'string' ? catalogTitle(value) : '')
    const showKind = (value: Json) => (isAttributeKind(value) ? text(KINDS[value]) : shows.text(value))
    return {
      records: attributes,
      path: `${path}/catalogs/${catalogId}/attributes`,
      listName: text('metahub.attributes'),
      newName: text('metahub.newAttribute'),
      titleOf: (attribute) => titleOf(attribute, formats.language),
      fields: [
        name,
        codename,
        { name: 'type', label: text('metahub.kind'), Editor: KindEditor, show: showKind, isRequired: true },
        { name: 'required', label: text('metahub.required'), Editor: YesNoEditor, show: shows.yesNo },
        {
          name: 'searchable',
          label: text('metahub.searchable'),
          Editor: YesNoEditor,
          show: shows.yesNo,
          hint: text('metahub.searchableHint'),
        },
        {
          name: 'refCatalogId',
          label: text('metahub.refCatalog'),
          Editor: CatalogEditor,
          show: showCatalog,
        },
        order,
        {
          name: 'constraints',
          label: text('metahub.constraints'),
          Editor: ConstraintsEditor,
          show: shows.json,
          isWide: true,
        },
        description,
        {
          name: 'catalogId',
          label: text('metahub.catalog'),
          Editor: CatalogEditor,
          show: showCatalog,
          isFixed: true,
        },
      ],
    }
  }, [attributes, path, catalogId, text, formats, catalogTitle])
}
