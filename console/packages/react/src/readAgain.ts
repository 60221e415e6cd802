import type { QueryClient, QueryKey } from '@tanstack/react-query'

/**
 * Reads again what may have been read before the feed was there to tell of changes. A first read that is still under way
 * is waited for, as people wait for it, too.
 */
export async function readAgain(queries: QueryClient, key: QueryKey): Promise<void> {
  try {
    await queries.getQueryCache().find({ queryKey: key })?.promise
  } catch {
    // whoever shows the query says why it failed
  }
  await queries.invalidateQueries({ queryKey: key })
}
