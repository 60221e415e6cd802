import Button from '@mui/material/Button'
import Typography from '@mui/material/Typography'
import { ProblemError, type AnyRecord } from '@unlost/client'
import { Link } from 'react-router'
import { Failure } from '../layout/Failure.js'
import { PageTitle } from '../layout/PageTitle.js'
import { useText } from '../texts/useText.js'
import { BackLink } from './BackLink.js'
import type { RecordKind } from './kind.js'

interface MissingRecordProps<R extends AnyRecord, F extends object> {
  readonly kind: RecordKind<R, F>
  readonly error: Error
  readonly onRetry: () => void
}

/** A record that could not be read, or that there is not. */
export function MissingRecord<R extends AnyRecord, F extends object>(props: MissingRecordProps<R, F>) {
  const { kind, error, onRetry } = props
  const text = useText()
  const isUnknown = error instanceof ProblemError && (error.status === 404 || error.status === 400)
  if (!isUnknown) {
    return (
      <>
        <PageTitle title={kind.listName} above={<BackLink kind={kind} />} />
        <Failure error={error} onRetry={onRetry} />
      </>
    )
  }
  return (
    <>
      <PageTitle title={text('records.unknown')} above={<BackLink kind={kind} />} />
      <Typography sx={{ mb: 2 }}>{text('records.unknownAbout')}</Typography>
      <Button component={Link} to={kind.path} variant="contained">
        {text('records.back', { list: kind.listName })}
      </Button>
    </>
  )
}
