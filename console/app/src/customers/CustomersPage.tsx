import { useMemo } from 'react'
import { PageTitle } from '../layout/PageTitle.js'
import { ListFrame } from '../records/ListFrame.js'
import { NewButton } from '../records/NewButton.js'
import { useFilters } from '../records/useFilters.js'
import { useRecordList } from '../records/useRecordList.js'
import { useClient } from '../service/useClient.js'
import { useText } from '../texts/useText.js'
import { CustomerFilters } from './CustomerFilters.js'
import { CustomerList } from './CustomerList.js'
import { CustomerListSkeleton } from './CustomerListSkeleton.js'
import { CUSTOMER_FILTERS, customersAsked } from './filters.js'

export function CustomersPage() {
  const text = useText()
  const { customers } = useClient()
  const filters = useFilters(CUSTOMER_FILTERS, 'name')
  const { values, sort } = filters
  const asked = useMemo(() => customersAsked(values, sort), [sort, values])
  const list = useRecordList(customers, asked)
  const kind = { path: '/customers', newName: text('customers.new') }

  return (
    <>
      <PageTitle title={text('customers.title')} actions={<NewButton kind={kind} />} />
      <CustomerFilters filters={filters} />
      <ListFrame
        kind={kind}
        list={list}
        filters={filters}
        empty={{ title: text('customers.none'), about: text('customers.noneAbout') }}
        noMatch={text('customers.noMatch')}
        skeleton={<CustomerListSkeleton />}
      >
        {(records) => <CustomerList customers={records} changed={list.changed} filters={filters} />}
      </ListFrame>
    </>
  )
}
