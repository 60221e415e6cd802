import type { Person } from '@unlost/client'

/**
 * What to call somebody: by nickname, otherwise by e-mail address, otherwise by id; undefined where nothing is known.
 *
 * @param id the `sub` of a change's author
 * @param known a person whom the service told of, who need not be that author
 */
export function nameOf(id: string | null | undefined, known?: Person | null): string | undefined {
  const named = id === undefined || id === null || known?.id === id ? known : undefined
  return (
    [named?.nickname, named?.email, id, named?.id].find(
      (name) => name !== undefined && name !== null && name.trim() !== '',
    ) ?? undefined
  )
}
