import useMediaQuery from '@mui/material/useMediaQuery'
import type { Customer } from '@unlost/client'
import type { Filters } from '../records/useFilters.js'
import { CustomerCards } from './CustomerCards.js'
import { CustomerTable } from './CustomerTable.js'

export interface CustomerListProps {
  readonly customers: readonly Customer[]
  /** Those that have just changed, with the version that they came to. */
  readonly changed: ReadonlyMap<string, number>
  readonly filters: Filters
}

export function CustomerList(props: CustomerListProps) {
  const isNarrow = useMediaQuery((theme) => theme.breakpoints.down('sm'), { noSsr: true })
  return isNarrow ? <CustomerCards {...props} /> : <CustomerTable {...props} />
}
