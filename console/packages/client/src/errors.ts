import type { Conflict } from './conflict.js'
import type { components } from './schema.js'

export type Problem = components['schemas']['Problem']
export type Deleted = components['schemas']['Deleted']

/** Whatever keeps the client from doing what it was asked to. */
export class UnlostError extends Error {
  override readonly name: string = 'UnlostError'
}

/** No answer came, however often it was asked for. */
export class NoAnswerError extends UnlostError {
  override readonly name = 'NoAnswerError'
}

/** The service refused, and says why. */
export class ProblemError extends UnlostError {
  override readonly name: string = 'ProblemError'

  constructor(
    readonly status: number,
    readonly problem: Problem,
  ) {
    super(problem.detail)
  }

  /** Whether the person may no longer see or change the record, or never could: the service does not tell which. */
  get accessLost(): boolean {
    return this.status === 401 || this.status === 403 || this.status === 404
  }
}

/** Somebody else was first. */
export class ConflictError<R = unknown> extends ProblemError {
  override readonly name = 'ConflictError'

  constructor(
    problem: Problem,
    readonly conflict: Conflict<R>,
    /** How often the change was tried. */
    readonly attempts: number = 1,
  ) {
    super(409, problem)
  }
}

/** The record was deleted; its past can still be read. */
export class DeletedError extends ProblemError {
  override readonly name = 'DeletedError'

  constructor(readonly deletion: Deleted) {
    super(410, deletion)
  }
}
