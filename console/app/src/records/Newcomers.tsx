import Alert from '@mui/material/Alert'
import Box from '@mui/material/Box'
import Button from '@mui/material/Button'
import { useText } from '../texts/useText.js'

/** Says that there is more than the list shows, rather than to move what is being read. */
export function Newcomers({ count, onShow }: { count: number; onShow: () => void }) {
  const text = useText()
  return (
    <Box role="status">
      {count > 0 && (
        <Alert
          severity="info"
          sx={{ mb: 2 }}
          action={
            <Button color="inherit" size="small" onClick={onShow}>
              {text('list.showNew')}
            </Button>
          }
        >
          {text('list.new', { count })}
        </Alert>
      )}
    </Box>
  )
}
