import type { Attribute } from '@unlost/client'
import { numberTyping, timeTyping, typedIn } from './values/typing.js'

/** The names of the filters in the address: by which attribute, and what is looked for. */
export const ELEMENT_FILTERS = ['by', 'is', 'from', 'to'] as const

type Values = Readonly<Record<string, string>>

/** The attributes that elements can be found by. */
export function searchable(attributes: readonly Attribute[]): readonly Attribute[] {
  return attributes.filter((attribute) => attribute.searchable === true)
}

/** The attribute that is chosen, or the first one. */
export function chosenAttribute({ by }: Values, attributes: readonly Attribute[]): Attribute | undefined {
  const all = searchable(attributes)
  return all.find(({ codename }) => codename === by) ?? all[0]
}

/** What the service is asked for. What cannot be read yet is not asked for. */
export function elementFiltersOf(values: Values, attributes: readonly Attribute[]): Record<string, string> {
  const attribute = chosenAttribute(values, attributes)
  if (attribute === undefined) return {}
  const field = `data.${attribute.codename}`
  const { is, from, to } = values
  switch (attribute.type) {
    case 'STRING':
      return attribute.constraints?.enum === undefined ? pick([`${field}.contains`, is]) : pick([field, is])
    case 'BOOLEAN':
    case 'REF':
      return pick([field, is])
    case 'NUMBER':
      return pick([`${field}.from`, number(from)], [`${field}.to`, number(to)])
    case 'DATE':
      return pick([`${field}.from`, from], [`${field}.to`, to])
    case 'DATETIME':
      return pick([`${field}.from`, time(from)], [`${field}.to`, time(to)])
    case 'JSON':
      return {}
  }
}

function pick(...entries: readonly (readonly [string, string | undefined])[]): Record<string, string> {
  return Object.fromEntries(entries.filter((entry): entry is [string, string] => entry[1] !== undefined))
}

function number(typed = ''): string | undefined {
  const value = numberTyping.read(typed)
  return typeof value === 'number' ? String(value) : undefined
}

function time(typed = ''): string | undefined {
  const value = timeTyping.read(typed)
  return typeof value === 'string' && typedIn(value) === undefined ? value : undefined
}
