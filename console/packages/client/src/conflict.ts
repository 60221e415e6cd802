import { isObject, type Json } from './json.js'
import type { Person } from './resource.js'

/** One field of a conflict. */
export interface FieldChange {
  readonly field: string
  /** The value in the version that was edited; missing where that is not known. */
  readonly base?: Json
  /** The value now. */
  readonly theirs: Json
  /** The value that was sent; missing where none was. */
  readonly yours?: Json
  /** Changed since the base, to another value than yours. */
  readonly overlaps: boolean
  /** Of the last change of the field since the base; missing where it was not touched. */
  readonly version?: number
  /** The `sub` of who made that change. */
  readonly changedBy?: string
  readonly changedAt?: string
}

interface AnyConflict<R> {
  readonly entityId: string
  readonly entityType: string
  readonly actualVersion: number
  /** When the record came to be at `actualVersion`. */
  readonly updatedAt: string
  /** The `sub` of who made that change. */
  readonly updatedBy: string
  readonly updatedByInfo: Person | null
  /** Every field that differs between what was edited and now, and every field that was sent. */
  readonly changes: readonly FieldChange[]
  readonly overlappingFields: readonly string[]
  /** Whether the change could be applied to the record as it is now without undoing anybody's work. */
  readonly mergeable: boolean
  /** The whole record now. */
  readonly current: R
}

/** The record was changed since. `expectedVersion` is null where the edit named a time that no version has. */
export interface StaleConflict<R> extends AnyConflict<R> {
  readonly reason: 'stale'
  readonly expectedVersion: number | null
}

/** The record was deleted since; `current` says what was deleted. */
export interface DeletedConflict<R> extends AnyConflict<R> {
  readonly reason: 'deleted'
  readonly expectedVersion: number | null
}

/** The edit names a version that does not exist yet. */
export interface AheadConflict<R> extends AnyConflict<R> {
  readonly reason: 'ahead'
  readonly expectedVersion: number
}

/** There is a record with that id already or, where `taken` names a field, one that has this value of it. */
export interface ExistsConflict<R> extends AnyConflict<R> {
  readonly reason: 'exists'
  readonly expectedVersion: number | null
  readonly taken?: string
}

/** Why a change was refused: what it was based on, what is there now, and what lies between. */
export type Conflict<R> = StaleConflict<R> | DeletedConflict<R> | AheadConflict<R> | ExistsConflict<R>

const REASONS: readonly string[] = [
  'stale',
  'deleted',
  'ahead',
  'exists',
] satisfies Conflict<unknown>['reason'][]

/** The conflict that a problem tells of; undefined where it tells of none. */
export function conflictIn<R>(problem: unknown): Conflict<R> | undefined {
  if (!isObject(problem) || !isObject(problem['conflict'])) return undefined
  const { conflict } = problem
  const told =
    typeof conflict['reason'] === 'string' &&
    REASONS.includes(conflict['reason']) &&
    Number.isSafeInteger(conflict['actualVersion']) &&
    Array.isArray(conflict['changes']) &&
    isObject(conflict['current'])
  return told ? (conflict as unknown as Conflict<R>) : undefined
}
