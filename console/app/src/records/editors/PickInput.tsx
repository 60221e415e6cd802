import type { AutocompleteRenderInputParams } from '@mui/material/Autocomplete'
import TextField from '@mui/material/TextField'
import type { Field, FieldErrors } from '../kind.js'

/** What is said of something that is picked. */
export interface PickedField {
  readonly field: Pick<Field, 'name' | 'label' | 'isRequired'>
  readonly errors: FieldErrors
  readonly describedBy?: string
}

interface PickInputProps extends PickedField {
  readonly parameters: AutocompleteRenderInputParams
  readonly placeholder?: string
}

/** What is typed into to pick something. */
export function PickInput({ parameters, field, errors, describedBy, placeholder = '' }: PickInputProps) {
  return (
    <TextField
      {...parameters}
      label={field.label}
      required={field.isRequired === true}
      error={field.name in errors}
      placeholder={placeholder}
      slotProps={{
        ...parameters.slotProps,
        htmlInput: { ...parameters.slotProps.htmlInput, 'aria-describedby': describedBy },
      }}
    />
  )
}
