import type { Attribute, Json } from '@unlost/client'
import { typedIn } from './typing.js'

/** What keeps a value from being one of an attribute's; the service has the last word. */
export type Violation =
  | { readonly kind: 'required' | 'number' | 'json' | 'time' | 'pattern' | 'choice' }
  | { readonly kind: 'minLength' | 'maxLength' | 'minimum' | 'maximum'; readonly limit: number }

type Rules = Pick<Attribute, 'type' | 'required' | 'constraints'>

export function violation({ type, required, constraints }: Rules, value: Json): Violation | undefined {
  if (value === null) return required === true ? { kind: 'required' } : undefined
  if (typedIn(value) !== undefined) {
    return { kind: type === 'NUMBER' ? 'number' : type === 'JSON' ? 'json' : 'time' }
  }
  const { minLength, maxLength, minimum, maximum, pattern } = constraints ?? {}
  const choices = constraints?.enum
  if (choices !== undefined && !choices.some((choice) => choice === value)) return { kind: 'choice' }
  if (typeof value === 'string') {
    const length = Array.from(value).length // in code points, as the service counts
    if (minLength !== undefined && length < minLength) return { kind: 'minLength', limit: minLength }
    if (maxLength !== undefined && length > maxLength) return { kind: 'maxLength', limit: maxLength }
    if (pattern !== undefined && !mayMatch(pattern, value)) return { kind: 'pattern' }
  }
  if (typeof value === 'number') {
    if (minimum !== undefined && value < minimum) return { kind: 'minimum', limit: minimum }
    if (maximum !== undefined && value > maximum) return { kind: 'maximum', limit: maximum }
  }
  return undefined
}

/** Only a browser's guess, as the patterns are of RE2: what it cannot read it leaves to the service. */
function mayMatch(pattern: string, value: string): boolean {
  if (/[*+{].*[*+{]/.test(pattern)) return true // here it could take for ever, where RE2 cannot
  try {
    return new RegExp(pattern, 'u').test(value)
  } catch {
    return true
  }
}
