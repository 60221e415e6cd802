import { useFormats } from '../texts/useFormats.js'
import { useNow } from '../texts/useNow.js'

/** How long ago a record was changed. */
export function ChangedAt({ at }: { at: string }) {
  const formats = useFormats()
  const now = useNow()
  return (
    <time dateTime={at} title={formats.when(at)}>
      {formats.ago(at, now)}
    </time>
  )
}
