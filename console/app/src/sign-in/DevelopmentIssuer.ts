import type { Grant, Identity, Issuer } from './issuer.js'

/** Where the tab remembers who was chosen. No token is kept here. */
const CHOSEN = 'unlost.person'

export interface People {
  readonly people: readonly Omit<Identity, 'factory'>[]
  readonly factories: readonly string[]
}

/** The service itself, in the development profile: whoever is named is believed. */
export class DevelopmentIssuer implements Issuer {
  readonly resume = (): Promise<Grant | null> => {
    const chosen = sessionStorage.getItem(CHOSEN)
    return chosen === null ? Promise.resolve(null) : this.choose(JSON.parse(chosen) as Identity)
  }

  readonly renew = async (): Promise<Grant | null> => {
    try {
      return await this.resume()
    } catch (cause) {
      if (cause instanceof TypeError) throw cause // no connection
      return null
    }
  }

  readonly again = this.resume

  readonly signOut = (): Promise<void> => {
    sessionStorage.removeItem(CHOSEN)
    return Promise.resolve()
  }

  readonly choose = async (identity: Identity): Promise<Grant> => {
    const { sub, email, nickname, factory } = identity
    const answer = await fetch('/dev/token', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ sub, email, nickname, factoryId: factory }),
    })
    if (!answer.ok) throw new Error(`${answer.status} ${answer.statusText}`)
    const { access_token: token, expires_in: seconds } = (await answer.json()) as {
      access_token: string
      expires_in: number
    }
    sessionStorage.setItem(CHOSEN, JSON.stringify(identity))
    return { identity, token, expiresAt: Date.now() + seconds * 1000 }
  }

  readonly people = async (): Promise<People> => {
    const answer = await fetch('/dev/people')
    if (!answer.ok) throw new Error(`${answer.status} ${answer.statusText}`)
    return (await answer.json()) as People
  }
}
