import type { QueryClient, QueryState } from '@tanstack/react-query'
import type { Records } from '@unlost/client'
import { Batches } from '../records/Batches.js'
import type { Named } from './names.js'

/** Looks a record up by its id; undefined as long as it is not known, or where there is none. */
export type Lookup<R> = (id: string) => R | undefined

/** How long to wait before something that could not be read is asked for again, in milliseconds. */
const PAUSE = 10_000

/**
 * The records that others refer to. One that is looked up and not known is read, together with all others that are looked
 * up at the same time; then there is another lookup, which knows it.
 */
export class Titles<R extends Named, F extends object> {
  readonly #queries: QueryClient
  readonly #path: string
  readonly #batches: Batches<R>
  #lookup = this.#another()

  constructor(queries: QueryClient, records: Records<R, F>) {
    this.#queries = queries
    this.#path = records.resource.path
    this.#batches = new Batches((ids) => records.some(ids))
  }

  /** Tells whenever there is another lookup. */
  readonly subscribe = (listener: () => void): (() => void) =>
    this.#queries.getQueryCache().subscribe((event) => {
      if (event.type !== 'updated' || event.action.type !== 'success') return
      const [kind, path] = event.query.queryKey as readonly unknown[]
      if (kind !== KEY || path !== this.#path) return
      this.#lookup = this.#another()
      listener()
    })

  readonly lookup = (): Lookup<R> => this.#lookup

  /** Reads a record again that was changed, if anybody has looked it up. */
  changed(id: string): void {
    if (this.#stateOf(id) !== undefined) this.#read(id)
  }

  #another(): Lookup<R> {
    return (id) => {
      const state = this.#stateOf(id)
      if (isDue(state)) this.#read(id)
      return state?.data ?? undefined
    }
  }

  #stateOf(id: string): QueryState<R | null> | undefined {
    return this.#queries.getQueryState<R | null>([KEY, this.#path, id])
  }

  #read(id: string): void {
    this.#queries
      .query<R | null>({
        queryKey: [KEY, this.#path, id],
        queryFn: async () => (await this.#batches.find(id)) ?? null,
      })
      .catch(() => undefined) // it goes by its id for now
  }
}

const KEY = 'unlost-title'

function isDue(state: QueryState | undefined): boolean {
  if (state === undefined) return true
  if (state.fetchStatus !== 'idle') return false
  return state.status === 'error' ? state.errorUpdatedAt + PAUSE < Date.now() : state.isInvalidated
}
