import { Broken } from './Broken.js'

/** Where not even the texts may be there: in English, therefore. */
export function FailedStart() {
  return <Broken about="The console could not start, as the service does not answer." reload="Try again" />
}
