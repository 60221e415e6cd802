import { useMemo } from 'react'
import { useSignIn } from '../sign-in/useSignIn.js'
import { Drafts } from './drafts.js'

export function useDrafts(): Drafts {
  const { identity } = useSignIn()
  const { sub, factory } = identity
  return useMemo(() => new Drafts(sessionStorage, { sub, factory }), [sub, factory])
}

/** What a record's draft is kept under. */
export function draftKey(resource: { readonly path: string }, id: string): string {
  return `${resource.path}/${id}`
}
