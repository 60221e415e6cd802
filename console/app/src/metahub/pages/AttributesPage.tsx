import Chip from '@mui/material/Chip'
import Stack from '@mui/material/Stack'
import type { Attribute } from '@unlost/client'
import { useMemo } from 'react'
import { useParams } from 'react-router'
import { useFilters } from '../../records/useFilters.js'
import { useRecordList } from '../../records/useRecordList.js'
import { useText } from '../../texts/useText.js'
import { CatalogList } from '../CatalogList.js'
import { isAttributeKind, KINDS } from '../editors/KindEditor.js'
import type { Column } from '../RecordTable.js'
import { useAttributeKind } from '../useAttributeKind.js'
import { useCatalog } from '../useCatalog.js'
import { useMetahub } from '../useMetahub.js'

const FILTERS: readonly string[] = []

export function AttributesPage() {
  const { catalog: id = '' } = useParams()
  const text = useText()
  const metahub = useMetahub()
  const catalog = useCatalog(id)
  const kind = useAttributeKind(metahub, id)
  const filters = useFilters(FILTERS, 'order')
  const { sort } = filters
  const list = useRecordList(
    metahub.attributes,
    useMemo(() => ({ sort, filters: { catalogId: id } }), [sort, id]),
  )
  const columns: readonly Column<Attribute>[] = [
    { name: text('metahub.name'), show: kind.titleOf },
    { name: text('metahub.codename'), show: ({ codename }) => codename, sort: 'codename', isExtra: true },
    {
      name: text('metahub.kind'),
      show: ({ type, required, searchable }) => (
        <Stack direction="row" sx={{ gap: 0.5, flexWrap: 'wrap', alignItems: 'center' }}>
          {isAttributeKind(type) ? text(KINDS[type]) : type}
          {required === true && <Chip size="small" label={text('metahub.required')} />}
          {searchable === true && <Chip size="small" label={text('metahub.searchable')} />}
        </Stack>
      ),
    },
    { name: text('metahub.order'), show: ({ order }) => order, sort: 'order', isExtra: true },
  ]
  return (
    <CatalogList
      of={catalog}
      kind={kind}
      list={list}
      columns={columns}
      filters={filters}
      empty={{ title: text('metahub.noAttributes'), about: text('metahub.noAttributesAbout') }}
    />
  )
}
