import { sameJson, type Conflict, type FieldChange, type FieldValues, type Json } from '@unlost/client'

/** How the fields of a conflict come together. */
export interface FieldMerge {
  /** Touched by others and by you, to different values: somebody has to decide. */
  readonly toDecide: readonly FieldChange[]
  /** Changed by you alone. */
  readonly onlyYours: readonly FieldChange[]
  /** Changed by others alone. */
  readonly onlyTheirs: readonly FieldChange[]
  /** Changed by both to the same. */
  readonly same: readonly FieldChange[]
}

/** Whether an edit can be sent again, on the version that is there now: not of what is deleted, nor a value that is taken. */
export function canResend(conflict: Conflict<unknown>): boolean {
  switch (conflict.reason) {
    case 'stale':
    case 'ahead':
      return true
    case 'exists':
      return conflict.taken === undefined
    case 'deleted':
      return false
  }
}

/** Whether the record can be brought back to save the edit then. */
export function canRestore(conflict: Conflict<unknown>): boolean {
  return conflict.reason === 'deleted'
}

/** What becomes of a field that somebody has to decide about. */
export type Choice =
  | { readonly take: 'mine' | 'theirs' | 'before' }
  | { readonly take: 'edit'; readonly value: Json; readonly valid: boolean }

export type Choices = Readonly<Record<string, Choice>>

/**
 * Compares what was entered with what is there. What was entered comes from the form, not from the conflict: of an edit
 * that is sent again the service knows only the last version.
 */
export function mergeOf(conflict: Conflict<unknown>, edits: FieldValues): FieldMerge {
  const toDecide: FieldChange[] = []
  const onlyYours: FieldChange[] = []
  const onlyTheirs: FieldChange[] = []
  const same: FieldChange[] = []
  for (const told of conflict.changes) {
    const edited = edits[told.field]
    if (edited === undefined) {
      // what was not edited is sent, too, where a record is replaced whole: it is nothing to decide about
      if (!('base' in told) || !sameJson(told.base, told.theirs)) onlyTheirs.push(told)
      continue
    }
    const change = { ...told, yours: edited }
    if (sameJson(edited, told.theirs)) {
      same.push(change)
    } else if (told.overlaps || !('base' in told) || !sameJson(told.base, told.theirs)) {
      toDecide.push(change)
    } else {
      onlyYours.push(change)
    }
  }
  return { toDecide, onlyYours, onlyTheirs, same }
}

/** The value that a choice gives a field; undefined where it gives none yet. */
export function resultOf(change: FieldChange, choice: Choice | undefined): Json | undefined {
  switch (choice?.take) {
    case 'mine':
      return change.yours ?? null
    case 'theirs':
      return change.theirs
    case 'before':
      return change.base ?? null
    case 'edit':
      return choice.valid ? choice.value : undefined
    case undefined:
      return undefined
  }
}

/** What to send so that the record says what was decided; undefined while something is undecided. */
export function decided({ toDecide, onlyYours }: FieldMerge, choices: Choices): FieldValues | undefined {
  const values: Record<string, Json> = {}
  for (const { field, yours } of onlyYours) values[field] = yours ?? null
  for (const change of toDecide) {
    const result = resultOf(change, choices[change.field])
    if (result === undefined) return undefined
    if (!sameJson(result, change.theirs)) values[change.field] = result
  }
  return values
}
