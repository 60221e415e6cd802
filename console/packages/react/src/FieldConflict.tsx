import type { FieldChange, Json } from '@unlost/client'
import Box from '@mui/material/Box'
import FormControlLabel from '@mui/material/FormControlLabel'
import Radio from '@mui/material/Radio'
import RadioGroup from '@mui/material/RadioGroup'
import TextField from '@mui/material/TextField'
import Typography from '@mui/material/Typography'
import { useId, useState } from 'react'
import { resultOf, type Choice } from './merge.js'
import { useTexts } from './useTexts.js'
import { typingOf } from './values.js'

export interface FieldConflictProps {
  readonly change: FieldChange
  readonly label: string
  /** Who made their change; undefined where that is not known. */
  readonly theirName: string
  readonly format: (value: Json | undefined) => string
  readonly choice: Choice | undefined
  readonly busy: boolean
  readonly onChoose: (choice: Choice) => void
}

/** One field that two people gave different values, and the choice between them. */
export function FieldConflict(props: FieldConflictProps) {
  const { change, label, theirName, format, choice, busy, onChoose } = props
  const { text, when } = useTexts()
  const legend = useId()
  const typing = typingOf(change)
  const [typed, setTyped] = useState(() => typing.show(change.yours ?? null))

  const edited = (next: string) => {
    setTyped(next)
    const value = typing.read(next)
    onChoose({ take: 'edit', value: value ?? null, valid: value !== undefined })
  }
  const choose = (take: string) => {
    if (busy) return
    if (take === 'edit') edited(typed)
    else if (take === 'mine' || take === 'theirs' || take === 'before') onChoose({ take })
  }
  const theirs =
    change.changedAt === undefined
      ? text('theirs')
      : text('theirsBy', { who: theirName, when: when(change.changedAt) })
  const result = resultOf(change, choice)
  const invalid = choice?.take === 'edit' && !choice.valid

  return (
    <Box component="fieldset" sx={{ border: 1, borderColor: 'divider', borderRadius: 1, mb: 2, minWidth: 0 }}>
      <Typography component="legend" id={legend} variant="subtitle1">
        {label}
      </Typography>
      <RadioGroup
        aria-labelledby={legend}
        name={legend}
        value={choice?.take ?? ''}
        onChange={(_, take) => {
          choose(take)
        }}
      >
        {'base' in change && <Option take="before" name={text('before')} value={format(change.base)} />}
        <Option take="theirs" name={theirs} value={format(change.theirs)} />
        <Option take="mine" name={text('mine')} value={format(change.yours)} />
        <FormControlLabel value="edit" control={<Radio />} label={text('edit')} />
      </RadioGroup>
      {choice?.take === 'edit' && (
        <TextField
          fullWidth
          multiline
          size="small"
          value={typed}
          error={invalid}
          helperText={invalid ? text('invalidResult') : undefined}
          onChange={(event) => {
            if (!busy) edited(event.target.value)
          }}
          slotProps={{ htmlInput: { 'aria-label': text('editResult', { field: label }) } }}
        />
      )}
      {result !== undefined && (
        <Typography component="p" variant="body2" sx={{ overflowWrap: 'anywhere', mt: 1 }}>
          {text('result')}: <strong>{format(result)}</strong>
        </Typography>
      )}
    </Box>
  )
}

function Option({ take, name, value }: { take: string; name: string; value: string }) {
  return (
    <FormControlLabel
      value={take}
      control={<Radio />}
      label={
        <>
          {name}: <strong style={{ overflowWrap: 'anywhere' }}>{value}</strong>
        </>
      }
    />
  )
}
