import { useRouteError } from 'react-router'
import { useText } from '../texts/useText.js'
import { Broken } from './Broken.js'

/** Where a page failed for a reason of its own, such as a part of the console that could not be loaded. */
export function BrokenPage() {
  const text = useText()
  const error = useRouteError()
  return (
    <Broken
      title={text('layout.broken')}
      about={error instanceof Error ? error.message : String(error)}
      reload={text('layout.reload')}
    />
  )
}
