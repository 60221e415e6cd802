import Alert from '@mui/material/Alert'
import AlertTitle from '@mui/material/AlertTitle'
import Box from '@mui/material/Box'
import Button from '@mui/material/Button'
import { useQuery } from '@tanstack/react-query'
import type { AnyRecord, Deleted } from '@unlost/client'
import { nameOf } from '@unlost/react'
import { PageTitle } from '../layout/PageTitle.js'
import { useFormats } from '../texts/useFormats.js'
import { useText } from '../texts/useText.js'
import { BackLink } from './BackLink.js'
import { Edits } from './editing.js'
import { HistoryPanel } from './HistoryPanel.js'
import type { RecordKind } from './kind.js'
import { LeftInput } from './LeftInput.js'
import { pageGrid } from './pageGrid.js'
import { pastKeys } from './recordQueries.js'
import { RestoreDialog } from './RestoreDialog.js'
import { useConfirmed } from './useConfirmed.js'
import { VersionFields } from './VersionFields.js'

interface DeletedRecordProps<R extends AnyRecord, F extends object> {
  readonly kind: RecordKind<R, F>
  readonly id: string
  readonly deletion: Deleted
}

/** A record that was deleted: who, when, what it was; and the way back. */
export function DeletedRecord<R extends AnyRecord, F extends object>(props: DeletedRecordProps<R, F>) {
  const { kind, id, deletion } = props
  const { records, fields } = kind
  const text = useText()
  const formats = useFormats()
  const restoration = useConfirmed<number>()
  const { data } = useQuery({
    queryKey: pastKeys.version(records, id, deletion.version),
    queryFn: () => records.versionAt(id, deletion.version),
    staleTime: Infinity,
  })
  const edits = new Edits(records.resource)
  return (
    <>
      <PageTitle
        title={data === undefined ? text('records.deletedTitle') : kind.titleOf(data)}
        above={<BackLink kind={kind} />}
      />
      <Box sx={pageGrid}>
        <div>
          <Alert
            severity="warning"
            sx={{ mb: 2 }}
            action={
              <Button
                color="inherit"
                size="small"
                onClick={() => {
                  restoration.ask(deletion.version)
                }}
              >
                {text('records.restore')}
              </Button>
            }
          >
            <AlertTitle>{text('records.deletedTitle')}</AlertTitle>
            {text('records.deletedBy', {
              who: nameOf(deletion.deletedBy, deletion.deletedByInfo) ?? text('records.somebody'),
              when: formats.when(deletion.deletedAt),
            })}
          </Alert>
          <LeftInput kind={kind} id={id} />
          {data !== undefined && (
            <VersionFields fields={fields} valueOf={(field) => edits.valueOf(data, field)} />
          )}
        </div>
        <HistoryPanel kind={kind} id={id} version={deletion.version} />
      </Box>
      <RestoreDialog kind={kind} id={id} version={deletion.version} restoration={restoration} />
    </>
  )
}
