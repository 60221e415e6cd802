import { useParams } from 'react-router'
import { NewRecordPage } from '../../records/NewRecordPage.js'
import { RecordPage } from '../../records/RecordPage.js'
import { CatalogPlaces } from '../CatalogPlaces.js'
import { useCatalog } from '../useCatalog.js'
import { useCatalogKind } from '../useCatalogKind.js'
import { useMetahub } from '../useMetahub.js'

export function CatalogPage() {
  const { id = '' } = useParams()
  const metahub = useMetahub()
  const kind = useCatalogKind(metahub)
  const { catalog } = useCatalog(id)
  return (
    <>
      <CatalogPlaces metahub={metahub} id={id} catalog={catalog} />
      <RecordPage key={id} kind={kind} id={id} />
    </>
  )
}

export function NewCatalogPage() {
  return <NewRecordPage kind={useCatalogKind(useMetahub())} />
}
