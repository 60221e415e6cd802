import Alert from '@mui/material/Alert'
import Box from '@mui/material/Box'
import Button from '@mui/material/Button'
import Paper from '@mui/material/Paper'
import Skeleton from '@mui/material/Skeleton'
import Typography from '@mui/material/Typography'
import type { AnyRecord } from '@unlost/client'
import { useId } from 'react'
import { useProblemText } from '../layout/useProblemText.js'
import { useText } from '../texts/useText.js'
import { CompareVersions } from './CompareVersions.js'
import { HistoryItem } from './HistoryItem.js'
import type { RecordKind } from './kind.js'
import { RestoreDialog } from './RestoreDialog.js'
import { useConfirmed } from './useConfirmed.js'
import { useHistory } from './useHistory.js'

interface HistoryPanelProps<R extends AnyRecord, F extends object> {
  readonly kind: RecordKind<R, F>
  readonly id: string
  /** The newest version, a deletion's included. */
  readonly version: number
}

/** All that ever happened to a record: who, when and what; to compare, to look at and to bring back. */
export function HistoryPanel<R extends AnyRecord, F extends object>(props: HistoryPanelProps<R, F>) {
  const { kind, id, version } = props
  const { records, fields } = kind
  const text = useText()
  const why = useProblemText()
  const heading = useId()
  const restoration = useConfirmed<number>()
  const { entries, error, hasNextPage, isFetchingNextPage, fetchNextPage, refetch } = useHistory(records, id)

  return (
    <Paper
      component="section"
      variant="outlined"
      aria-labelledby={heading}
      sx={{ p: { xs: 2, sm: 2.5 }, minWidth: 0 }}
    >
      <Typography id={heading} variant="h2" sx={{ mb: 1.5 }}>
        {text('history.title')}
      </Typography>
      {version > 1 && <CompareVersions kind={kind} id={id} newest={version} />}
      {error !== null && (
        <Alert
          severity="error"
          action={
            <Button color="inherit" size="small" onClick={() => void refetch()}>
              {text('layout.retry')}
            </Button>
          }
        >
          {why(error)}
        </Alert>
      )}
      {entries === undefined ? (
        error === null && <Skeleton variant="rounded" height={160} />
      ) : (
        <Box component="ol" aria-labelledby={heading} sx={{ listStyle: 'none', m: 0, p: 0 }}>
          {entries.map((entry) => (
            <HistoryItem
              key={entry.version}
              entry={entry}
              fields={fields}
              path={`${kind.path}/${id}`}
              isNewest={entry.version === version}
              onRestore={() => {
                restoration.ask(entry.version)
              }}
            />
          ))}
        </Box>
      )}
      {hasNextPage && (
        <Button fullWidth loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {text('history.more')}
        </Button>
      )}
      <RestoreDialog kind={kind} id={id} version={version} restoration={restoration} />
    </Paper>
  )
}
