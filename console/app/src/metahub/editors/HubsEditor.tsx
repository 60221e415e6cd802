import Autocomplete from '@mui/material/Autocomplete'
import TextField from '@mui/material/TextField'
import type { EditorProps } from '../../records/kind.js'
import { useFormats } from '../../texts/useFormats.js'
import { useText } from '../../texts/useText.js'
import { titleOf } from '../names.js'
import { useHubs } from '../choices.js'

/** The hubs that a catalog belongs to, by their ids. */
export function HubsEditor({
  field,
  id,
  value,
  onChange,
  errors,
  describedBy,
  isReadOnly = false,
}: EditorProps) {
  const text = useText()
  const { language } = useFormats()
  const hubs = useHubs()
  const chosen = Array.isArray(value) ? (value as readonly string[]) : []
  const titles = new Map(hubs.map((hub) => [hub.id, titleOf(hub, language)]))
  return (
    <Autocomplete
      multiple
      id={id}
      options={[...titles.keys()]}
      value={[...chosen]}
      readOnly={isReadOnly}
      getOptionLabel={(hub) => titles.get(hub) ?? hub}
      onChange={(_, next: string[]) => {
        onChange(next)
      }}
      noOptionsText={text('editors.noOption')}
      openText={text('editors.open')}
      closeText={text('editors.close')}
      clearText={text('editors.clear')}
      renderInput={(parameters) => (
        <TextField
          {...parameters}
          label={field.label}
          error={field.name in errors}
          slotProps={{
            ...parameters.slotProps,
            htmlInput: { ...parameters.slotProps.htmlInput, 'aria-describedby': describedBy },
          }}
        />
      )}
    />
  )
}
