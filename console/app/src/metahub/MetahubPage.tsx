import Typography from '@mui/material/Typography'
import { PageTitle } from '../layout/PageTitle.js'
import { useText } from '../texts/useText.js'

export function MetahubPage() {
  const text = useText()
  return (
    <>
      <PageTitle title={text('layout.metahub')} />
      <Typography>{text('metahub.about')}</Typography>
    </>
  )
}
