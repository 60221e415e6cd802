import type { Catalog, CatalogFields, Json } from '@unlost/client'
import { useMemo } from 'react'
import type { RecordKind } from '../records/kind.js'
import { useFormats } from '../texts/useFormats.js'
import { useText } from '../texts/useText.js'
import { commonFields } from './commonFields.js'
import { HubsEditor } from './editors/HubsEditor.js'
import { JsonEditor } from './editors/TypedEditor.js'
import { titleOf } from './names.js'
import { showsOf } from './shows.js'
import type { OpenMetahub } from './useMetahub.js'
import { useTitles } from './useTitles.js'
import { typedIn } from './values/typing.js'

export function useCatalogKind({ catalogs, hubs, path }: OpenMetahub): RecordKind<Catalog, CatalogFields> {
  const text = useText()
  const formats = useFormats()
  const hubTitle = useTitles(hubs)
  return useMemo(() => {
    const shows = showsOf(text, formats)
    const { name, codename, description, order } = commonFields(text, shows, true)
    const showHubs = (value: Json) =>
      Array.isArray(value) ? formats.list((value as string[]).map(hubTitle)) : ''
    return {
      records: catalogs,
      path: `${path}/catalogs`,
      listName: text('metahub.catalogs'),
      newName: text('metahub.newCatalog'),
      titleOf: (catalog) => titleOf(catalog, formats.language),
      fields: [
        name,
        codename,
        order,
        { name: 'hubs', label: text('metahub.hubs'), Editor: HubsEditor, show: showHubs, isWide: true },
        description,
        {
          name: 'config',
          label: text('metahub.config'),
          Editor: JsonEditor,
          show: shows.json,
          isWide: true,
          check: (value) => (typedIn(value) === undefined ? undefined : text('metahub.noJson')),
        },
      ],
    }
  }, [catalogs, path, text, formats, hubTitle])
}
