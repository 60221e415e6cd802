import TextField from '@mui/material/TextField'
import { sameJson, type Json } from '@unlost/client'
import type { EditorProps } from '../../records/kind.js'
import { useText } from '../../texts/useText.js'

export interface Choice {
  readonly value: Json
  readonly name: string
}

/** One of a few values, or none. */
export function ChoiceEditor(props: EditorProps & { readonly choices: readonly Choice[] }) {
  const { field, id, value, onChange, errors, describedBy, isReadOnly = false, choices } = props
  const text = useText()
  const chosen = choices.findIndex((choice) => sameJson(choice.value, value))
  // a value that is no choice any more is still the record's
  const isForeign = chosen < 0 && value !== null
  return (
    <TextField
      select
      id={id}
      label={field.label}
      required={field.isRequired === true}
      value={isForeign ? 'foreign' : chosen < 0 ? '' : String(chosen)}
      error={field.name in errors}
      disabled={isReadOnly}
      onChange={(event) => {
        onChange(choices[Number(event.target.value)]?.value ?? null)
      }}
      slotProps={{
        select: { native: true },
        inputLabel: { shrink: true },
        htmlInput: { id, 'aria-describedby': describedBy },
      }}
    >
      {(value === null || field.isRequired !== true) && <option value="">{text('metahub.noValue')}</option>}
      {isForeign && <option value="foreign">{field.show(value)}</option>}
      {choices.map(({ name }, index) => (
        <option key={index} value={index}>
          {name}
        </option>
      ))}
    </TextField>
  )
}

/** Yes, no, or nothing said. */
export function YesNoEditor(props: EditorProps) {
  const text = useText()
  return (
    <ChoiceEditor
      {...props}
      choices={[
        { value: true, name: text('metahub.yes') },
        { value: false, name: text('metahub.no') },
      ]}
    />
  )
}
