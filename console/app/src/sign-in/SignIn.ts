import type { TokenSource } from '@unlost/client'
import type { Grant, Identity, Issuer } from './issuer.js'

export type SignInState =
  | { readonly kind: 'signedOut'; readonly error?: string | undefined }
  | { readonly kind: 'signedIn'; readonly identity: Identity }
  /** Was signed in, until the service refused the token and there was no other. */
  | { readonly kind: 'lost'; readonly identity: Identity }

/** Nothing can be asked of the service before somebody has signed in again. */
export class SignInLostError extends Error {
  override readonly name = 'SignInLostError'
}

/** So long before a token ends it is renewed, in milliseconds. */
const AHEAD = 30_000

/** Who is signed in. Keeps the access token to itself, in memory only. */
export class SignIn {
  readonly issuer: Issuer
  #state: SignInState = { kind: 'signedOut' }
  #grant: Grant | null = null
  #renewal: Promise<Grant | null> | null = null
  readonly #listeners = new Set<() => void>()

  constructor(issuer: Issuer) {
    this.issuer = issuer
  }

  get state(): SignInState {
    return this.#state
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Takes up where this tab was. */
  async start(): Promise<void> {
    try {
      const grant = await this.issuer.resume()
      if (grant !== null) this.admit(grant)
    } catch (cause) {
      this.#become({ kind: 'signedOut', error: cause instanceof Error ? cause.message : String(cause) })
    }
  }

  admit(grant: Grant): void {
    this.#grant = grant
    this.#become({ kind: 'signedIn', identity: grant.identity })
  }

  /** For the client: the token, or another one than that which was refused. */
  readonly token: TokenSource = async (rejected) => {
    const grant = this.#grant
    if (grant === null || this.#state.kind !== 'signedIn') throw new SignInLostError('nobody is signed in')
    const isUsable = grant.token !== rejected && grant.expiresAt - Date.now() > AHEAD
    if (isUsable) return grant.token
    // one renewal for all who wait
    this.#renewal ??= this.issuer.renew().finally(() => {
      this.#renewal = null
    })
    const renewed = await this.#renewal
    if (renewed === null) {
      if (grant.token !== rejected && grant.expiresAt > Date.now()) return grant.token
      this.#become({ kind: 'lost', identity: grant.identity })
      throw new SignInLostError('the sign-in has ended')
    }
    this.#grant = renewed
    return renewed.token
  }

  async again(): Promise<void> {
    const grant = await this.issuer.again()
    if (grant !== null) this.admit(grant)
  }

  async signOut(): Promise<void> {
    this.#grant = null
    this.#become({ kind: 'signedOut' })
    await this.issuer.signOut()
  }

  #become(state: SignInState): void {
    this.#state = state
    for (const listener of this.#listeners) listener()
  }
}
