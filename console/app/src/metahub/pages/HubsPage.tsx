import type { Hub } from '@unlost/client'
import { useMemo } from 'react'
import { PageTitle } from '../../layout/PageTitle.js'
import { useFilters } from '../../records/useFilters.js'
import { useRecordList } from '../../records/useRecordList.js'
import { useText } from '../../texts/useText.js'
import { ChangedAt } from '../ChangedAt.js'
import { MetahubPlaces } from '../MetahubPlaces.js'
import { NewButton } from '../../records/NewButton.js'
import { RecordTable, type Column } from '../RecordTable.js'
import { useHubKind } from '../useHubKind.js'
import { useMetahub } from '../useMetahub.js'

const FILTERS: readonly string[] = []

export function HubsPage() {
  const text = useText()
  const metahub = useMetahub()
  const kind = useHubKind(metahub)
  const filters = useFilters(FILTERS, 'codename')
  const { sort } = filters
  const list = useRecordList(
    metahub.hubs,
    useMemo(() => ({ sort }), [sort]),
  )
  const columns: readonly Column<Hub>[] = [
    { name: text('metahub.name'), show: kind.titleOf },
    { name: text('metahub.codename'), show: ({ codename }) => codename, sort: 'codename' },
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
      <RecordTable
        kind={kind}
        list={list}
        columns={columns}
        filters={filters}
        empty={{ title: text('metahub.noHubs'), about: text('metahub.noHubsAbout') }}
      />
    </>
  )
}
