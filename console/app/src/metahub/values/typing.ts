import { isObject, type Json } from '@unlost/client'

/**
 * What was typed and is no value of its kind: kept as it was typed, also in a draft, and never sent. No value that the
 * service knows has such a member.
 */
const UNREADABLE = '\u0000typed'

export function unreadable(typed: string): Json {
  return { [UNREADABLE]: typed }
}

/** What was typed, of a value that could not be read. */
export function typedIn(value: Json): string | undefined {
  const typed = isObject(value) ? value[UNREADABLE] : undefined
  return typeof typed === 'string' ? typed : undefined
}

/** A value as people type it. */
export interface Typing {
  readonly show: (value: Json) => string
  /** @returns null for nothing, and what `unreadable` makes of what is no such value */
  readonly read: (typed: string) => Json
}

export const numberTyping: Typing = {
  show: (value) => typedIn(value) ?? (typeof value === 'number' ? String(value) : ''),
  read: (typed) => {
    const text = typed.trim().replace(',', '.')
    if (text === '') return null
    return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) && Number.isFinite(Number(text))
      ? Number(text)
      : unreadable(typed)
  },
}

export const jsonTyping: Typing = {
  show: (value) => typedIn(value) ?? (value === null ? '' : JSON.stringify(value, null, 2)),
  read: (typed) => {
    if (typed.trim() === '') return null
    try {
      return JSON.parse(typed) as Json
    } catch {
      return unreadable(typed)
    }
  },
}

/** A time as `datetime-local` has it, in the person's own zone. */
export const timeTyping: Typing = {
  show: (value) => {
    if (typeof value !== 'string') return ''
    const time = new Date(value)
    if (Number.isNaN(time.getTime())) return ''
    const local = new Date(time.getTime() - time.getTimezoneOffset() * 60_000)
    return local.toISOString().slice(0, -1)
  },
  read: (typed) => {
    if (typed === '') return null
    const time = new Date(typed) // without an offset: of the person's zone
    return Number.isNaN(time.getTime()) ? unreadable(typed) : time.toISOString()
  },
}

/** Text that is nothing where it is empty: days, choices and texts. */
export const textTyping: Typing = {
  show: (value) => (typeof value === 'string' ? value : ''),
  read: (typed) => (typed === '' ? null : typed),
}
