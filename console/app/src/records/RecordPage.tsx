import type { AnyRecord } from '@unlost/client'
import { useLiveRecord } from '@unlost/react'
import { useSearchParams } from 'react-router'
import { useClient } from '../service/useClient.js'
import { CurrentRecord } from './CurrentRecord.js'
import { EarlierVersion } from './EarlierVersion.js'
import type { RecordKind } from './kind.js'

interface RecordPageProps<R extends AnyRecord, F extends object> {
  readonly kind: RecordKind<R, F>
  readonly id: string
}

/** One record of any kind: as it is, to be edited, or with `?version=` as it was. */
export function RecordPage<R extends AnyRecord, F extends object>({ kind, id }: RecordPageProps<R, F>) {
  const { live } = useClient()
  const [parameters] = useSearchParams()
  const known = useLiveRecord(kind.records, id, live)
  const version = Number(parameters.get('version'))
  return Number.isSafeInteger(version) && version > 0 ? (
    <EarlierVersion kind={kind} id={id} version={version} now={known.record} deletion={known.deletion} />
  ) : (
    <CurrentRecord kind={kind} id={id} known={known} />
  )
}
