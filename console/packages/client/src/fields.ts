import { isObject, sameJson, type Json } from './json.js'
import type { AnyRecord, Resource } from './resource.js'

/** New values by the names that conflicts use: `phone`, and `data.price` for an attribute of an element. */
export type FieldValues = Readonly<Record<string, Json>>

/** What may be set of a record, to give to `create` or to change. */
export function fieldsOf<R extends AnyRecord, F extends object>(resource: Resource<R, F>, record: R): F {
  const members = record as Record<string, unknown>
  return Object.fromEntries(resource.fields.map((name) => [name, members[name]])) as F
}

/** The fields whose values differ, with their values in `after`; null where there is none any more. */
export function difference<R extends AnyRecord, F extends object>(
  resource: Resource<R, F>,
  before: Partial<F>,
  after: Partial<F>,
): FieldValues {
  const changed: Record<string, Json> = {}
  for (const name of resource.fields) {
    const [was, is] = [before[name], after[name]]
    if (name === resource.nested && (isObject(was) || isObject(is))) {
      const [from, to] = [members(was), members(is)]
      for (const inner of new Set([...Object.keys(from), ...Object.keys(to)])) {
        note(`${name}.${inner}`, from[inner], to[inner])
      }
    } else {
      note(name, was, is)
    }
  }
  return changed

  function note(field: string, was: unknown, is: unknown) {
    if (!sameJson(was ?? null, is ?? null)) changed[field] = (is ?? null) as Json
  }
}

function members(value: unknown): Record<string, unknown> {
  return isObject(value) ? value : {}
}

/** The merge patch (RFC 7396) that sets these fields. */
export function mergePatch<R extends AnyRecord, F extends object>(
  resource: Resource<R, F>,
  values: FieldValues,
): Record<string, Json> {
  const patch: Record<string, Json> = {}
  const inner: Record<string, Json> = {}
  const prefix = resource.nested === undefined ? undefined : `${resource.nested}.`
  for (const [field, value] of Object.entries(values)) {
    if (prefix !== undefined && field.startsWith(prefix)) {
      inner[field.slice(prefix.length)] = value
    } else {
      patch[field] = value
    }
  }
  if (resource.nested !== undefined && Object.keys(inner).length > 0) patch[resource.nested] = inner
  return patch
}
