import Autocomplete from '@mui/material/Autocomplete'
import Chip from '@mui/material/Chip'
import { useState } from 'react'
import { useText } from '../../texts/useText.js'
import type { EditorProps } from '../kind.js'
import { PickInput } from './PickInput.js'

/** A set of short texts. */
export function TagsEditor(props: EditorProps) {
  const { id, value, onChange, isReadOnly = false } = props
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
        <PickInput
          {...props}
          parameters={parameters}
          placeholder={tags.length === 0 ? text('editors.addTag') : ''}
        />
      )}
    />
  )
}
