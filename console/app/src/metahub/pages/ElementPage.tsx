import Skeleton from '@mui/material/Skeleton'
import type { Attribute } from '@unlost/client'
import { useMemo, type ReactNode } from 'react'
import { useParams } from 'react-router'
import { Failure } from '../../layout/Failure.js'
import { NewRecordPage } from '../../records/NewRecordPage.js'
import { RecordPage } from '../../records/RecordPage.js'
import { useText } from '../../texts/useText.js'
import { useCatalog } from '../useCatalog.js'
import { useElementKind } from '../useElementKind.js'
import { useMetahub } from '../useMetahub.js'

export function ElementPage() {
  const { catalog = '', id = '' } = useParams()
  return (
    <WithAttributes catalog={catalog}>
      {(attributes) => <KnownElementPage key={id} catalog={catalog} attributes={attributes} id={id} />}
    </WithAttributes>
  )
}

export function NewElementPage() {
  const { catalog = '' } = useParams()
  return (
    <WithAttributes catalog={catalog}>
      {(attributes) => <NewKnownElementPage key={catalog} catalog={catalog} attributes={attributes} />}
    </WithAttributes>
  )
}

interface WithAttributesProps {
  readonly catalog: string
  readonly children: (attributes: readonly Attribute[]) => ReactNode
}

/** Waits until it is known what elements consist of. */
function WithAttributes({ catalog, children }: WithAttributesProps) {
  const text = useText()
  const { attributes, error, onRetry } = useCatalog(catalog)
  if (attributes !== undefined) return children(attributes)
  if (error !== null) return <Failure error={error} onRetry={onRetry} />
  return <Skeleton variant="rounded" height={320} role="status" aria-label={text('layout.loading')} />
}

interface KnownProps {
  readonly catalog: string
  readonly attributes: readonly Attribute[]
}

function KnownElementPage({ catalog, attributes, id }: KnownProps & { id: string }) {
  const kind = useElementKind(useMetahub(), catalog, attributes)
  return <RecordPage kind={kind} id={id} />
}

function NewKnownElementPage({ catalog, attributes }: KnownProps) {
  const kind = useElementKind(useMetahub(), catalog, attributes)
  const initial = useMemo(() => ({ catalogId: catalog }), [catalog])
  return <NewRecordPage kind={kind} draft={`new in ${catalog}`} initial={initial} />
}
