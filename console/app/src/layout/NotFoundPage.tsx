import Button from '@mui/material/Button'
import Typography from '@mui/material/Typography'
import { Link } from 'react-router'
import { useText } from '../texts/useText.js'
import { PageTitle } from './PageTitle.js'

export function NotFoundPage() {
  const text = useText()
  return (
    <>
      <PageTitle title={text('notFound.title')} />
      <Typography sx={{ mb: 2 }}>{text('notFound.about')}</Typography>
      <Button component={Link} to="/customers" variant="contained">
        {text('notFound.home')}
      </Button>
    </>
  )
}
