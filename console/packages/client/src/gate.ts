/** What to do with news: nothing, as it is known; take it; or read the record, as something is missing. */
export type Decision = 'drop' | 'apply' | 'refetch'

/**
 * Decides what to do with news of records by their versions alone: however often and in whatever order they come, a copy
 * that heeds the gate ends at the newest version.
 */
export class VersionGate {
  readonly #versions = new Map<string, number>()

  /** Decides on news. What is to be applied counts as known from now on; what is to be refetched not before `advance`. */
  offer(key: string, version: number): Decision {
    const known = this.version(key)
    if (version <= known) return 'drop'
    if (version !== known + 1) return 'refetch'
    this.#versions.set(key, version)
    return 'apply'
  }

  /**
   * Says that the record was read at that version.
   *
   * @returns whether that is news; if not, drop what was read
   */
  advance(key: string, version: number): boolean {
    if (version <= this.version(key)) return false
    this.#versions.set(key, version)
    return true
  }

  /** The highest version known; 0 for none. */
  version(key: string): number {
    return this.#versions.get(key) ?? 0
  }

  /** Forgets everything, as where all records are read anew. */
  clear(): void {
    this.#versions.clear()
  }
}
