import Autocomplete from '@mui/material/Autocomplete'
import { PickInput, type PickedField } from '../../records/editors/PickInput.js'
import type { EditorProps } from '../../records/kind.js'
import { usePickTexts } from '../../texts/usePickTexts.js'
import type { TitleOf } from '../useTitles.js'

export interface PickOption {
  readonly id: string
  readonly title: string
  readonly about?: string | undefined
}

/** What every editor is told that picks something. */
export type PickProps = Pick<EditorProps, 'id' | 'value' | 'onChange' | 'isReadOnly'> & PickedField

interface PickEditorProps extends PickProps {
  readonly options: readonly PickOption[]
  /** What a record is called that is none of the options. */
  readonly title: TitleOf
  readonly isLoading?: boolean
  /** What the person looks for, where the service looks for it, too. */
  readonly onSearch?: (typed: string) => void
  /** The options that the service has found, whatever they are called. */
  readonly found?: ReadonlySet<string>
}

/** A record by its id, found by what it is called. */
export function PickEditor(props: PickEditorProps) {
  const { id, value, onChange, isReadOnly = false } = props
  const { options, title, isLoading = false, onSearch, found } = props
  const texts = usePickTexts()
  const chosen =
    typeof value === 'string'
      ? (options.find((each) => each.id === value) ?? { id: value, title: title(value) })
      : null
  return (
    <Autocomplete
      {...texts}
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
      getOptionLabel={(option) => option.title}
      getOptionKey={(option) => option.id}
      isOptionEqualToValue={(one, other) => one.id === other.id}
      filterOptions={(all, { inputValue }) => matching(all, inputValue, found)}
      renderOption={({ key, ...attributes }, option) => (
        <li key={key} {...attributes}>
          <span>
            {option.title}
            {option.about !== undefined && <small> {option.about}</small>}
          </span>
        </li>
      )}
      renderInput={(parameters) => <PickInput {...props} parameters={parameters} />}
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
