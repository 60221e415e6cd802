import { mergePatch, type AnyRecord, type FieldValues, type Json, type Records } from '@unlost/client'
import { useEffect, useState } from 'react'
import { draftKey, useDrafts } from './useDrafts.js'
import { useSaving, type SaveFailure } from './useSaving.js'

export interface NewRecord<R> extends SaveFailure {
  readonly input: FieldValues
  /** When the draft that it begins with was left; null where there is none. */
  readonly restoredAt: string | null
  readonly isSaving: boolean
  readonly type: (field: string, value: Json) => void
  readonly discard: () => void
  /** @returns the record; undefined where that did not work, and `cause` says why */
  readonly create: (initial: FieldValues) => Promise<R | undefined>
}

/** What is typed for a record that does not exist yet, and the draft that is kept of it. */
export function useNewRecord<R extends AnyRecord, F extends object>(
  records: Records<R, F>,
  place: string,
): NewRecord<R> {
  const drafts = useDrafts()
  const key = draftKey(records.resource, place)
  const [draft] = useState(() => drafts.read(key))
  const [input, setInput] = useState<FieldValues>(draft?.input ?? {})
  const [isSaving, setSaving] = useState(false)
  const { attempt, forget, clear, errors, cause } = useSaving()

  useEffect(() => {
    drafts.keep(key, { version: 0, input, at: new Date().toISOString() })
  }, [drafts, key, input])

  return {
    input,
    restoredAt: draft?.at ?? null,
    isSaving,
    errors,
    cause,
    type: (field, value) => {
      forget(field)
      setInput(({ [field]: _, ...others }) => (value === null ? others : { ...others, [field]: value }))
    },
    discard: () => {
      clear()
      setInput({})
    },
    create: async (initial) => {
      if (isSaving) return undefined
      let created: R | undefined
      setSaving(true)
      await attempt(async () => {
        created = await records.create(mergePatch(records.resource, { ...initial, ...input }) as F)
        setInput({})
      })
      setSaving(false)
      return created
    },
  }
}
