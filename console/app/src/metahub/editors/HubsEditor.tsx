import Autocomplete from '@mui/material/Autocomplete'
import { PickInput } from '../../records/editors/PickInput.js'
import type { EditorProps } from '../../records/kind.js'
import { usePickTexts } from '../../texts/usePickTexts.js'
import { useHubs } from '../choices.js'
import { useMetahub } from '../useMetahub.js'
import { useTitles } from '../useTitles.js'

/** The hubs that a catalog belongs to, by their ids. */
export function HubsEditor(props: EditorProps) {
  const { id, value, onChange, isReadOnly = false } = props
  const texts = usePickTexts()
  const hubs = useHubs()
  const title = useTitles(useMetahub().hubs)
  const chosen = Array.isArray(value) ? (value as readonly string[]) : []
  return (
    <Autocomplete
      {...texts}
      multiple
      id={id}
      options={hubs.map((hub) => hub.id)}
      value={[...chosen]}
      readOnly={isReadOnly}
      getOptionLabel={title}
      onChange={(_, next: string[]) => {
        onChange(next)
      }}
      renderInput={(parameters) => <PickInput {...props} parameters={parameters} />}
    />
  )
}
