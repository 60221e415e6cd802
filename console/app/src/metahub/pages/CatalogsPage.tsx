import TextField from '@mui/material/TextField'
import type { Catalog } from '@unlost/client'
import { useMemo } from 'react'
import { PageTitle } from '../../layout/PageTitle.js'
import { useFilters } from '../../records/useFilters.js'
import { useRecordList } from '../../records/useRecordList.js'
import { useFormats } from '../../texts/useFormats.js'
import { useText } from '../../texts/useText.js'
import { ChangedAt } from '../ChangedAt.js'
import { useHubs } from '../choices.js'
import { MetahubPlaces } from '../MetahubPlaces.js'
import { titleOf } from '../names.js'
import { NewButton } from '../../records/NewButton.js'
import { RecordTable, type Column } from '../RecordTable.js'
import { useCatalogKind } from '../useCatalogKind.js'
import { useMetahub } from '../useMetahub.js'
import { useTitles } from '../useTitles.js'

const FILTERS = ['hub'] as const

export function CatalogsPage() {
  const text = useText()
  const formats = useFormats()
  const metahub = useMetahub()
  const hubs = useHubs()
  const kind = useCatalogKind(metahub)
  const filters = useFilters(FILTERS, 'order')
  const { sort, values } = filters
  const list = useRecordList(
    metahub.catalogs,
    useMemo(() => ({ sort, filters: values }), [sort, values]),
  )
  const hubTitle = useTitles(metahub.hubs)
  const columns: readonly Column<Catalog>[] = [
    { name: text('metahub.name'), show: kind.titleOf },
    { name: text('metahub.codename'), show: ({ codename }) => codename, sort: 'codename' },
    {
      name: text('metahub.hubs'),
      show: ({ hubs: ids }) => formats.list((ids ?? []).map(hubTitle)),
      isExtra: true,
    },
    {
      name: text('customers.changed'),
      show: ({ _uplUpdatedAt: at }) => <ChangedAt at={at} />,
      sort: 'updatedAt',
      isExtra: true,
    },
  ]
  return (
    <>
      <PageTitle title={kind.listName} actions={<NewButton kind={kind} />} />
      <MetahubPlaces key={metahub.name} metahub={metahub} />
      {hubs.length > 0 && (
        <TextField
          select
          label={text('metahub.hub')}
          value={values['hub'] ?? ''}
          onChange={(event) => {
            filters.set('hub', event.target.value)
          }}
          sx={{ mb: 2, maxWidth: 420 }}
          slotProps={{ select: { native: true }, inputLabel: { shrink: true } }}
        >
          <option value="">{text('metahub.allHubs')}</option>
          {hubs.map((hub) => (
            <option key={hub.id} value={hub.id}>
              {titleOf(hub, formats.language)}
            </option>
          ))}
        </TextField>
      )}
      <RecordTable
        kind={kind}
        list={list}
        columns={columns}
        place="/elements"
        filters={filters}
        empty={{ title: text('metahub.noCatalogs'), about: text('metahub.noCatalogsAbout') }}
      />
    </>
  )
}
