import SearchIcon from '@mui/icons-material/Search'
import InputAdornment from '@mui/material/InputAdornment'
import TextField from '@mui/material/TextField'
import { useEffect, useState, type ComponentType } from 'react'
import type { SvgIconProps } from '@mui/material/SvgIcon'

/** How long to wait for more to be typed, in milliseconds. */
const PAUSE = 250

interface SearchFieldProps {
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
  readonly Icon?: ComponentType<SvgIconProps>
  readonly type?: 'search' | 'email'
}

/** Asks for what was typed once the typing pauses. */
export function SearchField({
  label,
  value,
  onChange,
  Icon = SearchIcon,
  type = 'search',
}: SearchFieldProps) {
  const [typed, setTyped] = useState(value)
  const [asked, setAsked] = useState(value)
  if (asked !== value) {
    // changed elsewhere, as by going back
    setAsked(value)
    if (typed.trim() !== value) setTyped(value)
  }
  useEffect(() => {
    const next = typed.trim()
    if (next === value) return
    const timer = setTimeout(() => {
      onChange(next)
    }, PAUSE)
    return () => {
      clearTimeout(timer)
    }
  }, [typed, value, onChange])
  return (
    <TextField
      label={label}
      type={type}
      value={typed}
      onChange={(event) => {
        setTyped(event.target.value)
      }}
      slotProps={{
        htmlInput: { autoComplete: 'off' },
        input: {
          startAdornment: (
            <InputAdornment position="start">
              <Icon fontSize="small" />
            </InputAdornment>
          ),
        },
      }}
    />
  )
}
