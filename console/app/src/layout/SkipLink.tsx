import Link from '@mui/material/Link'
import { useText } from '../texts/useText.js'

/** Past the navigation, for those who use the keyboard. Shows when it has the focus. */
export function SkipLink() {
  const text = useText()
  return (
    <Link
      href="#main"
      sx={{
        position: 'fixed',
        top: -60,
        left: 8,
        zIndex: 'tooltip',
        bgcolor: 'background.paper',
        px: 2,
        py: 1,
        borderRadius: 1,
        '&:focus': { top: 8 },
      }}
    >
      {text('layout.skip')}
    </Link>
  )
}
