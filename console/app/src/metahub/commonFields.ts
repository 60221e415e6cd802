import type { Field } from '../records/kind.js'
import { TextEditor } from '../records/editors/TextEditor.js'
import type { Text } from '../texts/useText.js'
import { LocalizedEditor, LongLocalizedEditor } from './editors/LocalizedEditor.js'
import { NumberEditor } from './editors/TypedEditor.js'
import type { Shows } from './shows.js'
import { violation } from './values/constraints.js'

const CODENAME = /^[a-z][a-z0-9]*([_-][a-z0-9]+)*$/

/** The fields that all records of a metahub have. */
export function commonFields(text: Text, shows: Shows, isRequired: boolean) {
  const name: Field = {
    name: 'name',
    label: text('metahub.name'),
    Editor: LocalizedEditor,
    show: shows.localized,
    isRequired,
    isWide: true,
  }
  const codename: Field = {
    name: 'codename',
    label: text('metahub.codename'),
    Editor: TextEditor,
    show: shows.text,
    isRequired,
    hint: text('metahub.codenameHint'),
    check: (value) =>
      value === null || (typeof value === 'string' && CODENAME.test(value))
        ? undefined
        : text('metahub.codenameHint'),
  }
  const description: Field = {
    name: 'description',
    label: text('metahub.description'),
    Editor: LongLocalizedEditor,
    show: shows.localized,
    isWide: true,
  }
  const order: Field = {
    name: 'order',
    label: text('metahub.order'),
    Editor: NumberEditor,
    show: shows.json,
    hint: text('metahub.orderHint'),
    check: (value) => {
      const isNumber = violation({ type: 'NUMBER', required: false, constraints: null }, value) === undefined
      return isNumber ? undefined : text('metahub.noNumber')
    },
  }
  return { name, codename, description, order }
}
