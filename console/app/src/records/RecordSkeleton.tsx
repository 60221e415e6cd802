import Box from '@mui/material/Box'
import Skeleton from '@mui/material/Skeleton'
import type { AnyRecord } from '@unlost/client'
import { useText } from '../texts/useText.js'
import { formGrid } from './formGrid.js'
import type { RecordKind } from './kind.js'

/** The shape of a record's page while it is read. */
export function RecordSkeleton<R extends AnyRecord, F extends object>({ kind }: { kind: RecordKind<R, F> }) {
  const text = useText()
  return (
    <Box role="status" aria-label={text('layout.loading')}>
      <Skeleton width={90} />
      <Skeleton width="50%" height={44} sx={{ mb: 3 }} />
      <Box sx={{ ...formGrid, maxWidth: 720 }}>
        {kind.fields.map(({ name, isWide }) => (
          <Skeleton
            key={name}
            variant="rounded"
            height={40}
            sx={isWide === true ? { gridColumn: '1 / -1' } : {}}
          />
        ))}
      </Box>
    </Box>
  )
}
