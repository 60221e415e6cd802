import Box from '@mui/material/Box'
import type { AnyRecord, Deleted } from '@unlost/client'
import { ConflictResolutionDialog } from '@unlost/react'
import { useEffect, useState } from 'react'
import { PageTitle } from '../layout/PageTitle.js'
import { BackLink } from './BackLink.js'
import { DeletedMeanwhile } from './DeletedMeanwhile.js'
import { DraftNotice } from './DraftNotice.js'
import type { Editing } from './editing.js'
import { HistoryPanel } from './HistoryPanel.js'
import { fieldNamed, type RecordKind } from './kind.js'
import { LastChange } from './LastChange.js'
import { LeaveDialog } from './LeaveDialog.js'
import { LiveBanner } from './LiveBanner.js'
import { pageGrid } from './pageGrid.js'
import { RecordActions } from './RecordActions.js'
import { RecordForm } from './RecordForm.js'
import { SaveBar } from './SaveBar.js'
import { useBlame } from './useBlame.js'
import { useRecordEditing } from './useRecordEditing.js'

interface RecordEditorProps<R extends AnyRecord, F extends object> {
  readonly kind: RecordKind<R, F>
  readonly begun: Editing<R>
  /** When the draft that it begins with was left; null where there is none. */
  readonly restoredAt: string | null
  readonly newest: R
  readonly deletion: Deleted | undefined
  readonly onDirty: (isDirty: boolean) => void
}

export function RecordEditor<R extends AnyRecord, F extends object>(props: RecordEditorProps<R, F>) {
  const { kind, begun, newest, deletion, onDirty } = props
  const { records, fields } = kind
  const [restoredAt, setRestoredAt] = useState(props.restoredAt)
  const form = useRecordEditing(kind, begun, newest)
  const { edits, editing, isDirty, lock } = form
  const blame = useBlame(records, newest.id)
  // what was restored is saved or gone: what is typed from now on is no draft
  if (restoredAt !== null && !isDirty) setRestoredAt(null)
  const version = edits.versionOf(editing.newest)

  useEffect(() => {
    onDirty(isDirty)
  }, [isDirty, onDirty])

  return (
    <>
      <PageTitle
        title={kind.titleOf(editing.newest)}
        above={<BackLink kind={kind} />}
        below={<LastChange records={records} record={editing.newest} />}
        actions={<RecordActions kind={kind} record={editing.newest} onDelete={form.discard} />}
      />
      <Box sx={pageGrid}>
        <div>
          {restoredAt !== null && <DraftNotice at={restoredAt} onDiscard={form.discard} />}
          {deletion !== undefined && <DeletedMeanwhile deletion={deletion} onDiscard={form.discard} />}
          <LiveBanner kind={kind} edits={edits} editing={editing} onSeen={form.see} />
          <RecordForm
            fields={fields}
            valueOf={(field) => edits.shown(editing, field)}
            onType={form.type}
            errors={form.errors}
            unsaved={editing.input}
            news={edits.news(editing)}
            contested={edits.contested(editing)}
            blame={blame}
            onSubmit={() => void form.save()}
          >
            <SaveBar
              count={Object.keys(editing.input).length}
              isSaving={lock.isSaving}
              cause={form.cause}
              onDiscard={form.discard}
            />
          </RecordForm>
        </div>
        <HistoryPanel kind={kind} id={newest.id} version={version} />
      </Box>
      <ConflictResolutionDialog
        lock={lock}
        fieldLabel={(field) => fieldNamed(fields, field).label}
        personNamed={(sub) => [...blame.values()].find(({ updatedBy }) => updatedBy === sub)?.updatedByInfo}
        formatValue={(field, value) => fieldNamed(fields, field).show(value) || undefined}
      />
      <LeaveDialog isDirty={isDirty} onDiscard={form.discard} />
    </>
  )
}
