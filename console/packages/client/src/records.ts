import { ConflictError } from './errors.js'
import { difference, fieldsOf, mergePatch, type FieldValues } from './fields.js'
import type { AnyRecord, Blame, Difference, HistoryEntry, Resource } from './resource.js'
import { Attempts, CONFLICTS, type RetryPolicy } from './retry.js'
import type { Transport } from './transport.js'

export interface Page<I> {
  readonly items: I[]
  /** What to give as `after` for the next page; null on the last. */
  readonly next: string | null
}

export interface ListOptions {
  /** The most records of a page, 1 to 200. */
  readonly limit?: number
  readonly after?: string
  readonly sort?: string
  /** By the names of the service's query parameters. */
  readonly filters?: Readonly<Record<string, string>>
  readonly signal?: AbortSignal
}

export interface UpdateOptions {
  /** The version that the edit began with, where that is not the one it is now to be applied to. */
  readonly editedVersion?: number
  /** Applies the change to a record that was changed since, as long as nobody gave the same fields other values. */
  readonly mergeDisjoint?: boolean
  readonly signal?: AbortSignal
}

/** The most ids that a list is asked for at once. */
const MOST_IDS = 100

/** The records of one kind. */
export class Records<R extends AnyRecord, F extends object> {
  readonly resource: Resource<R, F>
  readonly #transport: Transport
  readonly #conflicts: RetryPolicy

  constructor(resource: Resource<R, F>, transport: Transport, conflicts: RetryPolicy = CONFLICTS) {
    this.resource = resource
    this.#transport = transport
    this.#conflicts = conflicts
  }

  /**
   * @throws {DeletedError} if it was deleted
   * @throws {ProblemError} with 404 if there never was such a record
   */
  async get(id: string, signal?: AbortSignal): Promise<R> {
    return (await this.#read(this.#at(id), signal)) as R
  }

  /** One page. */
  async list(options: ListOptions = {}): Promise<Page<R>> {
    const { limit, after, sort, filters, signal } = options
    return (await this.#read(
      this.resource.path + query({ ...filters, limit, after, sort }),
      signal,
    )) as Page<R>
  }

  /** All records, page by page as they are needed. */
  async *all(options: Omit<ListOptions, 'after'> = {}): AsyncGenerator<R, void, undefined> {
    let page = await this.list({ limit: 200, ...options })
    for (;;) {
      yield* page.items
      if (page.next === null) return
      page = await this.list({ limit: 200, ...options, after: page.next })
    }
  }

  /**
   * The records of several ids, in any order; those that there are not, or that the filters leave out, are missing.
   *
   * @param filters what else is asked of them, by the names of the service's query parameters
   */
  async some(ids: readonly string[], filters: ListOptions['filters'] = {}): Promise<R[]> {
    const found: R[] = []
    for (let at = 0; at < ids.length; at += MOST_IDS) {
      const id = ids.slice(at, at + MOST_IDS).join(',')
      found.push(...(await this.list({ limit: MOST_IDS, filters: { ...filters, id } })).items)
    }
    return found
  }

  async create(fields: F): Promise<R> {
    return (await this.#transport.exchange({ method: 'POST', path: this.resource.path, body: fields })) as R
  }

  /**
   * Creates a record at an id of the caller's choice, a UUID.
   *
   * @throws {ConflictError} with the reason `exists` or `deleted` if the id was used before
   */
  async createAt(id: string, fields: F): Promise<R> {
    const headers = { 'If-None-Match': '*' }
    return (await this.#transport.exchange({ method: 'PUT', path: this.#at(id), headers, body: fields })) as R
  }

  /**
   * Sets some fields of one version of a record, for those who decide themselves what to do about a conflict.
   *
   * @throws {ConflictError} if the record is at another version
   */
  async updateAt(id: string, version: number, values: FieldValues, options: UpdateOptions = {}): Promise<R> {
    const { editedVersion, mergeDisjoint, signal } = options
    return (await this.#transport.exchange({
      method: 'PATCH',
      path: this.#at(id),
      headers: {
        'Content-Type': 'application/merge-patch+json',
        'If-Match': tag(version),
        ...(editedVersion === undefined || editedVersion === version
          ? {}
          : { 'Edited-Version': tag(editedVersion) }),
        ...(mergeDisjoint === true ? { Prefer: 'merge=disjoint' } : {}),
      },
      body: mergePatch(this.resource, values),
      ...(signal === undefined ? {} : { signal }),
    })) as R
  }

  /**
   * Changes a record safely: reads it, applies the change and sends what differs, on the version that was read. Where
   * somebody else was first, the change is applied to what they left, and so on.
   *
   * @param change answers with what shall be there, given what is; may be called several times
   * @throws {ConflictError} if the record was deleted, a value is taken, or others were first too often
   */
  async update(id: string, change: (current: F) => F, options: { signal?: AbortSignal } = {}): Promise<R> {
    const attempts = new Attempts(this.#conflicts, this.#transport.timing)
    let base = await this.get(id, options.signal)
    for (;;) {
      const before = fieldsOf(this.resource, base)
      const values = difference(this.resource, before, change(structuredClone(before)))
      if (Object.keys(values).length === 0) return base
      const version = this.resource.versionOf(base)
      try {
        return await this.updateAt(id, version, values, options)
      } catch (error) {
        if (!(error instanceof ConflictError)) throw error
        const { problem, conflict } = error as ConflictError<R>
        const mendable = conflict.reason === 'stale' || conflict.reason === 'ahead'
        if (!mendable || !(await attempts.another(0, options.signal))) {
          throw new ConflictError(problem, conflict, attempts.made)
        }
        // the refusal says what is there now, which is as good as asking, unless the pause was long
        base = attempts.made === 2 ? conflict.current : await this.get(id, options.signal)
      }
    }
  }

  /** @throws {ConflictError} if the record is at another version */
  async delete(id: string, version: number): Promise<void> {
    await this.#transport.exchange({
      method: 'DELETE',
      path: this.#at(id),
      headers: { 'If-Match': tag(version) },
    })
  }

  /**
   * Makes a new version with the contents of an old one; also brings back a deleted record.
   *
   * @param version the version that this is based on; of a deleted record the deletion's
   */
  async restore(id: string, version: number, toVersion: number): Promise<R> {
    const headers = { 'If-Match': tag(version) }
    const path = `${this.#at(id)}/restore`
    return (await this.#transport.exchange({ method: 'POST', path, headers, body: { toVersion } })) as R
  }

  /** The record as it was at that version. */
  async versionAt(id: string, version: number): Promise<R> {
    return (await this.#read(this.#at(id) + query({ version }))) as R
  }

  /** Changes of the record, newest first. */
  async history(id: string, options: { limit?: number; after?: string } = {}): Promise<Page<HistoryEntry>> {
    return (await this.#read(`${this.#at(id)}/history${query(options)}`)) as Page<HistoryEntry>
  }

  /** What differs between two versions. */
  async diff(id: string, from: number, to: number): Promise<Difference> {
    return (await this.#read(`${this.#at(id)}/diff${query({ from, to })}`)) as Difference
  }

  /** Which change gave each field its value. */
  async blame(id: string): Promise<Blame> {
    return (await this.#read(`${this.#at(id)}/blame`)) as Blame
  }

  #read(path: string, signal?: AbortSignal): Promise<unknown> {
    return this.#transport.exchange({ method: 'GET', path, ...(signal === undefined ? {} : { signal }) })
  }

  #at(id: string): string {
    return `${this.resource.path}/${encodeURIComponent(id)}`
  }
}

function tag(version: number): string {
  return `"${version}"`
}

function query(parameters: Readonly<Record<string, string | number | undefined>>): string {
  const given = Object.entries(parameters).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, String(value)]],
  )
  return given.length === 0 ? '' : `?${new URLSearchParams(given).toString()}`
}
