import type { LocalizedText } from '@unlost/client'
import { inLanguage } from './values/localized.js'

interface Named {
  readonly id: string
  readonly codename?: string | null
  readonly name?: LocalizedText | null
}

/** What people call a record of a metahub. */
export function titleOf(record: Named, language: string): string {
  return inLanguage(record.name, language) || record.codename || record.id
}
