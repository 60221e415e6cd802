import type { Metahub } from '@unlost/client'
import { useMemo } from 'react'
import { useParams } from 'react-router'
import { useClient } from '../service/useClient.js'

export interface OpenMetahub extends Metahub {
  readonly name: string
  /** Where it is in the console. */
  readonly path: string
}

/** The metahub that the address names. */
export function useMetahub(): OpenMetahub {
  const { metahub: name = DEFAULT_METAHUB } = useParams()
  const client = useClient()
  return useMemo(() => ({ name, path: `/metahub/${name}`, ...client.metahub(name) }), [client, name])
}

/** The metahub of the sample data. */
export const DEFAULT_METAHUB = 'main'

const KEPT = 'unlost.metahub'

/** The one that was open last. */
export function lastMetahub(): string {
  return localStorage.getItem(KEPT) ?? DEFAULT_METAHUB
}

export function keepMetahub(name: string): void {
  localStorage.setItem(KEPT, name)
}

/** Whether there can be a metahub of that name; it needs no creation. */
export function isMetahubName(name: string): boolean {
  return /^[a-z0-9-]{1,64}$/.test(name)
}
