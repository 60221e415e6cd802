import Box from '@mui/material/Box'
import Paper from '@mui/material/Paper'
import type { FieldValues, Json } from '@unlost/client'
import { useCallback, useEffect, useRef, type ReactNode } from 'react'
import { useText } from '../texts/useText.js'
import type { ValueChange } from './editing.js'
import { FieldRow } from './FieldRow.js'
import { formGrid } from './formGrid.js'
import { FormValues } from './formValues.js'
import { noErrors, type Field, type FieldErrors } from './kind.js'
import type { FieldBlame } from './useBlame.js'

interface RecordFormProps {
  readonly fields: readonly Field[]
  readonly valueOf: (field: string) => Json
  readonly onType: (field: string, value: Json) => void
  readonly errors?: FieldErrors
  readonly unsaved?: FieldValues
  /** What others have changed and the person has not yet taken note of. */
  readonly news?: readonly ValueChange[]
  readonly contested?: readonly string[]
  readonly blame?: ReadonlyMap<string, FieldBlame>
  readonly isReadOnly?: boolean
  /** Whether the record does not exist yet. */
  readonly isNew?: boolean
  readonly onSubmit: () => void
  readonly children?: ReactNode
}

/** The fields of a record of any kind. */
export function RecordForm(props: RecordFormProps) {
  const { valueOf, onType, errors = noErrors, unsaved = {}, news = [], contested = [], blame } = props
  const { isReadOnly = false, isNew = false, onSubmit, children } = props
  const text = useText()
  const fields = props.fields.filter(({ isFixed }) => isFixed !== true)
  const form = useRef<HTMLFormElement>(null)

  const complaints = Object.fromEntries(
    fields.flatMap(({ name, check }) => {
      const value = valueOf(name)
      const isTyped = name in unsaved || (isNew && value !== null)
      const complaint = isTyped ? check?.(value) : undefined
      return complaint === undefined ? [] : [[name, complaint] as const]
    }),
  )

  // the first that is wrong is where to go on
  const goToError = useCallback(() => {
    form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus()
  }, [])
  useEffect(() => {
    if (errors !== noErrors) goToError()
  }, [errors, goToError])

  return (
    <form
      ref={form}
      noValidate
      aria-label={text('records.form')}
      onSubmit={(event) => {
        event.preventDefault()
        if (Object.keys(complaints).length > 0) goToError()
        else onSubmit()
      }}
    >
      <FormValues value={valueOf}>
        <Paper variant="outlined" sx={{ p: { xs: 2, sm: 2.5 } }}>
          <Box sx={formGrid}>
            {fields.map((field) => (
              <FieldRow
                key={field.name}
                field={field}
                value={valueOf(field.name)}
                onType={onType}
                errors={{ ...complaints, ...errors }}
                isUnsaved={field.name in unsaved}
                news={news.find((change) => change.field === field.name)}
                isContested={contested.includes(field.name)}
                blame={blame?.get(field.name)}
                isReadOnly={isReadOnly}
              />
            ))}
          </Box>
        </Paper>
      </FormValues>
      {children}
    </form>
  )
}
