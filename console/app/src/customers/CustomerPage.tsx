import { useParams } from 'react-router'
import { RecordPage } from '../records/RecordPage.js'
import { useCustomerKind } from './useCustomerKind.js'

export function CustomerPage() {
  const { id = '' } = useParams()
  const kind = useCustomerKind()
  return <RecordPage key={id} kind={kind} id={id} />
}
