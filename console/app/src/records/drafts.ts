import { isObject, sameJson, type FieldValues } from '@unlost/client'

/** What was typed and not saved. */
export interface Draft {
  /** The version that it began with; 0 for a record that does not exist yet. */
  readonly version: number
  readonly input: FieldValues
  /** When it was last changed, in RFC 3339. */
  readonly at: string
}

/** Keeps what one person typed in one factory, for as long as the tab is there: over reloads, conflicts and sign-out. */
export class Drafts {
  readonly #storage: Storage
  readonly #owner: string

  constructor(storage: Storage, owner: { readonly sub: string; readonly factory: string }) {
    this.#storage = storage
    this.#owner = JSON.stringify([owner.factory, owner.sub])
  }

  read(record: string): Draft | null {
    const kept = this.#storage.getItem(this.#key(record))
    if (kept === null) return null
    try {
      const draft: unknown = JSON.parse(kept)
      return isDraft(draft) ? draft : null
    } catch {
      return null // of another version of this console
    }
  }

  /** Keeps a draft, or drops it where nothing was typed. */
  keep(record: string, draft: Draft): void {
    if (Object.keys(draft.input).length === 0) {
      this.drop(record)
      return
    }
    const kept = this.read(record)
    // its time is when something was typed last
    if (kept?.version === draft.version && sameJson(kept.input, draft.input)) return
    try {
      this.#storage.setItem(this.#key(record), JSON.stringify(draft))
    } catch (cause) {
      console.warn('the draft could not be kept', cause) // the storage is full; the form still has it
    }
  }

  drop(record: string): void {
    this.#storage.removeItem(this.#key(record))
  }

  #key(record: string): string {
    return `unlost.draft ${this.#owner} ${record}`
  }
}

function isDraft(value: unknown): value is Draft {
  return (
    isObject(value) &&
    Number.isSafeInteger(value['version']) &&
    isObject(value['input']) &&
    typeof value['at'] === 'string'
  )
}
