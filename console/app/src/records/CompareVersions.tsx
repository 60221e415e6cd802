import Accordion from '@mui/material/Accordion'
import AccordionDetails from '@mui/material/AccordionDetails'
import AccordionSummary from '@mui/material/AccordionSummary'
import ExpandIcon from '@mui/icons-material/ExpandMore'
import Alert from '@mui/material/Alert'
import Box from '@mui/material/Box'
import Typography from '@mui/material/Typography'
import { useQuery } from '@tanstack/react-query'
import type { AnyRecord } from '@unlost/client'
import { useState } from 'react'
import { useProblemText } from '../layout/useProblemText.js'
import { useText } from '../texts/useText.js'
import { ChangeList } from './ChangeList.js'
import type { RecordKind } from './kind.js'
import { pastKeys } from './recordQueries.js'
import { VersionField } from './VersionField.js'

interface CompareVersionsProps<R extends AnyRecord, F extends object> {
  readonly kind: RecordKind<R, F>
  readonly id: string
  readonly newest: number
}

/** What differs between any two versions. */
export function CompareVersions<R extends AnyRecord, F extends object>(props: CompareVersionsProps<R, F>) {
  const { kind, id, newest } = props
  const text = useText()
  const why = useProblemText()
  const [isOpen, setOpen] = useState(false)
  const [from, setFrom] = useState(1)
  const [chosen, setTo] = useState<number | null>(null) // null follows the newest
  const to = chosen ?? newest
  const { data, error } = useQuery({
    queryKey: [...pastKeys.version(kind.records, id, from), 'to', to],
    queryFn: () => kind.records.diff(id, from, to),
    enabled: isOpen,
    staleTime: Infinity,
  })
  return (
    <Accordion
      disableGutters
      elevation={0}
      expanded={isOpen}
      onChange={(_, expanded) => {
        setOpen(expanded)
      }}
      sx={{ bgcolor: 'transparent', mb: 1, '&::before': { display: 'none' } }}
    >
      <AccordionSummary expandIcon={<ExpandIcon />} sx={{ px: 0, minHeight: 40 }}>
        <Typography component="span" variant="body2" sx={{ fontWeight: 600 }}>
          {text('history.compare')}
        </Typography>
      </AccordionSummary>
      <AccordionDetails sx={{ px: 0, pt: 1 }}>
        <Box sx={{ display: 'grid', gridTemplateColumns: '1fr 1fr', gap: 1.5 }}>
          <VersionField label={text('history.from')} value={from} newest={newest} onChange={setFrom} />
          <VersionField label={text('history.to')} value={to} newest={newest} onChange={setTo} />
        </Box>
        <Box role="status" sx={{ minHeight: 48 }}>
          {error !== null && (
            <Alert severity="error" sx={{ mt: 1 }}>
              {why(error)}
            </Alert>
          )}
          {data?.changes.length === 0 && (
            <Typography variant="body2" sx={{ mt: 1.5, color: 'text.secondary' }}>
              {text('history.same')}
            </Typography>
          )}
          {data !== undefined && <ChangeList fields={kind.fields} changes={data.changes} />}
        </Box>
      </AccordionDetails>
    </Accordion>
  )
}
