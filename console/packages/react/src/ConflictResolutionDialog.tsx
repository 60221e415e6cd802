import type { Conflict, FieldChange, FieldValues, Json, Person } from '@unlost/client'
import Alert from '@mui/material/Alert'
import Button from '@mui/material/Button'
import Dialog from '@mui/material/Dialog'
import DialogActions from '@mui/material/DialogActions'
import DialogContent from '@mui/material/DialogContent'
import DialogTitle from '@mui/material/DialogTitle'
import Stack from '@mui/material/Stack'
import Typography from '@mui/material/Typography'
import { useTheme } from '@mui/material/styles'
import useMediaQuery from '@mui/material/useMediaQuery'
import { useId, useState, type ReactNode } from 'react'
import { FieldConflict } from './FieldConflict.js'
import { canResend, canRestore, decided, mergeOf, resultOf, type Choices } from './merge.js'
import { nameOf } from './people.js'
import type { OptimisticLock, PendingConflict } from './useOptimisticLock.js'
import { useTexts } from './useTexts.js'
import { shown } from './values.js'

type Lock = Pick<
  OptimisticLock<unknown>,
  | 'conflict'
  | 'accessLost'
  | 'error'
  | 'isResolving'
  | 'handleOverwrite'
  | 'handleMerge'
  | 'handleRestore'
  | 'handleReload'
  | 'handleCancel'
>

export interface ConflictResolutionDialogProps {
  /** What `useOptimisticLock` answers with. */
  readonly lock: Lock
  /** What people call a field, by its name: `phone`, `data.price`. */
  readonly fieldLabel?: (field: string) => string
  /** How a field's value is shown; undefined for the way of this dialog. */
  readonly formatValue?: (field: string, value: Json) => string | undefined
  /** What is known of somebody, by their `sub`: a conflict tells only of the last author. */
  readonly personNamed?: (sub: string) => Person | null | undefined
}

/** Shows what somebody else did to a record that was edited here, and lets people settle it. */
export function ConflictResolutionDialog(props: ConflictResolutionDialogProps) {
  const { lock, fieldLabel = (field: string) => field, formatValue, personNamed } = props
  const { text } = useTexts()
  const title = useId()
  const summary = useId()
  const pending = lock.accessLost ? null : lock.conflict
  const isNarrow = useMediaQuery(useTheme().breakpoints.down('sm'), { noSsr: true })

  return (
    <Dialog
      open={lock.accessLost || pending !== null}
      fullWidth
      fullScreen={isNarrow}
      maxWidth="md"
      aria-labelledby={title}
      aria-describedby={summary}
      onClose={(_, reason) => {
        // a click beside the dialog is too easily made
        if (reason === 'escapeKeyDown') lock.handleCancel()
      }}
    >
      <DialogTitle id={title}>
        {lock.accessLost ? text('titleAccessLost') : pending && titleOf(pending, text)}
      </DialogTitle>
      {lock.accessLost && <AccessLost summary={summary} lock={lock} />}
      {pending !== null && (
        <Settlement
          // what was chosen belongs to one conflict
          key={`${pending.id} ${pending.conflict.actualVersion} ${pending.round}`}
          pending={pending}
          lock={lock}
          summary={summary}
          label={fieldLabel}
          personNamed={personNamed}
          format={(field, value) =>
            (value === undefined ? undefined : formatValue?.(field, value)) ?? shown(value, text('none'))
          }
        />
      )}
    </Dialog>
  )
}

function titleOf({ conflict }: PendingConflict<unknown>, text: ReturnType<typeof useTexts>['text']): string {
  switch (conflict.reason) {
    case 'stale':
    case 'ahead':
      return text('title')
    case 'deleted':
      return text('titleDeleted')
    case 'exists':
      return text('titleExists')
  }
}

function AccessLost({ summary, lock }: { summary: string; lock: Lock }) {
  const { text } = useTexts()
  return (
    <>
      <DialogContent>
        <Typography id={summary}>{text('accessLost')}</Typography>
      </DialogContent>
      <DialogActions>
        <Button autoFocus onClick={lock.handleCancel}>
          {text('cancel')}
        </Button>
      </DialogActions>
    </>
  )
}

interface SettlementProps {
  readonly pending: PendingConflict<unknown>
  readonly lock: Lock
  readonly summary: string
  readonly label: (field: string) => string
  readonly format: (field: string, value: Json | undefined) => string
  readonly personNamed: ConflictResolutionDialogProps['personNamed']
}

function Settlement({ pending, lock, summary, label, format, personNamed }: SettlementProps) {
  const { text } = useTexts()
  const status = useId()
  const [choices, setChoices] = useState<Choices>({})
  const { conflict, edits, round } = pending
  const merge = mergeOf(conflict, edits)
  const values = decided(merge, choices)
  const undecided = merge.toDecide.filter(
    (change) => resultOf(change, choices[change.field]) === undefined,
  ).length
  const resendable = canResend(conflict)
  const busy = lock.isResolving

  const authorOf = ({ changedBy }: FieldChange) => {
    const { updatedBy, updatedByInfo } = conflict
    const known =
      changedBy === undefined || changedBy === updatedBy ? updatedByInfo : personNamed?.(changedBy)
    return nameOf(changedBy, known) ?? text('unknownUser')
  }
  const all = (take: 'mine' | 'theirs') => {
    if (!busy) setChoices(Object.fromEntries(merge.toDecide.map(({ field }) => [field, { take }])))
  }

  return (
    <>
      <DialogContent>
        <Summary id={summary} pending={pending} label={label} />
        {round > 1 && (
          <Alert severity="warning" role="alert" sx={{ mb: 2 }}>
            {text('newConflict')}
          </Alert>
        )}
        {lock.error !== null && (
          <Alert severity="error" role="alert" sx={{ mb: 2 }}>
            {text('failed', { reason: lock.error.message })}
          </Alert>
        )}
        {resendable ? (
          <>
            <ByThemselves merge={merge} label={label} format={format} />
            {merge.toDecide.length > 0 && (
              <>
                <Stack
                  direction="row"
                  spacing={1}
                  useFlexGap
                  sx={{ alignItems: 'center', flexWrap: 'wrap', mb: 1 }}
                >
                  <Typography
                    component="h3"
                    variant="h6"
                    sx={{ flexGrow: 1, width: { xs: '100%', sm: 'auto' } }}
                  >
                    {text('decide')}
                  </Typography>
                  <Action
                    busy={busy}
                    onClick={() => {
                      all('mine')
                    }}
                  >
                    {text('allMine')}
                  </Action>
                  <Action
                    busy={busy}
                    onClick={() => {
                      all('theirs')
                    }}
                  >
                    {text('allTheirs')}
                  </Action>
                </Stack>
                {merge.toDecide.map((change) => (
                  <FieldConflict
                    key={change.field}
                    change={change}
                    label={label(change.field)}
                    theirName={authorOf(change)}
                    format={(value) => format(change.field, value)}
                    choice={choices[change.field]}
                    busy={busy}
                    onChoose={(choice) => {
                      setChoices((before) => ({ ...before, [change.field]: choice }))
                    }}
                  />
                ))}
              </>
            )}
          </>
        ) : (
          <Entered edits={edits} label={label} format={format} />
        )}
        <Typography id={status} role="status" variant="body2">
          {busy
            ? text('busy')
            : resendable
              ? undecided > 0
                ? text('undecided', { count: undecided })
                : text('decided')
              : ''}
        </Typography>
      </DialogContent>
      <DialogActions disableSpacing sx={actions}>
        <Action busy={busy} onClick={lock.handleCancel}>
          {text('cancel')}
        </Action>
        {!isTaken(conflict) && (
          <Action busy={busy} color="error" onClick={() => void lock.handleReload()}>
            {text('reload')}
          </Action>
        )}
        {canRestore(conflict) && (
          <Action busy={busy} variant="contained" onClick={() => void lock.handleRestore()}>
            {text('restore')}
          </Action>
        )}
        {resendable && (
          <>
            <Action busy={busy} color="error" onClick={() => void lock.handleOverwrite()}>
              {text('overwrite')}
            </Action>
            <Action
              busy={busy || values === undefined}
              describedBy={status}
              variant="contained"
              onClick={() => {
                if (values !== undefined) void lock.handleMerge(values)
              }}
            >
              {text('save')}
            </Action>
          </>
        )}
      </DialogActions>
    </>
  )
}

/** In one row, or on a phone in two of the same height, of which an odd one takes the last for itself. */
const actions = {
  gap: 1,
  display: { xs: 'grid', sm: 'flex' },
  gridTemplateColumns: '1fr 1fr',
  alignItems: 'stretch',
  '& > :last-child:nth-of-type(odd)': { gridColumn: '1 / -1' },
}

function isTaken(conflict: Conflict<unknown>): boolean {
  return conflict.reason === 'exists' && conflict.taken !== undefined
}

interface ActionProps {
  readonly busy: boolean
  readonly color?: 'error' | 'primary'
  readonly variant?: 'contained' | 'text'
  readonly describedBy?: string
  readonly onClick: () => void
  readonly children: ReactNode
}

/** A button that keeps the focus while it cannot be used, as a disabled one would lose it. */
function Action({ busy, color = 'primary', variant = 'text', describedBy, onClick, children }: ActionProps) {
  return (
    <Button
      color={color}
      variant={variant}
      aria-disabled={busy}
      aria-describedby={describedBy}
      sx={{ '&[aria-disabled="true"]': { opacity: 0.6, cursor: 'default' } }}
      onClick={() => {
        if (!busy) onClick()
      }}
    >
      {children}
    </Button>
  )
}

function Summary({
  id,
  pending,
  label,
}: {
  id: string
  pending: PendingConflict<unknown>
  label: (f: string) => string
}) {
  const { text, when } = useTexts()
  const { conflict, editedVersion } = pending
  const actual = conflict.actualVersion
  const who = nameOf(conflict.updatedBy, conflict.updatedByInfo) ?? text('unknownUser')
  const change = { who, when: when(conflict.updatedAt) }
  return (
    <div id={id}>
      <Typography>{text(conflict.reason === 'deleted' ? 'deletedBy' : 'changedBy', change)}</Typography>
      <Typography gutterBottom>
        {conflict.reason === 'exists' && conflict.taken !== undefined
          ? text('taken', { field: label(conflict.taken) })
          : conflict.expectedVersion === null
            ? text('versionUnknown', { actual })
            : text('versions', { yours: editedVersion, actual })}
      </Typography>
      <Typography gutterBottom>{text('kept')}</Typography>
    </div>
  )
}

interface ByThemselvesProps {
  readonly merge: ReturnType<typeof mergeOf>
  readonly label: (field: string) => string
  readonly format: (field: string, value: Json | undefined) => string
}

/** The fields about which there is nothing to decide, with the values that they will have. */
function ByThemselves({ merge, label, format }: ByThemselvesProps) {
  const { text, list } = useTexts()
  const named = (changes: readonly FieldChange[], value: (change: FieldChange) => Json | undefined) =>
    list(changes.map((change) => `${label(change.field)} (${format(change.field, value(change))})`))
  const { onlyYours, onlyTheirs, same } = merge
  if (onlyYours.length + onlyTheirs.length + same.length === 0) return null
  return (
    <>
      <Typography component="h3" variant="h6">
        {text('byThemselves')}
      </Typography>
      <ul>
        {onlyYours.length > 0 && (
          <li>{text('onlyYours', { fields: named(onlyYours, ({ yours }) => yours) })}</li>
        )}
        {onlyTheirs.length > 0 && (
          <li>{text('onlyTheirs', { fields: named(onlyTheirs, ({ theirs }) => theirs) })}</li>
        )}
        {same.length > 0 && <li>{text('same', { fields: named(same, ({ theirs }) => theirs) })}</li>}
      </ul>
    </>
  )
}

/** What was entered, where it cannot be sent again: so that people can copy it. */
function Entered({ edits, label, format }: Omit<ByThemselvesProps, 'merge'> & { edits: FieldValues }) {
  const { text } = useTexts()
  return (
    <>
      <Typography component="h3" variant="h6">
        {text('mine')}
      </Typography>
      <ul>
        {Object.entries(edits).map(([field, value]) => (
          <li key={field}>
            {label(field)}: <strong>{format(field, value)}</strong>
          </li>
        ))}
      </ul>
    </>
  )
}
