import AddIcon from '@mui/icons-material/Add'
import Button from '@mui/material/Button'
import { Link } from 'react-router'

export function NewButton({ kind }: { kind: { readonly path: string; readonly newName: string } }) {
  return (
    <Button component={Link} to={`${kind.path}/new`} variant="contained" startIcon={<AddIcon />}>
      {kind.newName}
    </Button>
  )
}
