import Box from '@mui/material/Box'
import Button from '@mui/material/Button'
import TextField from '@mui/material/TextField'
import type { Attribute } from '@unlost/client'
import { useCallback, useId } from 'react'
import { noErrors } from '../records/kind.js'
import { SearchField } from '../records/SearchField.js'
import type { Filters } from '../records/useFilters.js'
import { useFormats } from '../texts/useFormats.js'
import { useText } from '../texts/useText.js'
import { ReferenceEditor } from './editors/ReferenceEditor.js'
import { chosenAttribute, searchable } from './elementFilters.js'
import { titleOf } from './names.js'

interface ElementFiltersProps {
  readonly filters: Filters
  readonly attributes: readonly Attribute[]
}

/** Finds elements by one of the attributes that can be searched. */
export function ElementFilters({ filters, attributes }: ElementFiltersProps) {
  const text = useText()
  const { language } = useFormats()
  const { set, clear, isFiltered, values } = filters
  const attribute = chosenAttribute(values, attributes)
  if (attribute === undefined) return null
  return (
    <Box component="search" sx={{ display: 'flex', flexWrap: 'wrap', gap: 1.5, alignItems: 'center', mb: 2 }}>
      <TextField
        select
        label={text('metahub.findBy')}
        value={attribute.codename}
        onChange={(event) => {
          clear()
          set('by', event.target.value)
        }}
        sx={{ width: { xs: '100%', sm: 220 } }}
        slotProps={{ select: { native: true }, inputLabel: { shrink: true } }}
      >
        {searchable(attributes).map((each) => (
          <option key={each.id} value={each.codename}>
            {titleOf(each, language)}
          </option>
        ))}
      </TextField>
      <Wanted key={attribute.id} filters={filters} attribute={attribute} />
      {isFiltered && <Button onClick={clear}>{text('list.clear')}</Button>}
    </Box>
  )
}

/** What is looked for, as goes with the attribute. */
function Wanted({ filters, attribute }: { filters: Filters; attribute: Attribute }) {
  const text = useText()
  const { set, values } = filters
  const setIs = useCallback(
    (value: string) => {
      set('is', value)
    },
    [set],
  )
  const { type, constraints, refCatalogId } = attribute
  if (type === 'BOOLEAN') {
    return (
      <Choice
        filters={filters}
        options={[
          ['true', text('metahub.yes')],
          ['false', text('metahub.no')],
        ]}
      />
    )
  }
  if (type === 'REF') return <Reference filters={filters} catalog={refCatalogId ?? ''} />
  if (type === 'STRING' && constraints?.enum !== undefined) {
    return <Choice filters={filters} options={constraints.enum.map((each) => [String(each), String(each)])} />
  }
  if (type === 'STRING') {
    return (
      <Box sx={{ width: { xs: '100%', sm: 320 } }}>
        <SearchField label={text('metahub.contains')} value={values['is'] ?? ''} onChange={setIs} />
      </Box>
    )
  }
  const input = type === 'DATE' ? 'date' : type === 'DATETIME' ? 'datetime-local' : 'text'
  return (
    <>
      {(['from', 'to'] as const).map((end) => (
        <TextField
          key={end}
          label={text(`metahub.${end}`)}
          type={input}
          value={values[end] ?? ''}
          onChange={(event) => {
            set(end, event.target.value)
          }}
          sx={{ width: { xs: '100%', sm: 220 } }}
          slotProps={{ inputLabel: { shrink: true } }}
        />
      ))}
    </>
  )
}

function Reference({ filters, catalog }: { filters: Filters; catalog: string }) {
  const text = useText()
  const id = useId()
  return (
    <Box sx={{ width: { xs: '100%', sm: 320 } }}>
      <ReferenceEditor
        field={{ name: 'is', label: text('metahub.is') }}
        id={id}
        value={filters.values['is'] ?? null}
        onChange={(element) => {
          filters.set('is', element as string | null)
        }}
        errors={noErrors}
        catalogId={catalog}
      />
    </Box>
  )
}

function Choice({ filters, options }: { filters: Filters; options: readonly (readonly [string, string])[] }) {
  const text = useText()
  return (
    <TextField
      select
      label={text('metahub.is')}
      value={filters.values['is'] ?? ''}
      onChange={(event) => {
        filters.set('is', event.target.value)
      }}
      sx={{ width: { xs: '100%', sm: 320 } }}
      slotProps={{ select: { native: true }, inputLabel: { shrink: true } }}
    >
      <option value="">{text('metahub.any')}</option>
      {options.map(([value, name]) => (
        <option key={value} value={value}>
          {name}
        </option>
      ))}
    </TextField>
  )
}
