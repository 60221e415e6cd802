import Box from '@mui/material/Box'
import Button from '@mui/material/Button'
import TextField from '@mui/material/TextField'
import { useState } from 'react'
import { useNavigate } from 'react-router'
import { useText } from '../texts/useText.js'
import { Places } from './Places.js'
import { isMetahubName, keepMetahub, type OpenMetahub } from './useMetahub.js'

/** Which metahub this is, the way to another one, and what there is in it. */
export function MetahubPlaces({ metahub }: { metahub: OpenMetahub }) {
  const text = useText()
  const go = useNavigate()
  const [typed, setTyped] = useState(metahub.name)
  const isOther = typed !== metahub.name
  return (
    <Box sx={{ display: 'flex', flexWrap: 'wrap', columnGap: 2, alignItems: 'flex-start' }}>
      <Box sx={{ flexGrow: 1 }}>
        <Places
          label={text('metahub.parts')}
          places={[
            { path: `${metahub.path}/catalogs`, name: text('metahub.catalogs') },
            { path: `${metahub.path}/hubs`, name: text('metahub.hubs') },
          ]}
        />
      </Box>
      <Box
        component="form"
        sx={{ display: 'flex', gap: 1, mb: 2 }}
        onSubmit={(event) => {
          event.preventDefault()
          if (!isMetahubName(typed)) return
          keepMetahub(typed)
          void go(`/metahub/${typed}/catalogs`)
        }}
      >
        <TextField
          label={text('metahub.metahub')}
          value={typed}
          error={!isMetahubName(typed)}
          helperText={isMetahubName(typed) ? undefined : text('metahub.metahubHint')}
          onChange={(event) => {
            setTyped(event.target.value)
          }}
          slotProps={{ htmlInput: { autoCapitalize: 'none', autoComplete: 'off', spellCheck: false } }}
        />
        <Button type="submit" disabled={!isOther || !isMetahubName(typed)} sx={{ height: 40 }}>
          {text('metahub.open')}
        </Button>
      </Box>
    </Box>
  )
}
