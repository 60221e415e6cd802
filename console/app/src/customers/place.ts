import type { Address } from '@unlost/client'
import type { Formats } from '../texts/useFormats.js'

/** The town and the country of an address. */
export function placeOf(address: Address | null, formats: Formats): string {
  const { city, country } = address ?? {}
  return [city, country && formats.country(country)].filter(Boolean).join(', ')
}
