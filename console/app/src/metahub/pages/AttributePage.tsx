import { useMemo } from 'react'
import { useParams } from 'react-router'
import { NewRecordPage } from '../../records/NewRecordPage.js'
import { RecordPage } from '../../records/RecordPage.js'
import { useAttributeKind } from '../useAttributeKind.js'
import { useMetahub } from '../useMetahub.js'

export function AttributePage() {
  const { catalog = '', id = '' } = useParams()
  const kind = useAttributeKind(useMetahub(), catalog)
  return <RecordPage key={id} kind={kind} id={id} />
}

export function NewAttributePage() {
  const { catalog = '' } = useParams()
  const kind = useAttributeKind(useMetahub(), catalog)
  const initial = useMemo(() => ({ catalogId: catalog, type: 'STRING' }), [catalog])
  return <NewRecordPage key={catalog} kind={kind} draft={`new in ${catalog}`} initial={initial} />
}
