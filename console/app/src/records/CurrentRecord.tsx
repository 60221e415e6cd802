import { useQuery } from '@tanstack/react-query'
import type { AnyRecord } from '@unlost/client'
import type { LiveRecord } from '@unlost/react'
import { useMemo, useState } from 'react'
import { Failure } from '../layout/Failure.js'
import { DeletedRecord } from './DeletedRecord.js'
import { Edits } from './editing.js'
import type { RecordKind } from './kind.js'
import { MissingRecord } from './MissingRecord.js'
import { RecordEditor } from './RecordEditor.js'
import { RecordSkeleton } from './RecordSkeleton.js'
import { pastKeys } from './recordQueries.js'
import { draftKey, useDrafts } from './useDrafts.js'

interface CurrentRecordProps<R extends AnyRecord, F extends object> {
  readonly kind: RecordKind<R, F>
  readonly id: string
  readonly known: LiveRecord<R>
}

/** A record as it is, once all that its form begins with is there. */
export function CurrentRecord<R extends AnyRecord, F extends object>(props: CurrentRecordProps<R, F>) {
  const { kind, id, known } = props
  const { records } = kind
  const { record, deletion, query } = known
  const drafts = useDrafts()
  const [draft] = useState(() => drafts.read(draftKey(records.resource, id)))
  const [isDirty, setDirty] = useState(false)
  const edits = useMemo(() => new Edits(records.resource), [records])

  const isOld = draft !== null && record !== undefined && edits.versionOf(record) > draft.version
  const base = useQuery({
    queryKey: pastKeys.version(records, id, draft?.version ?? 0),
    queryFn: () => records.versionAt(id, draft?.version ?? 0),
    enabled: isOld,
    staleTime: Infinity,
  })

  // what was typed stays, even where the record is gone
  if (deletion !== undefined && !isDirty) return <DeletedRecord kind={kind} id={id} deletion={deletion} />
  if (record === undefined) {
    if (query.error === null) return <RecordSkeleton kind={kind} />
    return <MissingRecord kind={kind} error={query.error} onRetry={() => void query.refetch()} />
  }
  if (isOld && base.data === undefined && !isDirty) {
    if (base.error === null) return <RecordSkeleton kind={kind} />
    return <Failure error={base.error} onRetry={() => void base.refetch()} />
  }
  return (
    <RecordEditor
      kind={kind}
      begun={draft === null ? edits.begin(record) : edits.takeUp(base.data ?? record, record, draft.input)}
      restoredAt={draft?.at ?? null}
      newest={record}
      deletion={deletion}
      onDirty={setDirty}
    />
  )
}
