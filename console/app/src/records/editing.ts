import {
  fieldsOf,
  difference,
  isObject,
  sameJson,
  type AnyRecord,
  type FieldValues,
  type Json,
  type Resource,
} from '@unlost/client'

/** An edit of a record that others may change meanwhile. */
export interface Editing<R> {
  /** What it is saved on: the version whose values the person had before them when they began to type. */
  readonly base: R
  /** What is there now, as far as is known: shown wherever nothing was typed. */
  readonly newest: R
  /** What the person has seen last, before others changed it. */
  readonly seen: R
  /** What was typed and not saved, by field. */
  readonly input: FieldValues
  /** Whether it stays on its base whatever happens, as one that was left and taken up again: its changes were not seen. */
  readonly isPinned: boolean
}

/** A change of a field. */
export interface ValueChange {
  readonly field: string
  readonly from: Json
  readonly to: Json
}

/** How edits of one kind of record go. Nothing here ever changes what was typed. */
export class Edits<R extends AnyRecord, F extends object> {
  readonly #resource: Resource<R, F>

  constructor(resource: Resource<R, F>) {
    this.#resource = resource
  }

  begin(record: R): Editing<R> {
    return { base: record, newest: record, seen: record, input: {}, isPinned: false }
  }

  /** Goes on with what was typed earlier, on the version that it began with. */
  takeUp(base: R, newest: R, input: FieldValues): Editing<R> {
    return { base, newest, seen: base, input, isPinned: !this.#isSameVersion(base, newest) }
  }

  /** What a field shows. */
  shown(editing: Editing<R>, field: string): Json {
    return editing.input[field] ?? (field in editing.input ? null : this.valueOf(editing.newest, field))
  }

  type(editing: Editing<R>, field: string, value: Json): Editing<R> {
    const { [field]: _, ...others } = editing.input
    const isAsItWas = sameJson(value, this.valueOf(editing.newest, field))
    return this.#settle({ ...editing, input: isAsItWas ? others : { ...others, [field]: value } })
  }

  /** Takes note of a newer version. */
  arrive(editing: Editing<R>, newest: R): Editing<R> {
    if (this.versionOf(newest) <= this.versionOf(editing.newest)) return editing
    // what others entered just the same is no longer unsaved
    const input = Object.fromEntries(
      Object.entries(editing.input).filter(([field, value]) => !sameJson(value, this.valueOf(newest, field))),
    )
    return this.#settle({ ...editing, newest, input })
  }

  /** Takes note that the person has seen what others changed. */
  see(editing: Editing<R>): Editing<R> {
    return { ...editing, seen: editing.newest }
  }

  discard(editing: Editing<R>): Editing<R> {
    return this.begin(editing.newest)
  }

  isDirty(editing: Editing<R>): boolean {
    return Object.keys(editing.input).length > 0
  }

  /** The fields that others changed after what the person has seen. */
  news({ seen, newest }: Editing<R>): ValueChange[] {
    const [before, after] = [fieldsOf(this.#resource, seen), fieldsOf(this.#resource, newest)]
    return Object.entries(difference(this.#resource, before, after)).map(([field, to]) => ({
      field,
      from: this.valueOf(seen, field),
      to,
    }))
  }

  /** The fields that were typed in here and changed by others: saving them is a conflict. */
  contested({ base, newest, input }: Editing<R>): string[] {
    return Object.keys(input).filter(
      (field) => !sameJson(this.valueOf(base, field), this.valueOf(newest, field)),
    )
  }

  valueOf(record: R, field: string): Json {
    const { nested } = this.#resource
    const members = record as Record<string, unknown>
    if (nested !== undefined && field.startsWith(`${nested}.`)) {
      const inner = members[nested]
      return ((isObject(inner) ? inner[field.slice(nested.length + 1)] : undefined) ?? null) as Json
    }
    return (members[field] ?? null) as Json
  }

  versionOf(record: R): number {
    return this.#resource.versionOf(record)
  }

  /** Moves to the newest version where nobody else touched what was typed: all else is shown as it is there. */
  #settle(editing: Editing<R>): Editing<R> {
    if (!this.isDirty(editing)) return { ...editing, base: editing.newest, isPinned: false }
    if (editing.isPinned || this.contested(editing).length > 0) return editing
    return { ...editing, base: editing.newest }
  }

  #isSameVersion(one: R, other: R): boolean {
    return this.versionOf(one) === this.versionOf(other)
  }
}
