import Box from '@mui/material/Box'
import type { Json } from '@unlost/client'
import { useText } from '../texts/useText.js'
import { ChangedValue } from './ChangedValue.js'
import { fieldNamed, type Field } from './kind.js'

interface ChangeListProps {
  readonly fields: readonly Field[]
  readonly changes: readonly { readonly field: string; readonly from?: unknown; readonly to?: unknown }[]
  /** Those that were typed in here as well. */
  readonly contested?: readonly string[]
  /** Whether there was nothing before. */
  readonly isFirst?: boolean
}

/** Fields with their values before and after. */
export function ChangeList({ fields, changes, contested = [], isFirst = false }: ChangeListProps) {
  const text = useText()
  return (
    <Box component="dl" sx={{ m: 0, mt: 1, display: 'grid', gap: 0.75, typography: 'body2' }}>
      {changes.map(({ field, from, to }) => {
        const { label, show } = fieldNamed(fields, field)
        return (
          <div key={field}>
            <Box component="dt" sx={{ fontWeight: 600 }}>
              {label}
              {contested.includes(field) && (
                <Box component="span" sx={{ color: 'secondary.main', ml: 1 }}>
                  {text('records.alsoYours')}
                </Box>
              )}
            </Box>
            <Box component="dd" sx={{ m: 0 }}>
              <ChangedValue
                from={isFirst ? undefined : show((from ?? null) as Json)}
                to={show((to ?? null) as Json)}
              />
            </Box>
          </div>
        )
      })}
    </Box>
  )
}
