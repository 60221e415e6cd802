import type { EditorProps } from '../../records/kind.js'
import { useText, type TextKey } from '../../texts/useText.js'
import { ChoiceEditor } from './ChoiceEditor.js'

/** What values attributes can have, and what people call them. */
export const KINDS = {
  STRING: 'metahub.kindString',
  NUMBER: 'metahub.kindNumber',
  BOOLEAN: 'metahub.kindBoolean',
  DATE: 'metahub.kindDate',
  DATETIME: 'metahub.kindDatetime',
  REF: 'metahub.kindRef',
  JSON: 'metahub.kindJson',
} as const satisfies Record<string, TextKey>

export type AttributeKind = keyof typeof KINDS

export function isAttributeKind(value: unknown): value is AttributeKind {
  return typeof value === 'string' && value in KINDS
}

/** What values an attribute has. */
export function KindEditor(props: EditorProps) {
  const text = useText()
  const choices = Object.entries(KINDS).map(([value, name]) => ({ value, name: text(name) }))
  return <ChoiceEditor {...props} choices={choices} />
}
