import Box from '@mui/material/Box'
import { useQueryClient } from '@tanstack/react-query'
import type { AnyRecord, FieldValues } from '@unlost/client'
import { useEffect, useState } from 'react'
import { useNavigate } from 'react-router'
import { useNotices } from '../layout/useNotices.js'
import { PageTitle } from '../layout/PageTitle.js'
import { useText } from '../texts/useText.js'
import { BackLink } from './BackLink.js'
import { DraftNotice } from './DraftNotice.js'
import type { RecordKind } from './kind.js'
import { LeaveDialog } from './LeaveDialog.js'
import { RecordForm } from './RecordForm.js'
import { takeNote } from './recordQueries.js'
import { SaveBar } from './SaveBar.js'
import { useNewRecord } from './useNewRecord.js'

interface NewRecordPageProps<R extends AnyRecord, F extends object> {
  readonly kind: RecordKind<R, F>
  /** Where its draft is kept, among those of its kind. */
  readonly draft?: string
  /** What it begins with. */
  readonly initial?: FieldValues
}

/** The form for a record that does not exist yet. */
export function NewRecordPage<R extends AnyRecord, F extends object>(props: NewRecordPageProps<R, F>) {
  const { kind, draft = 'new', initial = nothing } = props
  const text = useText()
  const go = useNavigate()
  const notify = useNotices()
  const queries = useQueryClient()
  const form = useNewRecord(kind.records, draft)
  const [created, setCreated] = useState<R | null>(null)
  const isDirty = Object.keys(form.input).length > 0

  useEffect(() => {
    // not before nothing is unsaved any more, or the way there would be barred
    if (created !== null && !isDirty) void go(`${kind.path}/${created.id}`, { replace: true })
  }, [created, isDirty, go, kind.path])

  const create = async () => {
    const record = await form.create(initial)
    if (record === undefined) return
    takeNote(queries, kind.records, record)
    notify(text('records.created', { title: kind.titleOf(record) }))
    setCreated(record)
  }

  return (
    <>
      <PageTitle title={kind.newName} above={<BackLink kind={kind} />} />
      <Box sx={{ maxWidth: 760 }}>
        {form.restoredAt !== null && isDirty && <DraftNotice at={form.restoredAt} onDiscard={form.discard} />}
        <RecordForm
          fields={kind.fields}
          valueOf={(field) => form.input[field] ?? initial[field] ?? null}
          onType={form.type}
          errors={form.errors}
          isNew
          onSubmit={() => void create()}
        >
          <SaveBar
            count={Object.keys(form.input).length}
            isSaving={form.isSaving}
            isNew
            cause={form.cause}
            onDiscard={form.discard}
          />
        </RecordForm>
      </Box>
      <LeaveDialog isDirty={isDirty} onDiscard={form.discard} />
    </>
  )
}

const nothing: FieldValues = {}
