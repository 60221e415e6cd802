import type { AnyRecord, Json, Records } from '@unlost/client'
import type { ComponentType } from 'react'

/** One kind of record: all that its pages need to know of it. */
export interface RecordKind<R extends AnyRecord, F extends object> {
  readonly records: Records<R, F>
  /** In the order of the form. */
  readonly fields: readonly Field[]
  /** What people call a record. */
  readonly titleOf: (record: R) => string
  /** Where its list is in the console, and below that its records. */
  readonly path: string
  /** What people call the list. */
  readonly listName: string
  /** What the page for a new one is called. */
  readonly newName: string
}

/** A field of a record: what it is called, how it is edited and how it is shown. */
export interface Field {
  /** As conflicts name it: `phone`, `data.price`. */
  readonly name: string
  readonly label: string
  readonly Editor: ComponentType<EditorProps>
  /** A value for people to read; empty for none. */
  readonly show: (value: Json) => string
  readonly isRequired?: boolean
  /** Takes a row of the form for itself. */
  readonly isWide?: boolean
  /** Is said when the record is created and stays: of the past only, and not of the form. */
  readonly isFixed?: boolean
  /** What there is to know before anything is typed. */
  readonly hint?: string | undefined
  /** What is wrong with what was typed, as far as this page can tell; the service has the last word. */
  readonly check?: (value: Json) => string | undefined
}

export interface EditorProps {
  readonly field: Field
  /** Of the control that takes the focus first. */
  readonly id: string
  readonly value: Json
  readonly onChange: (value: Json) => void
  /** What is wrong: by the field's name, or by that of a part of it (`address.country`). */
  readonly errors: FieldErrors
  /** The id of the text below the field. */
  readonly describedBy: string
  readonly isReadOnly?: boolean
}

export type FieldErrors = Readonly<Record<string, string>>

export const noErrors: FieldErrors = {}

/** What is known of a field by its name; of one that is not among the fields any more, its name and value. */
export function fieldNamed(fields: readonly Field[], name: string): Pick<Field, 'label' | 'show'> {
  return (
    fields.find((field) => field.name === name) ?? { label: name, show: (value) => JSON.stringify(value) }
  )
}
