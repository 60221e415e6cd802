import ArrowIcon from '@mui/icons-material/ArrowForward'
import Box from '@mui/material/Box'
import { visuallyHidden } from '@mui/utils'
import { useText } from '../texts/useText.js'

interface ChangedValueProps {
  /** Undefined where there was no before. */
  readonly from: string | undefined
  readonly to: string
}

/** A value before and after; empty for none. */
export function ChangedValue({ from, to }: ChangedValueProps) {
  const text = useText()
  if (from === undefined) return <Box sx={{ overflowWrap: 'anywhere', whiteSpace: 'pre-wrap' }}>{to}</Box>
  return (
    <Box component="span" sx={{ overflowWrap: 'anywhere', whiteSpace: 'pre-wrap' }}>
      <Box component="span" sx={visuallyHidden}>
        {text('records.before')}:{' '}
      </Box>
      {from === '' ? (
        <Nothing />
      ) : (
        <Box component="del" sx={{ color: 'text.secondary' }}>
          {from}
        </Box>
      )}
      <ArrowIcon aria-hidden sx={{ fontSize: '1em', mx: 0.75, verticalAlign: '-0.125em' }} />
      <Box component="span" sx={visuallyHidden}>
        {text('records.after')}:{' '}
      </Box>
      {to === '' ? (
        <Nothing />
      ) : (
        <Box component="ins" sx={{ textDecoration: 'none', fontWeight: 600 }}>
          {to}
        </Box>
      )}
    </Box>
  )
}

function Nothing() {
  const text = useText()
  return (
    <Box component="span" sx={{ fontStyle: 'italic', color: 'text.secondary' }}>
      {text('records.none')}
    </Box>
  )
}
