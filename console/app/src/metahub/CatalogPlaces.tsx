import type { Catalog } from '@unlost/client'
import { useFormats } from '../texts/useFormats.js'
import { useText } from '../texts/useText.js'
import { titleOf } from './names.js'
import { Places } from './Places.js'
import type { OpenMetahub } from './useMetahub.js'

interface CatalogPlacesProps {
  readonly metahub: OpenMetahub
  readonly id: string
  readonly catalog: Catalog | undefined
}

/** What there is of a catalog. */
export function CatalogPlaces({ metahub, id, catalog }: CatalogPlacesProps) {
  const text = useText()
  const { language } = useFormats()
  const path = `${metahub.path}/catalogs/${id}`
  return (
    <Places
      label={catalog === undefined ? id : titleOf(catalog, language)}
      places={[
        { path: `${path}/elements`, name: text('metahub.elements') },
        { path: `${path}/attributes`, name: text('metahub.attributes') },
        { path, name: text('metahub.catalog') },
      ]}
    />
  )
}
