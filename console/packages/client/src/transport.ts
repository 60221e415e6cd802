import { conflictIn } from './conflict.js'
import {
  ConflictError,
  DeletedError,
  NoAnswerError,
  ProblemError,
  type Deleted,
  type Problem,
} from './errors.js'
import { isObject } from './json.js'
import { Attempts, CALLS, type RetryPolicy, type Timing } from './retry.js'

/**
 * Where access tokens come from.
 *
 * @param rejected the token that the service has just refused, so that another one is needed; undefined otherwise
 */
export type TokenSource = (rejected?: string) => string | Promise<string>

export interface Call {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  readonly path: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: unknown
  readonly signal?: AbortSignal
}

/** Sends requests: with a token, again where the answer got lost, each write counting once. */
export class Transport {
  readonly #base: string
  readonly #token: TokenSource
  readonly #fetch: typeof fetch
  readonly timing: Timing
  readonly #policy: RetryPolicy

  constructor(base: string, token: TokenSource, fetcher: typeof fetch, timing: Timing, policy = CALLS) {
    this.#base = base.replace(/\/+$/, '')
    this.#token = token
    this.#fetch = fetcher
    this.timing = timing
    this.#policy = policy
  }

  /** @returns the body; undefined where there is none */
  async exchange(call: Call): Promise<unknown> {
    // one key for all attempts: a write whose answer got lost is told what came of it, and not done twice
    const key = call.method === 'GET' ? {} : { 'Idempotency-Key': crypto.randomUUID() }
    const repeatable = { ...call, headers: { ...key, ...call.headers } }
    const attempts = new Attempts(this.#policy, this.timing)
    for (;;) {
      const outcome = await this.#attempt(repeatable)
      if ('answer' in outcome) return outcome.answer
      if (!(await attempts.another(outcome.wait, call.signal))) throw outcome.failure
    }
  }

  /**
   * Opens a stream.
   *
   * @throws {ProblemError} if the service refuses
   * @throws {TypeError} as `fetch` does
   */
  async open(call: Call): Promise<ReadableStream<Uint8Array>> {
    const response = await this.#send(call)
    if (!response.ok) throw problemOf(response, await bodyOf(response))
    if (response.body === null) throw new NoAnswerError('a stream without a body')
    return response.body
  }

  async #attempt(call: Call): Promise<{ answer: unknown } | { failure: Error; wait: number }> {
    let response: Response
    let body: unknown
    try {
      response = await this.#send(call)
      body = await bodyOf(response)
    } catch (cause) {
      call.signal?.throwIfAborted()
      if (!(cause instanceof TypeError)) throw cause // only these are fetch's own: no connection, or a broken one
      return { failure: new NoAnswerError(`no answer from ${call.path}`, { cause }), wait: 0 }
    }
    if (response.ok) return { answer: body }
    const failure = problemOf(response, body)
    if (!isTemporary(failure)) throw failure
    return { failure, wait: retryAfter(response) }
  }

  async #send(call: Call): Promise<Response> {
    const token = await this.#token()
    const response = await this.#sendWith(call, token)
    if (response.status !== 401) return response
    const other = await this.#token(token)
    return other === token ? response : this.#sendWith(call, other)
  }

  #sendWith(call: Call, token: string): Promise<Response> {
    const headers = new Headers(call.headers)
    headers.set('Authorization', `Bearer ${token}`)
    if (call.body !== undefined && !headers.has('Content-Type'))
      headers.set('Content-Type', 'application/json')
    return this.#fetch(this.#base + call.path, {
      method: call.method,
      headers,
      cache: 'no-store',
      ...(call.body === undefined ? {} : { body: JSON.stringify(call.body) }),
      ...(call.signal === undefined ? {} : { signal: call.signal }),
    })
  }
}

function isTemporary(failure: ProblemError): boolean {
  const { status, problem } = failure
  return (
    status === 429 ||
    (status >= 502 && status <= 504) ||
    (status === 409 && problem.type === '/problems/idempotency-in-progress')
  )
}

/** @returns milliseconds; 0 where nothing was asked for */
export function retryAfter(response: Response): number {
  const seconds = Number(response.headers.get('Retry-After') ?? 0)
  return Number.isFinite(seconds) && seconds > 0 ? seconds * 1000 : 0
}

async function bodyOf(response: Response): Promise<unknown> {
  const text = await response.text()
  if (text === '') return undefined
  try {
    return JSON.parse(text) as unknown
  } catch (cause) {
    if (response.ok) throw new NoAnswerError(`not JSON: ${response.url}`, { cause })
    return undefined // from something between here and the service, which speaks no JSON
  }
}

function problemOf(response: Response, body: unknown): ProblemError {
  const problem = isProblem(body) ? body : unexplained(response)
  const conflict = response.status === 409 ? conflictIn(problem) : undefined
  if (conflict !== undefined) return new ConflictError(problem, conflict)
  if (response.status === 410 && isDeleted(problem)) return new DeletedError(problem)
  return new ProblemError(response.status, problem)
}

function isProblem(body: unknown): body is Problem {
  return isObject(body) && typeof body['type'] === 'string' && typeof body['detail'] === 'string'
}

function isDeleted(problem: Problem): problem is Deleted {
  return problem.type === '/problems/deleted'
}

function unexplained({ status, statusText }: Response): Problem {
  return {
    type: 'about:blank',
    title: statusText,
    status,
    detail: `The answer was ${status} without a reason.`,
    code: 'unexplained',
  }
}
