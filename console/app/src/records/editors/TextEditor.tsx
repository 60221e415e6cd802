import TextField from '@mui/material/TextField'
import type { EditorProps } from '../kind.js'

interface TextEditorProps extends EditorProps {
  readonly type?: 'text' | 'email' | 'tel'
  readonly isMultiline?: boolean
}

/** A text; empty is none. */
export function TextEditor(props: TextEditorProps) {
  const { field, id, value, onChange, errors, describedBy, isReadOnly = false } = props
  const { type = 'text', isMultiline = false } = props
  return (
    <TextField
      id={id}
      label={field.label}
      required={field.isRequired === true}
      type={type}
      value={typeof value === 'string' ? value : ''}
      error={field.name in errors}
      {...(isMultiline ? { multiline: true, minRows: 3, maxRows: 12 } : {})}
      onChange={(event) => {
        onChange(event.target.value === '' ? null : event.target.value)
      }}
      slotProps={{
        htmlInput: { 'aria-describedby': describedBy, readOnly: isReadOnly, autoComplete: 'off' },
      }}
    />
  )
}
