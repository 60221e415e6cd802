import TextField from '@mui/material/TextField'
import { sameJson } from '@unlost/client'
import { useState } from 'react'
import type { EditorProps } from '../../records/kind.js'
import { jsonTyping, numberTyping, textTyping, timeTyping, type Typing } from '../values/typing.js'

interface TypedEditorProps extends EditorProps {
  readonly typing: Typing
  readonly type?: 'text' | 'date' | 'datetime-local'
  readonly inputMode?: 'decimal'
  readonly isMultiline?: boolean
}

/** A value that is typed as text; what cannot be read stays as it was typed. */
function TypedEditor(props: TypedEditorProps) {
  const { field, id, value, onChange, errors, describedBy, isReadOnly = false } = props
  const { typing, type = 'text', inputMode, isMultiline = false } = props
  const [typed, setTyped] = useState('')
  // 1.50 stays as it is typed, though the value is 1.5
  const shown = sameJson(typing.read(typed), value) && typed !== '' ? typed : typing.show(value)
  return (
    <TextField
      id={id}
      label={field.label}
      required={field.isRequired === true}
      type={type}
      value={shown}
      error={field.name in errors}
      {...(isMultiline ? { multiline: true, minRows: 3, maxRows: 12 } : {})}
      onChange={(event) => {
        setTyped(event.target.value)
        onChange(typing.read(event.target.value))
      }}
      slotProps={{
        // the browser shows the form of a day where there is none
        ...(type === 'text' ? {} : { inputLabel: { shrink: true } }),
        htmlInput: {
          'aria-describedby': describedBy,
          readOnly: isReadOnly,
          autoComplete: 'off',
          inputMode,
          ...(type === 'datetime-local' ? { step: 'any' } : {}),
          ...(isMultiline ? { spellCheck: false } : {}),
        },
      }}
    />
  )
}

export function NumberEditor(props: EditorProps) {
  return <TypedEditor {...props} typing={numberTyping} inputMode="decimal" />
}

export function DayEditor(props: EditorProps) {
  return <TypedEditor {...props} typing={textTyping} type="date" />
}

export function TimeEditor(props: EditorProps) {
  return <TypedEditor {...props} typing={timeTyping} type="datetime-local" />
}

export function JsonEditor(props: EditorProps) {
  return <TypedEditor {...props} typing={jsonTyping} isMultiline />
}
