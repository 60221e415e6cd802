import Alert from '@mui/material/Alert'
import Box from '@mui/material/Box'
import Button from '@mui/material/Button'
import { useQuery } from '@tanstack/react-query'
import { difference, fieldsOf, type AnyRecord, type Deleted } from '@unlost/client'
import { Link, useNavigate } from 'react-router'
import { PageTitle } from '../layout/PageTitle.js'
import { useFormats } from '../texts/useFormats.js'
import { useText } from '../texts/useText.js'
import { BackLink } from './BackLink.js'
import { Edits } from './editing.js'
import { HistoryPanel } from './HistoryPanel.js'
import type { RecordKind } from './kind.js'
import { LastChange } from './LastChange.js'
import { MissingRecord } from './MissingRecord.js'
import { pageGrid } from './pageGrid.js'
import { RecordSkeleton } from './RecordSkeleton.js'
import { pastKeys } from './recordQueries.js'
import { RestoreDialog } from './RestoreDialog.js'
import { useConfirmed } from './useConfirmed.js'
import { VersionFields } from './VersionFields.js'

interface EarlierVersionProps<R extends AnyRecord, F extends object> {
  readonly kind: RecordKind<R, F>
  readonly id: string
  readonly version: number
  /** The record as it is now, as far as is known. */
  readonly now: R | undefined
  readonly deletion: Deleted | undefined
}

/** A record as it was. */
export function EarlierVersion<R extends AnyRecord, F extends object>(props: EarlierVersionProps<R, F>) {
  const { kind, id, version, now, deletion } = props
  const { records } = kind
  const text = useText()
  const formats = useFormats()
  const go = useNavigate()
  const restoration = useConfirmed<number>()
  const { data, error, refetch } = useQuery({
    queryKey: pastKeys.version(records, id, version),
    queryFn: () => records.versionAt(id, version),
    staleTime: Infinity,
  })
  const path = `${kind.path}/${id}`
  if (data === undefined) {
    if (error === null) return <RecordSkeleton kind={kind} />
    return <MissingRecord kind={kind} error={error} onRetry={() => void refetch()} />
  }
  const newest = deletion?.version ?? (now === undefined ? version : records.resource.versionOf(now))
  const { resource } = records
  const isThereNow = deletion === undefined && now !== undefined
  const changed = isThereNow
    ? Object.keys(difference(resource, fieldsOf(resource, data), fieldsOf(resource, now)))
    : []
  const edits = new Edits(resource)

  return (
    <>
      <PageTitle
        title={kind.titleOf(data)}
        above={<BackLink kind={kind} />}
        below={<LastChange records={records} record={data} />}
      />
      <Box sx={pageGrid}>
        <div>
          <Alert
            severity="info"
            sx={{ mb: 2 }}
            action={
              <Button component={Link} to={path} color="inherit" size="small">
                {text('history.backToNow')}
              </Button>
            }
          >
            {version === newest
              ? text('history.isNow', { version: formats.number(version) })
              : text('history.asItWas', { version: formats.number(version), newest: formats.number(newest) })}
            {changed.length > 0 && <div>{text('history.differs', { count: changed.length })}</div>}
          </Alert>
          <VersionFields
            fields={kind.fields}
            valueOf={(field) => edits.valueOf(data, field)}
            nowOf={(field) =>
              changed.includes(field) && now !== undefined ? edits.valueOf(now, field) : undefined
            }
          />
          {version !== newest && (
            <Button
              variant="contained"
              sx={{ mt: 2 }}
              onClick={() => {
                restoration.ask(version)
              }}
            >
              {text('history.restoreVersion', { version: formats.number(version) })}
            </Button>
          )}
        </div>
        <HistoryPanel kind={kind} id={id} version={newest} />
      </Box>
      <RestoreDialog
        kind={kind}
        id={id}
        version={newest}
        restoration={restoration}
        onRestore={() => void go(path)}
      />
    </>
  )
}
