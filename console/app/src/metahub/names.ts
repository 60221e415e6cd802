import type { AnyRecord, LocalizedText } from '@unlost/client'
import { inLanguage } from './values/localized.js'

/** A record with what it is called by. */
export interface Named extends AnyRecord {
  readonly codename?: string | null
  readonly name?: LocalizedText | null
}

/** What people call a record of a metahub. */
export function titleOf(record: Named, language: string): string {
  return inLanguage(record.name, language) || record.codename || record.id
}
