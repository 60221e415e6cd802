import Autocomplete from '@mui/material/Autocomplete'
import TextField from '@mui/material/TextField'
import { useMemo } from 'react'
import { useFormats } from '../texts/useFormats.js'
import { usePickTexts } from '../texts/usePickTexts.js'
import { COUNTRIES } from './countries.js'

interface CountryFieldProps {
  readonly label: string
  /** ISO 3166-1 alpha-2. */
  readonly value: string | null
  readonly onChange: (code: string | null) => void
  readonly error?: string | undefined
  readonly isReadOnly?: boolean
}

/** A country by its name in the page's language. */
export function CountryField({ label, value, onChange, error, isReadOnly = false }: CountryFieldProps) {
  const texts = usePickTexts()
  const { country, compare } = useFormats()
  const codes = useMemo(
    () => [...COUNTRIES].sort((one, other) => compare(country(one), country(other))),
    [country, compare],
  )
  return (
    <Autocomplete
      {...texts}
      options={codes}
      value={value}
      readOnly={isReadOnly}
      onChange={(_, code) => {
        onChange(code)
      }}
      getOptionLabel={country}
      isOptionEqualToValue={(one, other) => one === other}
      autoHighlight
      renderInput={(parameters) => (
        <TextField {...parameters} label={label} error={error !== undefined} helperText={error} />
      )}
    />
  )
}
