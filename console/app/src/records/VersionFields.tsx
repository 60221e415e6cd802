import Box from '@mui/material/Box'
import Paper from '@mui/material/Paper'
import type { Json } from '@unlost/client'
import { useText } from '../texts/useText.js'
import type { Field } from './kind.js'

interface VersionFieldsProps {
  readonly fields: readonly Field[]
  readonly valueOf: (field: string) => Json
  /** What a field says now, where that is something else. */
  readonly nowOf?: (field: string) => Json | undefined
}

/** The fields of a record, to read. */
export function VersionFields({ fields, valueOf, nowOf }: VersionFieldsProps) {
  const text = useText()
  return (
    <Paper variant="outlined" component="dl" sx={{ m: 0, p: { xs: 2, sm: 2.5 }, display: 'grid', gap: 1.75 }}>
      {fields.map((field) => {
        const shown = field.show(valueOf(field.name))
        const now = nowOf?.(field.name)
        return (
          <div key={field.name}>
            <Box component="dt" sx={{ typography: 'body2', color: 'text.secondary' }}>
              {field.label}
            </Box>
            <Box component="dd" sx={{ m: 0, overflowWrap: 'anywhere', whiteSpace: 'pre-wrap' }}>
              {shown || (
                <Box component="span" sx={{ color: 'text.secondary', fontStyle: 'italic' }}>
                  {text('records.none')}
                </Box>
              )}
              {now !== undefined && (
                <Box sx={{ typography: 'body2', color: 'secondary.main' }}>
                  {text('history.now', { value: field.show(now) || text('records.none') })}
                </Box>
              )}
            </Box>
          </div>
        )
      })}
    </Paper>
  )
}
