import { useQueryClient } from '@tanstack/react-query'
import type { AnyRecord, Json } from '@unlost/client'
import { useOptimisticLock, type OptimisticLock } from '@unlost/react'
import { useEffect, useMemo, useState } from 'react'
import { useNotices } from '../layout/useNotices.js'
import { useFormats } from '../texts/useFormats.js'
import { useText } from '../texts/useText.js'
import { Edits, type Editing } from './editing.js'
import type { RecordKind } from './kind.js'
import { takeNote } from './recordQueries.js'
import { draftKey, useDrafts } from './useDrafts.js'
import { useSaving, type SaveFailure } from './useSaving.js'

export interface RecordEditing<R extends AnyRecord, F extends object> extends SaveFailure {
  readonly edits: Edits<R, F>
  readonly editing: Editing<R>
  readonly isDirty: boolean
  readonly lock: OptimisticLock<R>
  readonly type: (field: string, value: Json) => void
  readonly save: () => Promise<void>
  readonly discard: () => void
  readonly see: () => void
}

/**
 * The form of one record: what is typed, what others change meanwhile, saving, and the draft that is kept.
 *
 * @param begun where it starts
 * @param newest the newest version that was read
 */
export function useRecordEditing<R extends AnyRecord, F extends object>(
  kind: RecordKind<R, F>,
  begun: Editing<R>,
  newest: R,
): RecordEditing<R, F> {
  const { records } = kind
  const text = useText()
  const formats = useFormats()
  const notify = useNotices()
  const queries = useQueryClient()
  const drafts = useDrafts()
  const edits = useMemo(() => new Edits(records.resource), [records])
  const [editing, setEditing] = useState(begun)
  const { attempt, forget, clear, errors, cause } = useSaving()

  // while rendering, so that an older version is never shown in between
  const arrived = edits.arrive(editing, newest)
  if (arrived !== editing) setEditing(arrived)

  const takeOver = (record: R) => {
    setEditing(edits.begin(record))
    takeNote(queries, records, record)
  }
  const lock = useOptimisticLock(records, {
    onSaved: (record) => {
      takeOver(record)
      notify(text('records.saved', { version: formats.number(edits.versionOf(record)) }))
    },
    onReload: (record) => {
      takeOver(record)
      notify(text('records.reloaded'))
      void queries.invalidateQueries({ queryKey: ['unlost', records.resource.path, record.id] })
    },
  })

  const { conflict } = lock
  useEffect(() => {
    // a refusal says what is there now, often before the feed does
    if (conflict?.conflict.reason === 'stale') takeNote(queries, records, conflict.conflict.current)
  }, [conflict, queries, records])

  const key = draftKey(records.resource, begun.newest.id)
  const version = edits.versionOf(editing.base)
  const { input } = editing
  useEffect(() => {
    drafts.keep(key, { version, input, at: new Date().toISOString() })
  }, [drafts, key, version, input])

  return {
    edits,
    editing: arrived,
    isDirty: edits.isDirty(arrived),
    lock,
    errors,
    cause,
    type: (field, value) => {
      forget(field)
      setEditing((before) => edits.type(before, field, value))
    },
    save: async () => {
      // by the Enter key, too
      if (edits.isDirty(arrived) && !lock.isSaving) {
        await attempt(() => lock.handleUpdate(arrived.base, arrived.input))
      }
    },
    discard: () => {
      clear()
      setEditing((before) => edits.discard(before))
    },
    see: () => {
      setEditing((before) => edits.see(before))
    },
  }
}
