import type { Attribute, Element, Json } from '@unlost/client'
import { useMemo } from 'react'
import { useParams } from 'react-router'
import { useFilters } from '../../records/useFilters.js'
import { useRecordList } from '../../records/useRecordList.js'
import { useFormats } from '../../texts/useFormats.js'
import { useText } from '../../texts/useText.js'
import { CatalogList } from '../CatalogList.js'
import { ElementFilters } from '../ElementFilters.js'
import { ELEMENT_FILTERS, elementFiltersOf } from '../elementFilters.js'
import { titleOf } from '../names.js'
import type { Column } from '../RecordTable.js'
import { useCatalog } from '../useCatalog.js'
import { useElementKind } from '../useElementKind.js'
import { useMetahub } from '../useMetahub.js'

/** How many attributes have a column. */
const MOST_COLUMNS = 4

const none: readonly Attribute[] = []

export function ElementsPage() {
  const { catalog: id = '' } = useParams()
  const text = useText()
  const { language } = useFormats()
  const metahub = useMetahub()
  const catalog = useCatalog(id)
  const { attributes = none } = catalog
  const kind = useElementKind(metahub, id, attributes)
  const filters = useFilters(ELEMENT_FILTERS, 'order')
  const { sort, values } = filters
  const list = useRecordList(
    metahub.elements,
    useMemo(
      () => ({ sort, filters: { catalogId: id, ...elementFiltersOf(values, attributes) } }),
      [sort, id, values, attributes],
    ),
  )
  const shown = attributes.slice(0, MOST_COLUMNS)
  const columns: readonly Column<Element>[] = [
    { name: text('metahub.name'), show: kind.titleOf },
    ...shown.map((attribute): Column<Element> => {
      const field = `data.${attribute.codename}`
      return {
        name: titleOf(attribute, language),
        show: ({ data }) =>
          kind.fields.find(({ name }) => name === field)?.show((data[attribute.codename] ?? null) as Json),
        ...(attribute.searchable === true ? { sort: field } : {}),
        isExtra: attribute !== shown[0],
      }
    }),
    { name: text('metahub.codename'), show: ({ codename }) => codename, sort: 'codename', isExtra: true },
  ]
  return (
    <CatalogList
      of={catalog}
      kind={kind}
      list={list}
      columns={columns}
      filters={filters}
      empty={{ title: text('metahub.noElements'), about: text('metahub.noElementsAbout') }}
    >
      <ElementFilters filters={filters} attributes={attributes} />
    </CatalogList>
  )
}
