import Typography from '@mui/material/Typography'
import type { HistoryEntry } from '@unlost/client'
import { nameOf } from '@unlost/react'
import { useFormats } from '../texts/useFormats.js'
import { useText } from '../texts/useText.js'
import { fieldNamed, type Field } from './kind.js'

interface OverwrittenProps {
  readonly over: NonNullable<HistoryEntry['appliedOver']>
  readonly fields: readonly Field[]
}

/** Whose values a change replaced that its author had not begun with. */
export function Overwritten({ over, fields }: OverwrittenProps) {
  const text = useText()
  const formats = useFormats()
  if (over.overwritten.length === 0) return null
  const told = over.overwritten.map(({ field, changedBy, changedByInfo, version }) =>
    text('history.overwrittenField', {
      field: fieldNamed(fields, field).label,
      who: nameOf(changedBy, changedByInfo) ?? text('records.somebody'),
      version: formats.number(version),
    }),
  )
  return (
    <Typography variant="body2" sx={{ color: 'secondary.main', mt: 0.5 }}>
      {text('history.overwrote', { fields: formats.list(told) })}
    </Typography>
  )
}
