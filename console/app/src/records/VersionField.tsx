import TextField from '@mui/material/TextField'
import { useState } from 'react'

interface VersionFieldProps {
  readonly label: string
  readonly value: number
  readonly newest: number
  readonly onChange: (version: number) => void
}

/** A version from 1 to the newest. */
export function VersionField({ label, value, newest, onChange }: VersionFieldProps) {
  const [typed, setTyped] = useState<string | null>(null) // null while it says the value
  return (
    <TextField
      label={label}
      type="number"
      value={typed ?? String(value)}
      onChange={(event) => {
        setTyped(event.target.value)
        const version = Number(event.target.value)
        if (Number.isInteger(version) && version >= 1 && version <= newest) onChange(version)
      }}
      onBlur={() => {
        setTyped(null)
      }}
      slotProps={{ htmlInput: { min: 1, max: newest, step: 1, inputMode: 'numeric' } }}
    />
  )
}
