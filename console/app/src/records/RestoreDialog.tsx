import { useQueryClient } from '@tanstack/react-query'
import { ConflictError, type AnyRecord } from '@unlost/client'
import { recordKey } from '@unlost/react'
import { useNotices } from '../layout/useNotices.js'
import { useFormats } from '../texts/useFormats.js'
import { useText } from '../texts/useText.js'
import { ConfirmDialog } from './ConfirmDialog.js'
import type { RecordKind } from './kind.js'
import { takeNote } from './recordQueries.js'
import type { Confirmed } from './useConfirmed.js'

interface RestoreDialogProps<R extends AnyRecord, F extends object> {
  readonly kind: RecordKind<R, F>
  readonly id: string
  /** The newest version, which this is based on. */
  readonly version: number
  /** The version to bring back. */
  readonly restoration: Confirmed<number>
  readonly onRestore?: () => void
}

export function RestoreDialog<R extends AnyRecord, F extends object>(props: RestoreDialogProps<R, F>) {
  const { kind, id, version, restoration, onRestore } = props
  const { records } = kind
  const text = useText()
  const formats = useFormats()
  const notify = useNotices()
  const queries = useQueryClient()

  const restore = async (toVersion: number) => {
    let record: R
    try {
      record = await records.restore(id, version, toVersion)
    } catch (cause) {
      if (cause instanceof ConflictError)
        await queries.invalidateQueries({ queryKey: recordKey(records, id) })
      throw cause
    }
    takeNote(queries, records, record)
    // a deletion is an error of the query, which goes only when it is read again
    await queries.invalidateQueries({ queryKey: recordKey(records, id) })
    notify(text('records.restored', { version: formats.number(toVersion) }))
    onRestore?.()
  }

  return (
    <ConfirmDialog
      isOpen={restoration.asked !== null}
      title={text('records.restoreTitle', { version: formats.number(restoration.asked ?? 1) })}
      about={text('records.restoreAbout')}
      confirm={text('records.restore')}
      isBusy={restoration.isBusy}
      failure={restoration.failure}
      onConfirm={() => void restoration.run(restore)}
      onCancel={restoration.cancel}
    />
  )
}
