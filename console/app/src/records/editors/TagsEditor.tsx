import Autocomplete from '@mui/material/Autocomplete'
import Chip from '@mui/material/Chip'
import TextField from '@mui/material/TextField'
import { useState } from 'react'
import { useText } from '../../texts/useText.js'
import type { EditorProps } from '../kind.js'

/** A set of short texts. */
export function TagsEditor({
  field,
  id,
  value,
  onChange,
  errors,
  describedBy,
  isReadOnly = false,
}: EditorProps) {
  const text = useText()
  const [typed, setTyped] = useState('')
  const tags = Array.isArray(value) ? (value as readonly string[]) : []

  const take = (next: readonly string[]) => {
    const cleaned = [...new Set(next.map((tag) => tag.trim()).filter((tag) => tag !== ''))].sort()
    onChange(cleaned)
  }

  return (
    <Autocomplete
      multiple
      freeSolo
      id={id}
      options={[]}
      value={[...tags]}
      inputValue={typed}
      readOnly={isReadOnly}
      onInputChange={(_, next) => {
        setTyped(next)
      }}
      onChange={(_, next: readonly string[]) => {
        take(next)
      }}
      onBlur={() => {
        // what was typed and not confirmed counts all the same
        if (typed.trim() !== '') take([...tags, typed])
        setTyped('')
      }}
      renderValue={(shown, itemProps) =>
        shown.map((tag, index) => {
          const { key, ...chip } = itemProps({ index })
          return <Chip key={key} size="small" label={tag} {...chip} />
        })
      }
      slotProps={{ clearIndicator: { 'aria-label': text('editors.clear') } }}
      renderInput={(parameters) => (
        <TextField
          {...parameters}
          label={field.label}
          error={field.name in errors}
          placeholder={tags.length === 0 ? text('editors.addTag') : ''}
          slotProps={{
            ...parameters.slotProps,
            htmlInput: { ...parameters.slotProps.htmlInput, 'aria-describedby': describedBy },
          }}
        />
      )}
    />
  )
}
