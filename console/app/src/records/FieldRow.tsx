import Box from '@mui/material/Box'
import FormHelperText from '@mui/material/FormHelperText'
import type { Json } from '@unlost/client'
import { useId } from 'react'
import type { ValueChange } from './editing.js'
import { FieldNote } from './FieldNote.js'
import type { Field, FieldErrors } from './kind.js'
import type { FieldBlame } from './useBlame.js'

interface FieldRowProps {
  readonly field: Field
  readonly value: Json
  readonly onType: (field: string, value: Json) => void
  readonly errors: FieldErrors
  readonly isUnsaved: boolean
  readonly news: ValueChange | undefined
  readonly isContested: boolean
  readonly blame: FieldBlame | undefined
  readonly isReadOnly: boolean
}

/** A field with what there is to say of it. Who gave it its value shows on hover and focus. */
export function FieldRow(props: FieldRowProps) {
  const { field, value, onType, errors, isUnsaved, news, isContested, blame, isReadOnly } = props
  const id = useId()
  const note = `${id}-note`
  const { Editor } = field
  const error = errors[field.name]
  return (
    <Box
      sx={{
        gridColumn: field.isWide === true ? '1 / -1' : undefined,
        minWidth: 0,
        '& .blame': { opacity: 0, transition: 'opacity 120ms' },
        '&:hover .blame, &:focus-within .blame': { opacity: 1 },
        '& .MuiOutlinedInput-notchedOutline': isUnsaved
          ? { borderColor: 'secondary.main', borderWidth: 2 }
          : {},
      }}
    >
      <Editor
        field={field}
        id={id}
        value={value}
        onChange={(next) => {
          onType(field.name, next)
        }}
        errors={errors}
        describedBy={note}
        isReadOnly={isReadOnly}
      />
      <FormHelperText
        id={note}
        component="div"
        error={error !== undefined}
        sx={{ mx: 1.75, mt: 0.25, minHeight: '1.25rem' }}
      >
        {error ?? (
          <FieldNote
            field={field}
            isUnsaved={isUnsaved}
            news={news}
            isContested={isContested}
            blame={blame}
          />
        )}
      </FormHelperText>
    </Box>
  )
}
