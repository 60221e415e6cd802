import type { ListAsked } from '../records/listQuery.js'

/** The names of the filters in the address. */
export const CUSTOMER_FILTERS = ['name', 'country', 'tag', 'email', 'changed'] as const

/** How far back "recently changed" goes, in days, by its name in the address. */
export const PERIODS = { day: 1, week: 7, month: 30 } as const

const DAY = 86_400_000

/** What the list is asked for, given what the address says. */
export function customersAsked(values: Readonly<Record<string, string>>, sort: string): ListAsked {
  return { sort, filters: filtersOf(values) }
}

/** What the service is asked for. Times are whole hours, so that the same list is asked for again and again. */
export function filtersOf(
  values: Readonly<Record<string, string>>,
  now = Date.now(),
): Record<string, string> {
  const { changed, ...others } = values
  const days = Object.entries(PERIODS).find(([name]) => name === changed)?.[1]
  if (days === undefined) return others
  const since = Math.floor((now - days * DAY) / 3_600_000) * 3_600_000
  return { ...others, updatedSince: new Date(since).toISOString() }
}
