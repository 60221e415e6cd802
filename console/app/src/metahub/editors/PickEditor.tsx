import Autocomplete from '@mui/material/Autocomplete'
import TextField from '@mui/material/TextField'
import type { EditorProps } from '../../records/kind.js'
import { useText } from '../../texts/useText.js'

export interface PickOption {
  readonly id: string
  readonly title: string
  readonly about?: string | undefined
}

interface PickEditorProps extends EditorProps {
  readonly options: readonly PickOption[]
  readonly isLoading?: boolean
  /** What the person looks for, where the service looks for it, too. */
  readonly onSearch?: (typed: string) => void
  /** The options that the service has found, whatever they are called. */
  readonly found?: ReadonlySet<string>
}

/** A record by its id, found by what it is called. */
export function PickEditor(props: PickEditorProps) {
  const { field, id, value, onChange, errors, describedBy, isReadOnly = false } = props
  const { options, isLoading = false, onSearch, found } = props
  const text = useText()
  const chosen =
    typeof value === 'string'
      ? (options.find((each) => each.id === value) ?? { id: value, title: value })
      : null
  return (
    <Autocomplete
      id={id}
      options={options}
      value={chosen}
      readOnly={isReadOnly}
      loading={isLoading}
      autoHighlight
      onChange={(_, option) => {
        onChange(option?.id ?? null)
      }}
      onInputChange={(_, typed, reason) => {
        if (reason === 'input') onSearch?.(typed)
      }}
      getOptionLabel={({ title }) => title}
      getOptionKey={(option) => option.id}
      isOptionEqualToValue={(one, other) => one.id === other.id}
      filterOptions={(all, { inputValue }) => matching(all, inputValue, found)}
      renderOption={({ key, ...option }, { title, about }) => (
        <li key={key} {...option}>
          <span>
            {title}
            {about !== undefined && <small> {about}</small>}
          </span>
        </li>
      )}
      noOptionsText={text('editors.noOption')}
      loadingText={text('layout.loading')}
      openText={text('editors.open')}
      closeText={text('editors.close')}
      clearText={text('editors.clear')}
      renderInput={(parameters) => (
        <TextField
          {...parameters}
          label={field.label}
          required={field.isRequired === true}
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

function matching(all: readonly PickOption[], typed: string, found?: ReadonlySet<string>): PickOption[] {
  const wanted = typed.trim().toLocaleLowerCase()
  return all.filter(
    ({ id, title, about }) =>
      title.toLocaleLowerCase().includes(wanted) ||
      about?.toLocaleLowerCase().includes(wanted) === true ||
      found?.has(id) === true,
  )
}
