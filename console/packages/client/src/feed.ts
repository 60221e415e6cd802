import { NoAnswerError, ProblemError, UnlostError } from './errors.js'
import { CONNECTIONS, jittered, type RetryPolicy } from './retry.js'
import type { components } from './schema.js'
import { EventStreamParser, type ServerSentEvent } from './sse.js'
import type { Transport } from './transport.js'

/** One change of one record. */
export type Change = components['schemas']['Change']

/** What a listener to the feed is told. */
export type FeedEvent =
  | { readonly kind: 'change'; readonly change: Change }
  /** What had happened before the stream began has been told. */
  | { readonly kind: 'synced' }
  /** The service cannot tell what was missed: read everything again. */
  | { readonly kind: 'reset' }
  /** The connection is lost; the next attempt is made after so many milliseconds. Nothing will be missed. */
  | { readonly kind: 'disconnected'; readonly cause: Error; readonly retryIn: number }
  /** The service refuses for a reason that time does not mend; nothing more will be told. */
  | { readonly kind: 'refused'; readonly cause: Error }

export type FeedListener = (event: FeedEvent) => void

export interface FeedOptions {
  /** Only records of this type. */
  readonly type?: string
  /** Only the record of this id; of a metahub's record `main/3f2c…`. */
  readonly id?: string
  /** Where to go on from; `0` for the beginning, none for now. */
  readonly since?: string
  readonly signal: AbortSignal
}

/** Milliseconds without a sign of life after which a connection counts as lost: three heartbeats. */
const SILENCE = 45_000

/** Follows the changes of all records, over lost connections, until its signal is aborted. */
export class Feed {
  readonly #transport: Transport
  readonly #policy: RetryPolicy
  readonly #silence: number

  constructor(transport: Transport, policy: RetryPolicy = CONNECTIONS, silence = SILENCE) {
    this.#transport = transport
    this.#policy = policy
    this.#silence = silence
  }

  /**
   * Tells a listener what happens. Resolves when the signal is aborted or the service refuses; rejects with what the
   * listener threw.
   */
  async follow(options: FeedOptions, listener: FeedListener): Promise<void> {
    const { signal } = options
    let cursor = options.since
    let failures = 0
    let askedFor = 0

    const take = ({ type, data, id }: ServerSentEvent) => {
      failures = 0
      const event = read(type, data)
      if (event !== undefined) listener(event)
      if (id) cursor = id // after the listener, so that what it did not take is told again
    }

    const isAborted = () => signal.aborted // a function, as the compiler takes the value not to change
    while (!isAborted()) {
      let cause: Error
      try {
        cause = await this.#listen(options, cursor, take, (time) => (askedFor = time))
      } catch (error) {
        if (isAborted()) return
        throw error
      }
      if (isAborted()) return
      if (cause instanceof ProblemError && !mendsWithTime(cause)) {
        listener({ kind: 'refused', cause })
        return
      }
      failures++
      const { timing } = this.#transport
      const retryIn = askedFor + jittered(this.#policy, failures, timing.random())
      listener({ kind: 'disconnected', cause, retryIn })
      try {
        await timing.sleep(retryIn, signal)
      } catch (error) {
        if (isAborted()) return
        throw error
      }
    }
  }

  /** @returns why it listens no more, where another connection may help */
  async #listen(
    { type, id, signal }: FeedOptions,
    cursor: string | undefined,
    take: (event: ServerSentEvent) => void,
    asked: (milliseconds: number) => void,
  ): Promise<Error> {
    const silence = new Silence(this.#silence, signal)
    const parser = new EventStreamParser()
    const decoder = new TextDecoder()
    try {
      const stream = await connected(() =>
        this.#transport.open({
          method: 'GET',
          path: `/api/changes${filter({ type, id })}`,
          headers: { Accept: 'text/event-stream', ...(cursor === undefined ? {} : place(cursor)) },
          signal: silence.signal,
        }),
      )
      const reader = stream.getReader()
      for (;;) {
        silence.broken()
        const { done, value } = await connected(() => reader.read())
        if (done) return new NoAnswerError('the stream ended')
        const events = parser.read(decoder.decode(value, { stream: true }))
        asked(parser.reconnectionTime)
        for (const event of events) {
          signal.throwIfAborted()
          take(event)
        }
      }
    } catch (error) {
      if (error instanceof UnlostError) return error
      throw error
    } finally {
      silence.end()
    }
  }
}

/** Aborts what goes on when nothing was heard for so long. */
class Silence {
  readonly #controller = new AbortController()
  readonly #milliseconds: number
  #timer: ReturnType<typeof setTimeout> | undefined
  readonly signal: AbortSignal

  constructor(milliseconds: number, outer: AbortSignal) {
    this.#milliseconds = milliseconds
    this.signal = AbortSignal.any([outer, this.#controller.signal])
    this.broken()
  }

  broken(): void {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => {
      this.#controller.abort(new NoAnswerError(`nothing was heard for ${this.#milliseconds} ms`))
    }, this.#milliseconds)
  }

  /** Ends the connection, too, which would otherwise stay where the listener threw. */
  end(): void {
    clearTimeout(this.#timer)
    this.#controller.abort()
  }
}

/** Makes what breaks a connection an error of this client, to tell it from what a listener throws. */
async function connected<T>(step: () => Promise<T>): Promise<T> {
  try {
    return await step()
  } catch (cause) {
    if (cause instanceof UnlostError) throw cause
    throw new NoAnswerError('the connection broke', { cause })
  }
}

function place(cursor: string): Record<string, string> {
  return { 'Last-Event-ID': cursor }
}

function filter(parameters: Readonly<Record<string, string | undefined>>): string {
  const given = Object.entries(parameters).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  )
  return given.length === 0 ? '' : `?${new URLSearchParams(given).toString()}`
}

function mendsWithTime({ status }: ProblemError): boolean {
  return status === 408 || status === 429 || status >= 500
}

function read(type: string, data: string): FeedEvent | undefined {
  switch (type) {
    case 'change':
      return { kind: 'change', change: JSON.parse(data) as Change }
    case 'synced':
      return { kind: 'synced' }
    case 'reset':
      return { kind: 'reset' }
    default:
      return undefined // a heartbeat, or an event of the future
  }
}
