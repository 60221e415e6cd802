import Box from '@mui/material/Box'
import CircularProgress from '@mui/material/CircularProgress'
import { useText } from '../texts/useText.js'

export function Waiting() {
  const text = useText()
  return (
    <Box sx={{ display: 'flex', justifyContent: 'center', py: 10 }}>
      <CircularProgress aria-label={text('layout.loading')} />
    </Box>
  )
}
