import { describe, expect, test } from 'vitest'
import { claimsOf } from '../src/sign-in/claims.js'
import type { Grant, Issuer } from '../src/sign-in/issuer.js'
import { SignIn, SignInLostError } from '../src/sign-in/SignIn.js'

const identity = { sub: 'ann', nickname: 'Ann', email: null, factory: 'northwind' }

function grant(token: string, lasts = 3_600_000): Grant {
  return { identity, token, expiresAt: Date.now() + lasts }
}

/** Renews with one token after another; then somebody has to act. */
function issuer(...tokens: string[]): Issuer & { renewals: number } {
  return {
    renewals: 0,
    resume: () => Promise.resolve(null),
    renew() {
      this.renewals++
      const token = tokens.shift()
      return Promise.resolve(token === undefined ? null : grant(token))
    },
    again: () => Promise.resolve(grant('again')),
    signOut: () => Promise.resolve(),
  }
}

describe('signing in', () => {
  test('gives the token until it is refused, and then another one', async () => {
    const signIn = new SignIn(issuer('t2'))
    signIn.admit(grant('t1'))
    expect(await signIn.token()).toBe('t1')
    expect(await signIn.token('t1')).toBe('t2')
    expect(await signIn.token('t1')).toBe('t2')
  })

  test('renews once for all who wait', async () => {
    const source = issuer('t2', 't3')
    const signIn = new SignIn(source)
    signIn.admit(grant('t1'))
    expect(await Promise.all([signIn.token('t1'), signIn.token('t1')])).toEqual(['t2', 't2'])
    expect(source.renewals).toBe(1)
  })

  test('renews ahead of the end, and makes do with what there is while it lasts', async () => {
    const signIn = new SignIn(issuer())
    signIn.admit(grant('t1', 10_000))
    expect(await signIn.token()).toBe('t1')
    expect(signIn.state.kind).toBe('signedIn')
  })

  test('is lost where there is no other token, and comes back when the person signs in again', async () => {
    const signIn = new SignIn(issuer())
    const states: string[] = []
    signIn.subscribe(() => states.push(signIn.state.kind))
    signIn.admit(grant('t1'))
    await expect(signIn.token('t1')).rejects.toThrow(SignInLostError)
    await signIn.again()
    expect(await signIn.token()).toBe('again')
    expect(states).toEqual(['signedIn', 'lost', 'signedIn'])
  })

  test('gives no token after signing out', async () => {
    const signIn = new SignIn(issuer('t2'))
    signIn.admit(grant('t1'))
    await signIn.signOut()
    await expect(signIn.token()).rejects.toThrow(SignInLostError)
  })

  test('says why it could not take up where it was', async () => {
    const signIn = new SignIn({ ...issuer(), resume: () => Promise.reject(new Error('no issuer')) })
    await signIn.start()
    expect(signIn.state).toEqual({ kind: 'signedOut', error: 'no issuer' })
  })

  test('reads who somebody is from a token, whatever letters their name has', () => {
    const payload = Buffer.from(JSON.stringify({ nickname: 'Анна 千恵', factory_id: 'f' })).toString(
      'base64url',
    )
    expect(claimsOf(`x.${payload}.y`)).toEqual({ nickname: 'Анна 千恵', factory_id: 'f' })
    expect(claimsOf('opaque')).toEqual({})
  })
})
