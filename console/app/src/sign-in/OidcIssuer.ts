import { InMemoryWebStorage, UserManager, WebStorageStateStore, type User } from 'oidc-client-ts'
import { claimsOf } from './claims.js'
import type { Grant, Issuer } from './issuer.js'
import type { Settings } from './settings.js'

/** Where the tab remembers that somebody was signed in, so that a reload asks the issuer at once. */
const SIGNED_IN = 'unlost.signed-in'

/** OpenID Connect: the code flow with PKCE. Tokens stay in memory. */
export class OidcIssuer implements Issuer {
  readonly #users: UserManager
  readonly #home = new URL(import.meta.env.BASE_URL, location.origin).href

  constructor(settings: Extract<Settings, { development: false }>) {
    this.#users = new UserManager({
      authority: settings.issuer,
      client_id: settings.clientId,
      scope: settings.scope,
      redirect_uri: `${this.#home}signed-in`,
      post_logout_redirect_uri: this.#home,
      userStore: new WebStorageStateStore({ store: new InMemoryWebStorage() }),
      stateStore: new WebStorageStateStore({ store: sessionStorage }),
      automaticSilentRenew: false, // by the first call that needs it
      monitorSession: false,
      ...(settings.audience === undefined ? {} : { extraQueryParams: { audience: settings.audience } }),
    })
  }

  readonly resume = async (): Promise<Grant | null> => {
    if (location.href.startsWith(`${this.#home}signed-in?`)) return this.#comeBack()
    if (sessionStorage.getItem(SIGNED_IN) !== null) return this.again()
    return null
  }

  readonly renew = async (): Promise<Grant | null> => {
    const user = await this.#users.getUser()
    if (user?.refresh_token === undefined) return null
    try {
      const renewed = await this.#users.signinSilent()
      return renewed === null ? null : grantOf(renewed)
    } catch (cause) {
      if (cause instanceof TypeError) throw cause // no connection
      return null
    }
  }

  readonly again = async (): Promise<null> => {
    const { pathname, search } = location
    await this.#users.signinRedirect({ state: pathname + search })
    return new Promise<null>(() => {}) // the page is being left
  }

  readonly signOut = async (): Promise<void> => {
    sessionStorage.removeItem(SIGNED_IN)
    const user = await this.#users.getUser()
    await this.#users.removeUser()
    if ((await this.#users.metadataService.getEndSessionEndpoint()) === undefined) return
    await this.#users.signoutRedirect(user?.id_token === undefined ? {} : { id_token_hint: user.id_token })
  }

  async #comeBack(): Promise<Grant> {
    sessionStorage.removeItem(SIGNED_IN) // not to ask again and again where the issuer refuses
    let user: User
    try {
      user = await this.#users.signinRedirectCallback()
    } catch (cause) {
      history.replaceState(null, '', this.#home)
      throw cause
    }
    sessionStorage.setItem(SIGNED_IN, 'true')
    history.replaceState(null, '', typeof user.state === 'string' ? user.state : this.#home)
    return grantOf(user)
  }
}

function grantOf(user: User): Grant {
  // the service goes by the access token; the ID token stands in where that cannot be read
  const claims: Record<string, unknown> = { ...user.profile, ...claimsOf(user.access_token) }
  const text = (name: string) => (typeof claims[name] === 'string' ? claims[name] : null)
  return {
    identity: {
      sub: text('sub') ?? user.profile.sub,
      nickname: text('nickname'),
      email: text('email'),
      factory: text('factory_id') ?? '',
    },
    token: user.access_token,
    expiresAt: user.expires_at === undefined ? Infinity : user.expires_at * 1000,
  }
}
