import DeleteIcon from '@mui/icons-material/DeleteOutlined'
import Button from '@mui/material/Button'
import { useQueryClient } from '@tanstack/react-query'
import { ConflictError, type AnyRecord } from '@unlost/client'
import { recordKey } from '@unlost/react'
import { useNotices } from '../layout/useNotices.js'
import { useText } from '../texts/useText.js'
import { ConfirmDialog } from './ConfirmDialog.js'
import type { RecordKind } from './kind.js'
import { takeNote } from './recordQueries.js'
import { useConfirmed } from './useConfirmed.js'
import { draftKey, useDrafts } from './useDrafts.js'

interface RecordActionsProps<R extends AnyRecord, F extends object> {
  readonly kind: RecordKind<R, F>
  readonly record: R
  readonly onDelete: () => void
}

/** What can be done with a whole record. */
export function RecordActions<R extends AnyRecord, F extends object>(props: RecordActionsProps<R, F>) {
  const { kind, record, onDelete } = props
  const { records } = kind
  const text = useText()
  const queries = useQueryClient()
  const notify = useNotices()
  const drafts = useDrafts()
  const deletion = useConfirmed<R>()

  const remove = async (shown: R) => {
    try {
      await records.delete(shown.id, records.resource.versionOf(shown))
    } catch (cause) {
      // show what it says now, so that it is decided on that
      if (cause instanceof ConflictError)
        takeNote(queries, records, (cause as ConflictError<R>).conflict.current)
      throw cause
    }
    drafts.drop(draftKey(records.resource, shown.id))
    onDelete()
    notify(text('records.deleted', { title: kind.titleOf(shown) }))
    await queries.invalidateQueries({ queryKey: recordKey(records, shown.id) })
  }

  return (
    <>
      <Button
        color="error"
        startIcon={<DeleteIcon />}
        onClick={() => {
          deletion.ask(record)
        }}
      >
        {text('records.delete')}
      </Button>
      <ConfirmDialog
        isOpen={deletion.asked !== null}
        title={text('records.deleteTitle', { title: kind.titleOf(record) })}
        about={text('records.deleteAbout')}
        confirm={text('records.delete')}
        isDangerous
        isBusy={deletion.isBusy}
        failure={deletion.failure}
        onConfirm={() => void deletion.run(() => remove(record))}
        onCancel={deletion.cancel}
      />
    </>
  )
}
