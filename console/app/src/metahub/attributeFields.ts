import type { Attribute, Json } from '@unlost/client'
import type { Field } from '../records/kind.js'
import type { Text } from '../texts/useText.js'
import { ValueEditor } from './editors/ValueEditor.js'
import { titleOf } from './names.js'
import type { Shows } from './shows.js'
import type { TitleOf } from './useTitles.js'
import { violation, type Violation } from './values/constraints.js'

/** A field of an element: what an attribute defines. */
export interface AttributeField extends Field {
  readonly attribute: Attribute
}

interface Surroundings {
  readonly text: Text
  readonly language: string
  readonly shows: Shows
  readonly elementTitle: TitleOf
}

export function attributeField(
  attribute: Attribute,
  { text, language, shows, elementTitle }: Surroundings,
): AttributeField {
  const { type } = attribute
  return {
    attribute,
    name: `data.${attribute.codename}`,
    label: titleOf(attribute, language),
    Editor: ValueEditor,
    show: (value) => showValue(type, value, shows, elementTitle),
    isRequired: attribute.required === true,
    isWide: type === 'JSON',
    hint: hintOf(attribute, text),
    check: (value) => {
      const found = violation(attribute, value)
      return found === undefined ? undefined : complaintOf(found, attribute, text)
    },
  }
}

export function showValue(type: Attribute['type'], value: Json, shows: Shows, elementTitle: TitleOf): string {
  if (value === null) return ''
  switch (type) {
    case 'BOOLEAN':
      return shows.yesNo(value)
    case 'DATE':
      return shows.day(value)
    case 'DATETIME':
      return shows.time(value)
    case 'REF':
      return typeof value === 'string' ? elementTitle(value) : shows.text(value)
    case 'STRING':
      return shows.text(value)
    case 'NUMBER':
    case 'JSON':
      return shows.json(value)
  }
}

/** What the definition demands, before anything is wrong. */
function hintOf({ constraints }: Attribute, text: Text): string | undefined {
  const { minLength, maxLength, minimum, maximum, pattern } = constraints ?? {}
  const demands = [
    minLength !== undefined && text('metahub.atLeast', { count: minLength }),
    maxLength !== undefined && text('metahub.atMost', { count: maxLength }),
    minimum !== undefined && text('metahub.notLess', { limit: minimum }),
    maximum !== undefined && text('metahub.notMore', { limit: maximum }),
    pattern !== undefined && text('metahub.like', { pattern }),
  ].filter((each) => each !== false)
  return demands.length === 0 ? undefined : demands.join(' · ')
}

function complaintOf(found: Violation, { constraints }: Attribute, text: Text): string {
  switch (found.kind) {
    case 'required':
      return text('metahub.isRequired')
    case 'number':
      return text('metahub.noNumber')
    case 'json':
      return text('metahub.noJson')
    case 'time':
      return text('metahub.noTime')
    case 'choice':
      return text('metahub.noChoice')
    case 'pattern':
      return text('metahub.like', { pattern: constraints?.pattern ?? '' })
    case 'minLength':
      return text('metahub.atLeast', { count: found.limit })
    case 'maxLength':
      return text('metahub.atMost', { count: found.limit })
    case 'minimum':
      return text('metahub.notLess', { limit: found.limit })
    case 'maximum':
      return text('metahub.notMore', { limit: found.limit })
  }
}
