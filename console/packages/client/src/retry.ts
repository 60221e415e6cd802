/**
 * How often and how long something is tried. Delays double from the first to the longest, and each is drawn at random
 * between nothing and that, so that those who met once do not meet again. All times are in milliseconds.
 */
export interface RetryPolicy {
  /** The most attempts, the first included. */
  readonly attempts: number
  /** No attempt begins later than this after the first. */
  readonly time: number
  readonly firstDelay: number
  readonly longestDelay: number
}

/** Of calls whose answer got lost, and of those that the service asks to repeat. */
export const CALLS: RetryPolicy = { attempts: 5, time: 15_000, firstDelay: 100, longestDelay: 2_000 }

/** Of edits that met with a conflict. */
export const CONFLICTS: RetryPolicy = { attempts: 20, time: 15_000, firstDelay: 5, longestDelay: 250 }

/** Of the feed's connection. */
export const CONNECTIONS: RetryPolicy = {
  attempts: Infinity,
  time: Infinity,
  firstDelay: 100,
  longestDelay: 10_000,
}

/** Where time and chance come from. */
export interface Timing {
  readonly now: () => number
  /** From 0 up to 1. */
  readonly random: () => number
  /** Resolves after so many milliseconds, or rejects when the signal is aborted. */
  readonly sleep: (milliseconds: number, signal?: AbortSignal) => Promise<void>
}

export const systemTiming: Timing = {
  now: () => performance.now(),
  random: () => Math.random(),
  sleep: (milliseconds, signal) =>
    new Promise((resolve, reject) => {
      signal?.throwIfAborted()
      const abort = () => {
        clearTimeout(timer)
        reject(signal?.reason as Error)
      }
      const timer = setTimeout(() => {
        signal?.removeEventListener('abort', abort)
        resolve()
      }, milliseconds)
      signal?.addEventListener('abort', abort, { once: true })
    }),
}

/** How long to wait after so many failures in a row, from 1. */
export function jittered(policy: RetryPolicy, failures: number, random: number): number {
  return Math.min(policy.firstDelay * 2 ** Math.min(failures - 1, 62), policy.longestDelay) * random
}

/** Counts the attempts at one thing. */
export class Attempts {
  made = 1
  readonly #policy: RetryPolicy
  readonly #timing: Timing
  readonly #startedAt: number

  constructor(policy: RetryPolicy, timing: Timing) {
    this.#policy = policy
    this.#timing = timing
    this.#startedAt = timing.now()
  }

  /**
   * Waits until there may be another attempt.
   *
   * @param asked how long the service asked to stay away, in milliseconds; the jitter comes on top
   * @returns whether there may be one
   */
  async another(asked = 0, signal?: AbortSignal): Promise<boolean> {
    const delay = asked + jittered(this.#policy, this.made, this.#timing.random())
    const elapsed = this.#timing.now() - this.#startedAt
    if (this.made >= this.#policy.attempts || elapsed + delay > this.#policy.time) return false
    await this.#timing.sleep(delay, signal)
    this.made++
    return true
  }
}
