import {
  ConflictError,
  DeletedError,
  ProblemError,
  type AnyRecord,
  type Conflict,
  type FieldValues,
  type Records,
  type UpdateOptions,
} from '@unlost/client'
import { useCallback, useRef, useState } from 'react'
import { canResend, canRestore } from './merge.js'

/** An edit that met with somebody else's. */
export interface PendingConflict<R> {
  readonly id: string
  readonly conflict: Conflict<R>
  /** What was entered, by field. */
  readonly edits: FieldValues
  /** The version that the edit began with. */
  readonly editedVersion: number
  /** How many conflicts there have been in a row, from 1. */
  readonly round: number
}

export interface OptimisticLockOptions<R> {
  /** Called with the record as it is after a save: take it over into the form. */
  readonly onSaved?: (record: R) => void
  /** Called with the record as it is now, where what was entered is given up: take it over into the form. */
  readonly onReload?: (record: R) => void
}

/** What came of a save. */
export type UpdateOutcome<R> =
  | { readonly kind: 'saved'; readonly record: R }
  | { readonly kind: 'conflict' }
  | { readonly kind: 'accessLost' }

export interface OptimisticLock<R> {
  /**
   * Saves some fields of a record, on the version that was edited.
   *
   * @returns what came of it; a conflict is in `conflict` as well
   * @throws whatever is neither a conflict nor a lost access, such as fields that are refused
   */
  readonly handleUpdate: (record: R, edits: FieldValues) => Promise<UpdateOutcome<R>>
  readonly isSaving: boolean
  /** Why the last save was refused, until that is settled. */
  readonly conflict: PendingConflict<R> | null
  /** Whether the record is gone or may no longer be changed. */
  readonly accessLost: boolean
  /** Why settling the conflict failed for another reason; the conflict stays. */
  readonly error: Error | null
  readonly isResolving: boolean
  /** Sends what was entered again, on the version that is there now. A newer change is a new conflict. */
  readonly handleOverwrite: () => Promise<void>
  /** Sends what was decided field by field, on the version that is there now. A newer change is a new conflict. */
  readonly handleMerge: (values: FieldValues) => Promise<void>
  /**
   * Brings a deleted record back as it was, and saves what was entered where nobody else changed the same fields before.
   * Where somebody did, that is the next conflict.
   */
  readonly handleRestore: () => Promise<void>
  /** Gives up what was entered for what is there now. */
  readonly handleReload: () => Promise<void>
  /** Goes back to the form, which keeps what was entered. */
  readonly handleCancel: () => void
}

/** Keeps a form's saves from overwriting what others saved meanwhile. */
export function useOptimisticLock<R extends AnyRecord, F extends object>(
  records: Records<R, F>,
  { onSaved, onReload }: OptimisticLockOptions<R> = {},
): OptimisticLock<R> {
  const [conflict, setConflict] = useState<PendingConflict<R> | null>(null)
  const [accessLost, setAccessLost] = useState(false)
  const [error, setError] = useState<Error | null>(null)
  const [busy, setBusy] = useState<'saving' | 'resolving' | null>(null)
  const running = useRef(false) // state is too late to keep a double click from sending twice

  const alone = useCallback(
    async <T>(kind: 'saving' | 'resolving', step: () => Promise<T>): Promise<T | undefined> => {
      if (running.current) return undefined
      running.current = true
      setBusy(kind)
      setError(null)
      try {
        return await step()
      } finally {
        running.current = false
        setBusy(null)
      }
    },
    [],
  )

  const settled = useCallback(() => {
    setConflict(null)
    setAccessLost(false)
    setError(null)
  }, [])

  /** Takes one step of saving: to the record as it then is, to a conflict, or to where there is nothing to be done. */
  const attempt = useCallback(
    async (
      edit: Pick<PendingConflict<R>, 'id' | 'edits' | 'editedVersion' | 'round'>,
      step: () => Promise<R>,
    ): Promise<UpdateOutcome<R>> => {
      try {
        return { kind: 'saved', record: await step() }
      } catch (cause) {
        if (cause instanceof ConflictError) {
          const { conflict: told } = cause as ConflictError<R>
          setConflict({ ...edit, conflict: told })
          return { kind: 'conflict' }
        }
        if (cause instanceof ProblemError && cause.accessLost) {
          setAccessLost(true)
          return { kind: 'accessLost' }
        }
        throw cause
      }
    },
    [],
  )

  const send = useCallback(
    async (
      edit: Pick<PendingConflict<R>, 'id' | 'edits' | 'editedVersion' | 'round'>,
      version: number,
      options: UpdateOptions = {},
    ) => {
      const { id, edits, editedVersion } = edit
      const outcome = await attempt(edit, () =>
        records.updateAt(id, version, edits, { ...options, editedVersion }),
      )
      if (outcome.kind === 'saved') {
        settled()
        onSaved?.(outcome.record)
      }
      return outcome
    },
    [records, attempt, onSaved, settled],
  )

  const handleUpdate = useCallback(
    async (record: R, edits: FieldValues): Promise<UpdateOutcome<R>> => {
      settled()
      const version = records.resource.versionOf(record)
      const outcome = await alone('saving', () =>
        send({ id: record.id, edits, editedVersion: version, round: 1 }, version),
      )
      if (outcome === undefined) throw new Error('another save of this form is still under way')
      return outcome
    },
    [records, alone, send, settled],
  )

  const resolve = useCallback(
    async (step: (pending: PendingConflict<R>) => Promise<unknown>) => {
      if (conflict === null) return
      await alone('resolving', async () => {
        try {
          await step(conflict)
        } catch (cause) {
          if (cause instanceof ProblemError && cause.accessLost) setAccessLost(true)
          else setError(cause instanceof Error ? cause : new Error(String(cause)))
        }
      })
    },
    [conflict, alone],
  )

  const handleMerge = useCallback(
    (values: FieldValues) =>
      resolve(async ({ id, conflict: told, editedVersion, round }) => {
        if (!canResend(told)) return
        if (Object.keys(values).length > 0) {
          await send({ id, edits: values, editedVersion, round: round + 1 }, told.actualVersion)
        } else {
          // all theirs: there is nothing to save
          settled()
          onReload?.(told.current)
        }
      }),
    [resolve, send, settled, onReload],
  )

  const handleOverwrite = useCallback(
    () =>
      resolve(async ({ id, conflict: told, edits, editedVersion, round }) => {
        if (canResend(told)) await send({ id, edits, editedVersion, round: round + 1 }, told.actualVersion)
      }),
    [resolve, send],
  )

  const handleRestore = useCallback(
    () =>
      resolve(async ({ conflict: told, ...edit }) => {
        if (!canRestore(told)) return
        const { id, editedVersion } = edit
        const restored = await attempt(edit, () =>
          records.restore(id, told.actualVersion, told.actualVersion - 1),
        )
        // on the version that was edited, so that what others changed before the deletion counts
        if (restored.kind === 'saved') await send(edit, editedVersion, { mergeDisjoint: true })
      }),
    [resolve, records, attempt, send],
  )

  const handleReload = useCallback(
    () =>
      resolve(async ({ id, conflict: told }) => {
        const record = await records.get(id).catch((cause: unknown) => {
          if (cause instanceof DeletedError) return told.current
          throw cause
        })
        settled()
        onReload?.(record)
      }),
    [resolve, records, settled, onReload],
  )

  const handleCancel = useCallback(() => {
    if (!running.current) settled()
  }, [settled])

  return {
    handleUpdate,
    isSaving: busy === 'saving',
    conflict,
    accessLost,
    error,
    isResolving: busy === 'resolving',
    handleOverwrite,
    handleMerge,
    handleRestore,
    handleReload,
    handleCancel,
  }
}
