import { NewRecordPage } from '../records/NewRecordPage.js'
import { useCustomerKind } from './useCustomerKind.js'

export function NewCustomerPage() {
  return <NewRecordPage kind={useCustomerKind()} />
}
