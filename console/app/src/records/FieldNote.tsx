import Box from '@mui/material/Box'
import { nameOf } from '@unlost/react'
import { useFormats } from '../texts/useFormats.js'
import { useNow } from '../texts/useNow.js'
import { useText } from '../texts/useText.js'
import type { ValueChange } from './editing.js'
import type { Field } from './kind.js'
import type { FieldBlame } from './useBlame.js'

interface FieldNoteProps {
  readonly field: Field
  readonly isUnsaved: boolean
  readonly news: ValueChange | undefined
  readonly isContested: boolean
  readonly blame: FieldBlame | undefined
}

/** The most important thing to say of a field. */
export function FieldNote({ field, isUnsaved, news, isContested, blame }: FieldNoteProps) {
  const text = useText()
  const formats = useFormats()
  const now = useNow()
  if (isContested && news !== undefined) {
    return (
      <Box component="span" sx={{ color: 'secondary.main', fontWeight: 600 }}>
        {text('records.contestedNote', { value: field.show(news.to) || text('records.none') })}
      </Box>
    )
  }
  if (news !== undefined) {
    return (
      <Box component="span" sx={{ color: 'primary.main', fontWeight: 600 }}>
        {text('records.takenOverNote', { value: field.show(news.from) || text('records.none') })}
      </Box>
    )
  }
  return (
    <Box sx={{ display: 'flex', gap: 1, whiteSpace: 'nowrap' }}>
      {isUnsaved && (
        <Box component="span" sx={{ color: 'secondary.main', fontWeight: 600 }}>
          {text('records.unsavedNote')}
        </Box>
      )}
      {field.hint !== undefined && (
        <Box component="span" sx={{ whiteSpace: 'normal', flexShrink: 0, maxWidth: '100%' }}>
          {field.hint}
        </Box>
      )}
      {blame !== undefined && (
        <Box
          component="span"
          className="blame"
          title={formats.when(blame.updatedAt)}
          sx={{ overflow: 'hidden', textOverflow: 'ellipsis' }}
        >
          {text('records.blame', {
            who: nameOf(blame.updatedBy, blame.updatedByInfo) ?? text('records.somebody'),
            version: formats.number(blame.version),
            when: formats.ago(blame.updatedAt, now),
          })}
        </Box>
      )}
    </Box>
  )
}
