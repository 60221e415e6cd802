import Avatar from '@mui/material/Avatar'
import Box from '@mui/material/Box'
import Button from '@mui/material/Button'
import Chip from '@mui/material/Chip'
import Tooltip from '@mui/material/Tooltip'
import Typography from '@mui/material/Typography'
import type { HistoryEntry } from '@unlost/client'
import { nameOf } from '@unlost/react'
import { Link } from 'react-router'
import { initialOf } from '../layout/initialOf.js'
import { useFormats } from '../texts/useFormats.js'
import { useNow } from '../texts/useNow.js'
import { useText } from '../texts/useText.js'
import { ChangeList } from './ChangeList.js'
import type { Field } from './kind.js'
import { Overwritten } from './Overwritten.js'

interface HistoryItemProps {
  readonly entry: HistoryEntry
  readonly fields: readonly Field[]
  /** Where the record is in the console. */
  readonly path: string
  readonly isNewest: boolean
  readonly onRestore: () => void
}

export function HistoryItem({ entry, fields, path, isNewest, onRestore }: HistoryItemProps) {
  const text = useText()
  const formats = useFormats()
  const now = useNow()
  const { version, action, updatedAt, updatedBy, updatedByInfo, appliedOver, toVersion } = entry
  const who = nameOf(updatedBy, updatedByInfo) ?? text('records.somebody')
  const number = formats.number(version)
  return (
    <Box component="li" sx={{ py: 1.5, borderTop: 1, borderColor: 'divider' }}>
      <Box sx={{ display: 'flex', gap: 1.25, alignItems: 'flex-start' }}>
        <Avatar
          aria-hidden
          sx={{ width: 28, height: 28, fontSize: 13, bgcolor: 'action.selected', color: 'text.primary' }}
        >
          {initialOf(who)}
        </Avatar>
        <Box sx={{ minWidth: 0, flexGrow: 1 }}>
          <Typography component="h3" variant="body2" sx={{ fontWeight: 600, overflowWrap: 'anywhere' }}>
            {text(`history.${action}`, {
              who,
              toVersion: toVersion === undefined ? '' : formats.number(toVersion),
            })}
          </Typography>
          <Typography variant="body2" sx={{ color: 'text.secondary' }}>
            {text('history.version', { version: number })}
            {' · '}
            <Tooltip title={formats.when(updatedAt)}>
              <time dateTime={updatedAt}>{formats.ago(updatedAt, now)}</time>
            </Tooltip>
          </Typography>
          <Box sx={{ display: 'flex', gap: 0.5, flexWrap: 'wrap', '&:not(:empty)': { mt: 0.5 } }}>
            {appliedOver?.merged === true && <Chip size="small" label={text('history.merged')} />}
            {entry.unconditional === true && <Chip size="small" label={text('history.unconditional')} />}
            {entry.internal === true && <Chip size="small" label={text('history.internal')} />}
          </Box>
          {appliedOver !== undefined && <Overwritten over={appliedOver} fields={fields} />}
          {entry.changes.length > 0 && (
            <ChangeList fields={fields} changes={entry.changes} isFirst={action === 'create'} />
          )}
          <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 0.5, mt: 0.5, ml: -0.75 }}>
            <Button
              component={Link}
              to={`${path}?version=${version}`}
              size="small"
              aria-label={text('history.lookAt', { version: number })}
            >
              {text('history.look')}
            </Button>
            {!isNewest && (
              <Button
                size="small"
                onClick={onRestore}
                aria-label={text('history.restoreVersion', { version: number })}
              >
                {text('history.restoreIt')}
              </Button>
            )}
          </Box>
        </Box>
      </Box>
    </Box>
  )
}
