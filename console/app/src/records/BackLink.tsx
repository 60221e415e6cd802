import BackIcon from '@mui/icons-material/ArrowBack'
import Button from '@mui/material/Button'
import { Link } from 'react-router'

/** From a record to its list, as it was left. */
export function BackLink({ kind }: { kind: { readonly path: string; readonly listName: string } }) {
  return (
    <Button component={Link} to={kind.path} size="small" startIcon={<BackIcon />} sx={{ ml: -0.75, mb: 0.5 }}>
      {kind.listName}
    </Button>
  )
}
