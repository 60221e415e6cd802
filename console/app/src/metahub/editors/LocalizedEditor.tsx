import AddIcon from '@mui/icons-material/Add'
import RemoveIcon from '@mui/icons-material/DeleteOutlined'
import PrimaryIcon from '@mui/icons-material/Star'
import MakePrimaryIcon from '@mui/icons-material/StarBorder'
import Autocomplete from '@mui/material/Autocomplete'
import Box from '@mui/material/Box'
import Button from '@mui/material/Button'
import IconButton from '@mui/material/IconButton'
import TextField from '@mui/material/TextField'
import Tooltip from '@mui/material/Tooltip'
import { useState } from 'react'
import { FieldGroup } from '../../records/editors/FieldGroup.js'
import type { EditorProps } from '../../records/kind.js'
import { useFormats } from '../../texts/useFormats.js'
import { useText } from '../../texts/useText.js'
import { languageTag, textsOf, valueOf, type Texts } from '../values/localized.js'

/** Offered first; any other can be typed. */
const COMMON = ['en', 'ru', 'ja', 'de', 'fr', 'es', 'pt-BR', 'it', 'zh', 'ko', 'ar', 'tr', 'uk', 'pl']

interface LocalizedEditorProps extends EditorProps {
  readonly isMultiline?: boolean
}

/** A text in several languages, one of which stands in for those that are missing. */
export function LocalizedEditor(props: LocalizedEditorProps) {
  const { field, id, value, onChange, errors, describedBy, isReadOnly = false, isMultiline = false } = props
  const text = useText()
  const { language, languageName } = useFormats()
  const [typed, setTyped] = useState('')
  const { primary, texts } = textsOf(value, language)
  const tags = Object.keys(texts)
  const added = languageTag(typed)
  const canAdd = added !== undefined && !tags.includes(added)

  const set = (next: Texts) => {
    onChange(valueOf(next))
  }
  const without = (tag: string) => {
    const { [tag]: _, ...others } = texts
    set({ primary, texts: others })
  }
  const add = () => {
    if (!canAdd) return
    onChange({ ...texts, [added]: '', _primary: primary })
    setTyped('')
  }

  return (
    <FieldGroup
      label={field.isRequired === true ? `${field.label} *` : field.label}
      describedBy={describedBy}
    >
      <Box sx={{ display: 'grid', gap: 1.5 }}>
        {tags.map((tag, index) => {
          const error = errors[`${field.name}.${tag}`]
          const name = languageName(tag)
          return (
            <Box key={tag} sx={{ display: 'flex', gap: 0.5, alignItems: 'flex-start' }}>
              <TextField
                id={index === 0 ? id : `${id}-${tag}`}
                label={name}
                value={texts[tag]}
                error={error !== undefined || (index === 0 && field.name in errors)}
                helperText={error}
                {...(isMultiline ? { multiline: true, minRows: 2, maxRows: 8 } : {})}
                onChange={(event) => {
                  set({ primary, texts: { ...texts, [tag]: event.target.value } })
                }}
                slotProps={{ htmlInput: { readOnly: isReadOnly, autoComplete: 'off', lang: tag } }}
              />
              <Tooltip
                title={text(tag === primary ? 'metahub.isPrimary' : 'metahub.makePrimary', {
                  language: name,
                })}
              >
                <IconButton
                  aria-label={text('metahub.makePrimary', { language: name })}
                  aria-pressed={tag === primary}
                  color={tag === primary ? 'primary' : 'default'}
                  disabled={isReadOnly}
                  onClick={() => {
                    set({ primary: tag, texts })
                  }}
                >
                  {tag === primary ? <PrimaryIcon /> : <MakePrimaryIcon />}
                </IconButton>
              </Tooltip>
              <IconButton
                aria-label={text('metahub.removeLanguage', { language: name })}
                disabled={isReadOnly || tag === primary}
                onClick={() => {
                  without(tag)
                }}
              >
                <RemoveIcon />
              </IconButton>
            </Box>
          )
        })}
        {!isReadOnly && (
          <Box sx={{ display: 'flex', gap: 1, alignItems: 'center' }}>
            <Autocomplete
              freeSolo
              fullWidth
              size="small"
              options={COMMON.filter((tag) => !tags.includes(tag))}
              getOptionLabel={(tag) => tag}
              renderOption={({ key, ...option }, tag) => (
                <li key={key} {...option}>
                  {languageName(tag)} ({tag})
                </li>
              )}
              inputValue={typed}
              onInputChange={(_, next) => {
                setTyped(next)
              }}
              value={null}
              openText={text('editors.open')}
              closeText={text('editors.close')}
              clearText={text('editors.clear')}
              renderInput={(parameters) => (
                <TextField {...parameters} label={text('metahub.anotherLanguage')} />
              )}
            />
            <Button startIcon={<AddIcon />} disabled={!canAdd} onClick={add} sx={{ flexShrink: 0 }}>
              {text('metahub.addLanguage')}
            </Button>
          </Box>
        )}
      </Box>
    </FieldGroup>
  )
}

export function LongLocalizedEditor(props: EditorProps) {
  return <LocalizedEditor {...props} isMultiline />
}
