import Box from '@mui/material/Box'
import TextField from '@mui/material/TextField'
import { isObject, type Json } from '@unlost/client'
import { use, useState } from 'react'
import { FormValues } from '../../records/formValues.js'
import { FieldGroup } from '../../records/editors/FieldGroup.js'
import type { EditorProps } from '../../records/kind.js'
import { useText, type TextKey } from '../../texts/useText.js'
import { numberTyping, textTyping, type Typing } from '../values/typing.js'

interface Part {
  readonly name: string
  readonly label: TextKey
  readonly typing: Typing
  readonly isMultiline?: boolean
}

/** The choices of an enum, one a line. */
const linesOf = (kind: 'STRING' | 'NUMBER'): Typing => ({
  show: (value) =>
    Array.isArray(value) ? value.map((each) => String(each as string | number)).join('\n') : '',
  read: (typed) => {
    const lines = typed.split('\n').filter((line) => line.trim() !== '')
    if (lines.length === 0) return null
    // what is no number is for the service to say
    return lines.map((line) => (kind === 'NUMBER' && Number.isFinite(Number(line)) ? Number(line) : line))
  },
})

const OF_TEXT: readonly Part[] = [
  { name: 'minLength', label: 'metahub.minLength', typing: numberTyping },
  { name: 'maxLength', label: 'metahub.maxLength', typing: numberTyping },
  { name: 'pattern', label: 'metahub.pattern', typing: textTyping },
  { name: 'enum', label: 'metahub.enum', typing: linesOf('STRING'), isMultiline: true },
]

const OF_NUMBERS: readonly Part[] = [
  { name: 'minimum', label: 'metahub.minimum', typing: numberTyping },
  { name: 'maximum', label: 'metahub.maximum', typing: numberTyping },
  { name: 'enum', label: 'metahub.enum', typing: linesOf('NUMBER'), isMultiline: true },
]

/** What an attribute demands of its values: one value, whatever part of it is changed. */
export function ConstraintsEditor(props: EditorProps) {
  const { field, id, value, onChange, errors, describedBy, isReadOnly = false } = props
  const text = useText()
  const type = use(FormValues)('type')
  const constraints = isObject(value) ? (value as Record<string, Json>) : {}
  const applicable = type === 'STRING' ? OF_TEXT : type === 'NUMBER' ? OF_NUMBERS : []
  // what does not go with the type any more has to be seen to be taken away
  const others = [...OF_TEXT, ...OF_NUMBERS].filter(
    ({ name }, index, all) =>
      name in constraints &&
      !applicable.some((part) => part.name === name) &&
      all.findIndex((part) => part.name === name) === index,
  )
  const parts = [...applicable, ...others]
  if (parts.length === 0) return null

  const set = (name: string, next: Json) => {
    const { [name]: _, ...rest } = constraints
    const all = next === null ? rest : { ...rest, [name]: next }
    onChange(Object.keys(all).length === 0 ? null : all)
  }

  return (
    <FieldGroup label={field.label} describedBy={describedBy}>
      <Box sx={{ display: 'grid', gap: 1.5, gridTemplateColumns: { xs: '1fr', sm: '1fr 1fr' } }}>
        {parts.map((part, index) => (
          <ConstraintField
            key={`${JSON.stringify(type)} ${part.name}`}
            id={index === 0 ? id : `${id}-${part.name}`}
            part={part}
            label={text(part.label)}
            value={constraints[part.name] ?? null}
            error={errors[`${field.name}.${part.name}`]}
            isReadOnly={isReadOnly}
            onChange={(next) => {
              set(part.name, next)
            }}
          />
        ))}
      </Box>
    </FieldGroup>
  )
}

interface ConstraintFieldProps {
  readonly id: string
  readonly part: Part
  readonly label: string
  readonly value: Json
  readonly error: string | undefined
  readonly isReadOnly: boolean
  readonly onChange: (value: Json) => void
}

function ConstraintField({ id, part, label, value, error, isReadOnly, onChange }: ConstraintFieldProps) {
  const { typing, isMultiline = false } = part
  const [typed, setTyped] = useState<string | null>(null) // null while it says the value
  return (
    <TextField
      id={id}
      label={label}
      value={typed ?? typing.show(value)}
      error={error !== undefined}
      helperText={error}
      {...(isMultiline ? { multiline: true, minRows: 2, maxRows: 8 } : {})}
      onChange={(event) => {
        setTyped(event.target.value)
        onChange(typing.read(event.target.value))
      }}
      onBlur={() => {
        setTyped(null)
      }}
      slotProps={{ htmlInput: { readOnly: isReadOnly, autoComplete: 'off' } }}
    />
  )
}
