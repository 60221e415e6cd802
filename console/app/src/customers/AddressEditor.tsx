import Box from '@mui/material/Box'
import TextField from '@mui/material/TextField'
import { isObject, type Address, type Json } from '@unlost/client'
import { FieldGroup } from '../records/editors/FieldGroup.js'
import type { EditorProps } from '../records/kind.js'
import { useText, type TextKey } from '../texts/useText.js'
import { CountryField } from './CountryField.js'

const PARTS = ['street', 'postalCode', 'city', 'region'] as const satisfies readonly (keyof Address)[]

const NAMES: Record<(typeof PARTS)[number], TextKey> = {
  street: 'customers.street',
  postalCode: 'customers.postalCode',
  city: 'customers.city',
  region: 'customers.region',
}

/** An address: one value, whatever part of it is changed. */
export function AddressEditor(props: EditorProps) {
  const { field, id, value, onChange, errors, describedBy, isReadOnly = false } = props
  const text = useText()
  const address: Address = isObject(value) ? value : {}

  const set = (part: keyof Address, next: string | null) => {
    const { [part]: _, ...others } = address
    const parts = Object.entries({ ...others, [part]: next }).filter(
      ([, each]) => each !== null && each !== '',
    )
    onChange(parts.length === 0 ? null : (Object.fromEntries(parts) as Json))
  }

  return (
    <FieldGroup label={field.label} describedBy={describedBy}>
      <Box sx={{ display: 'grid', gap: 1.5, gridTemplateColumns: { xs: '1fr', sm: '1fr 2fr' } }}>
        {PARTS.map((part) => {
          const error = errors[`${field.name}.${part}`]
          return (
            <TextField
              key={part}
              id={part === 'street' ? id : `${id}-${part}`}
              label={text(NAMES[part])}
              value={address[part] ?? ''}
              error={error !== undefined}
              helperText={error}
              onChange={(event) => {
                set(part, event.target.value)
              }}
              sx={part === 'street' ? { gridColumn: '1 / -1' } : {}}
              slotProps={{ htmlInput: { readOnly: isReadOnly, autoComplete: 'off' } }}
            />
          )
        })}
        <Box sx={{ gridRow: { sm: 3 }, gridColumn: { sm: 2 } }}>
          <CountryField
            label={text('customers.country')}
            value={address.country ?? null}
            onChange={(country) => {
              set('country', country)
            }}
            error={errors[`${field.name}.country`]}
            isReadOnly={isReadOnly}
          />
        </Box>
      </Box>
    </FieldGroup>
  )
}
