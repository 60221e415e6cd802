import type { FieldChange, Json } from '@unlost/client'

/** A value as a person types it. */
export interface Typing {
  readonly show: (value: Json) => string
  /** @returns undefined where what was typed is no such value */
  readonly read: (typed: string) => Json | undefined
}

const text: Typing = {
  show: (value) => (typeof value === 'string' ? value : ''),
  read: (typed) => (typed === '' ? null : typed),
}

const number: Typing = {
  show: (value) => (typeof value === 'number' ? String(value) : ''),
  read: (typed) => {
    if (typed.trim() === '') return null
    const value = Number(typed)
    return Number.isFinite(value) ? value : undefined
  },
}

const json: Typing = {
  show: (value) => (value === null ? '' : JSON.stringify(value)),
  read: (typed) => {
    if (typed.trim() === '') return null
    try {
      return JSON.parse(typed) as Json
    } catch {
      return undefined
    }
  },
}

/** How a field's values are typed, judged by those that it has. */
export function typingOf({ base, theirs, yours }: FieldChange): Typing {
  const values = [base, theirs, yours].filter((value) => value !== undefined && value !== null)
  if (values.every((value) => typeof value === 'string')) return text
  if (values.every((value) => typeof value === 'number')) return number
  return json
}

/** A value for people to read; `none` stands for no value. */
export function shown(value: Json | undefined, none: string): string {
  if (value === undefined || value === null || value === '') return none
  if (typeof value === 'string') return value
  if (Array.isArray(value) && value.every((item) => typeof item === 'string')) {
    return value.length === 0 ? none : value.join(', ')
  }
  return JSON.stringify(value)
}
