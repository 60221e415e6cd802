import { useParams } from 'react-router'
import { NewRecordPage } from '../../records/NewRecordPage.js'
import { RecordPage } from '../../records/RecordPage.js'
import { useHubKind } from '../useHubKind.js'
import { useMetahub } from '../useMetahub.js'

export function HubPage() {
  const { id = '' } = useParams()
  const kind = useHubKind(useMetahub())
  return <RecordPage key={id} kind={kind} id={id} />
}

export function NewHubPage() {
  return <NewRecordPage kind={useHubKind(useMetahub())} />
}
