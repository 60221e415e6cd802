import FilterIcon from '@mui/icons-material/FilterList'
import LabelIcon from '@mui/icons-material/LabelOutlined'
import MailIcon from '@mui/icons-material/MailOutlined'
import Badge from '@mui/material/Badge'
import Box from '@mui/material/Box'
import Button from '@mui/material/Button'
import Collapse from '@mui/material/Collapse'
import MenuItem from '@mui/material/MenuItem'
import TextField from '@mui/material/TextField'
import { useCallback, useId, useState } from 'react'
import { SearchField } from '../records/SearchField.js'
import type { Filters } from '../records/useFilters.js'
import { useText } from '../texts/useText.js'
import { CountryField } from './CountryField.js'
import { PERIODS } from './filters.js'

const MORE = ['country', 'tag', 'email', 'changed']

export function CustomerFilters({ filters }: { filters: Filters }) {
  const text = useText()
  const { values, set, clear, isFiltered } = filters
  const more = useId()
  const count = MORE.filter((name) => name in values).length
  const [isOpen, setOpen] = useState(count > 0)
  const setName = useCallback(
    (value: string) => {
      set('name', value)
    },
    [set],
  )
  const setTag = useCallback(
    (value: string) => {
      set('tag', value)
    },
    [set],
  )
  const setEmail = useCallback(
    (value: string) => {
      set('email', value)
    },
    [set],
  )

  return (
    <Box component="search" sx={{ mb: 2 }}>
      <Box sx={{ display: 'flex', gap: 1, alignItems: 'center' }}>
        <Box sx={{ flexGrow: 1, maxWidth: 420 }}>
          <SearchField label={text('customers.searchName')} value={values['name'] ?? ''} onChange={setName} />
        </Box>
        <Badge badgeContent={count} color="primary">
          <Button
            startIcon={<FilterIcon />}
            aria-expanded={isOpen}
            aria-controls={more}
            onClick={() => {
              setOpen(!isOpen)
            }}
          >
            {text('list.filters')}
          </Button>
        </Badge>
        {isFiltered && (
          <Button sx={{ display: { xs: 'none', sm: 'inline-flex' } }} onClick={clear}>
            {text('list.clear')}
          </Button>
        )}
      </Box>
      <Collapse in={isOpen} id={more}>
        <Box
          sx={{
            display: 'grid',
            gap: 1.5,
            pt: 2,
            gridTemplateColumns: { xs: '1fr', sm: '1fr 1fr', md: 'repeat(4, 1fr)' },
          }}
        >
          <CountryField
            label={text('customers.country')}
            value={values['country'] ?? null}
            onChange={(code) => {
              set('country', code)
            }}
          />
          <SearchField
            label={text('customers.tag')}
            value={values['tag'] ?? ''}
            onChange={setTag}
            Icon={LabelIcon}
          />
          <SearchField
            label={text('customers.email')}
            value={values['email'] ?? ''}
            onChange={setEmail}
            Icon={MailIcon}
            type="email"
          />
          <TextField
            select
            label={text('customers.changed')}
            value={values['changed'] ?? ''}
            onChange={(event) => {
              set('changed', event.target.value)
            }}
          >
            <MenuItem value="">{text('customers.anyTime')}</MenuItem>
            {Object.keys(PERIODS).map((period) => (
              <MenuItem key={period} value={period}>
                {text(`customers.${period as keyof typeof PERIODS}`)}
              </MenuItem>
            ))}
          </TextField>
        </Box>
        {isFiltered && (
          <Button sx={{ mt: 1, display: { sm: 'none' } }} onClick={clear}>
            {text('list.clear')}
          </Button>
        )}
      </Collapse>
    </Box>
  )
}
