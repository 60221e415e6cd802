import { DevelopmentIssuer } from './DevelopmentIssuer.js'
import type { Settings } from './settings.js'

/** A person at work in one factory. */
export interface Identity {
  readonly sub: string
  readonly nickname: string | null
  readonly email: string | null
  readonly factory: string
}

export interface Grant {
  readonly identity: Identity
  readonly token: string
  /** In milliseconds since the epoch. */
  readonly expiresAt: number
}

/** Who gives out access tokens. */
export interface Issuer {
  /** Takes up where this tab was, as after a reload; null where somebody has to act. */
  readonly resume: () => Promise<Grant | null>
  /** Another token for the same person, without asking; null where somebody has to act. */
  readonly renew: () => Promise<Grant | null>
  /** Asks the person to sign in again; null where the page is left for that. */
  readonly again: () => Promise<Grant | null>
  readonly signOut: () => Promise<void>
}

/** The issuer that the settings name. What it takes to speak to one elsewhere is loaded only where it is needed. */
export async function issuerFor(settings: Settings): Promise<Issuer> {
  if (settings.development) return new DevelopmentIssuer()
  const { OidcIssuer } = await import('./OidcIssuer.js')
  return new OidcIssuer(settings)
}
