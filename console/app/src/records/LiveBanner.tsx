import Alert from '@mui/material/Alert'
import Box from '@mui/material/Box'
import Button from '@mui/material/Button'
import Collapse from '@mui/material/Collapse'
import type { AnyRecord } from '@unlost/client'
import { nameOf } from '@unlost/react'
import { useId, useState } from 'react'
import { useSignIn } from '../sign-in/useSignIn.js'
import { useFormats } from '../texts/useFormats.js'
import { useText } from '../texts/useText.js'
import { useNow } from '../texts/useNow.js'
import { ChangeList } from './ChangeList.js'
import type { Editing, Edits } from './editing.js'
import type { RecordKind } from './kind.js'
import { useChangesSince } from './useChangesSince.js'

interface LiveBannerProps<R extends AnyRecord, F extends object> {
  readonly kind: RecordKind<R, F>
  readonly edits: Edits<R, F>
  readonly editing: Editing<R>
  readonly onSeen: () => void
}

/** Tells people who are looking at a record, or editing it, what others have just changed. */
export function LiveBanner<R extends AnyRecord, F extends object>(props: LiveBannerProps<R, F>) {
  const { kind, edits, editing, onSeen } = props
  const text = useText()
  const formats = useFormats()
  const now = useNow()
  const { identity } = useSignIn()
  const details = useId()
  const [isOpen, setOpen] = useState(false)
  const [seen, newest] = [edits.versionOf(editing.seen), edits.versionOf(editing.newest)]
  const changes = useChangesSince(kind.records, editing.newest.id, seen, newest)
  const { updatedByOf, updatedAtOf } = kind.records.resource

  const contested = edits.contested(editing)
  const news = edits.news(editing)
  const isNews = newest > seen
  const names = new Set(
    (changes ?? []).map(({ updatedBy, updatedByInfo }) =>
      updatedBy === identity.sub
        ? text('records.you')
        : (nameOf(updatedBy, updatedByInfo) ?? text('records.somebody')),
    ),
  )
  const isOwn = updatedByOf(editing.newest) === identity.sub
  const who = names.size > 0 ? formats.list([...names]) : text(isOwn ? 'records.you' : 'records.somebody')

  return (
    <Box role="status" aria-live="polite" aria-label={text('records.news')}>
      {isNews && (
        <Alert
          severity={contested.length > 0 ? 'warning' : 'info'}
          sx={{ mb: 2 }}
          action={
            <>
              <Button
                color="inherit"
                size="small"
                aria-expanded={isOpen}
                aria-controls={details}
                onClick={() => {
                  setOpen(!isOpen)
                }}
              >
                {text(isOpen ? 'records.hide' : 'records.seeWhat')}
              </Button>
              {contested.length === 0 && (
                <Button
                  color="inherit"
                  size="small"
                  onClick={() => {
                    setOpen(false)
                    onSeen()
                  }}
                >
                  {text('records.gotIt')}
                </Button>
              )}
            </>
          }
        >
          <Box component="span" sx={{ fontWeight: 600 }}>
            {text('records.changedBy', { who, when: formats.ago(updatedAtOf(editing.newest), now) })}
          </Box>
          {contested.length > 0 && <div>{text('records.contested', { count: contested.length })}</div>}
          <Collapse in={isOpen} id={details} unmountOnExit={false}>
            {isOpen &&
              (news.length === 0 ? (
                text('records.noFieldChanged')
              ) : (
                <ChangeList fields={kind.fields} changes={news} contested={contested} />
              ))}
          </Collapse>
        </Alert>
      )}
    </Box>
  )
}
