import type { EditorProps } from '../kind.js'
import { TextEditor } from './TextEditor.js'

export function EmailEditor(props: EditorProps) {
  return <TextEditor {...props} type="email" />
}

export function PhoneEditor(props: EditorProps) {
  return <TextEditor {...props} type="tel" />
}

export function LongTextEditor(props: EditorProps) {
  return <TextEditor {...props} isMultiline />
}
