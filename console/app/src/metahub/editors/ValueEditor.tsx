import { LongTextEditor } from '../../records/editors/textEditors.js'
import { TextEditor } from '../../records/editors/TextEditor.js'
import type { EditorProps } from '../../records/kind.js'
import type { AttributeField } from '../attributeFields.js'
import { ChoiceEditor, YesNoEditor } from './ChoiceEditor.js'
import { ReferenceEditor } from './ReferenceEditor.js'
import { DayEditor, JsonEditor, NumberEditor, TimeEditor } from './TypedEditor.js'

/** From this many characters on, a text gets several lines. */
const LONG = 200

/** The value of an attribute, as its definition wants it. */
export function ValueEditor(props: EditorProps) {
  const { attribute } = props.field as AttributeField
  const { type, constraints, refCatalogId } = attribute
  if (constraints?.enum !== undefined) {
    const choices = constraints.enum.map((value) => ({
      value: value as string | number,
      name: String(value),
    }))
    return <ChoiceEditor {...props} choices={choices} />
  }
  switch (type) {
    case 'STRING':
      return (constraints?.maxLength ?? LONG) >= LONG && attribute.searchable !== true ? (
        <LongTextEditor {...props} />
      ) : (
        <TextEditor {...props} />
      )
    case 'NUMBER':
      return <NumberEditor {...props} />
    case 'BOOLEAN':
      return <YesNoEditor {...props} />
    case 'DATE':
      return <DayEditor {...props} />
    case 'DATETIME':
      return <TimeEditor {...props} />
    case 'REF':
      return <ReferenceEditor {...props} catalogId={refCatalogId ?? ''} />
    case 'JSON':
      return <JsonEditor {...props} />
  }
}
