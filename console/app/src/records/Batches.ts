import type { AnyRecord } from '@unlost/client'

interface Wait<R> {
  readonly found: Promise<R | undefined>
  readonly resolve: (record: R | undefined) => void
  readonly reject: (cause: unknown) => void
}

/** Reads records by their ids: one request for all that are asked for at once, or while a request is under way. */
export class Batches<R extends AnyRecord> {
  readonly #read: (ids: readonly string[]) => Promise<readonly R[]>
  readonly #waiting = new Map<string, Wait<R>>()
  #isReading = false

  constructor(read: (ids: readonly string[]) => Promise<readonly R[]>) {
    this.#read = read
  }

  /** @returns the record as it is after this call; undefined where there is none */
  find(id: string): Promise<R | undefined> {
    const wait = this.#waiting.get(id) ?? waiting<R>()
    this.#waiting.set(id, wait)
    void this.#readAll()
    return wait.found
  }

  async #readAll(): Promise<void> {
    if (this.#isReading) return
    this.#isReading = true
    await Promise.resolve() // for all who ask in one go
    while (this.#waiting.size > 0) {
      const batch = new Map(this.#waiting)
      this.#waiting.clear()
      try {
        const records = new Map((await this.#read([...batch.keys()])).map((record) => [record.id, record]))
        for (const [id, { resolve }] of batch) resolve(records.get(id))
      } catch (cause) {
        for (const { reject } of batch.values()) reject(cause)
      }
    }
    this.#isReading = false
  }
}

function waiting<R>(): Wait<R> {
  let resolve: Wait<R>['resolve'] = () => undefined
  let reject: Wait<R>['reject'] = () => undefined
  const found = new Promise<R | undefined>((itsResolve, itsReject) => {
    resolve = itsResolve
    reject = itsReject
  })
  return { found, resolve, reject }
}
