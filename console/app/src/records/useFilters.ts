import { useCallback, useMemo } from 'react'
import { useSearchParams } from 'react-router'

/** What a list is asked for. It stands in the address, so that it can be sent and is there after going back. */
export interface Filters {
  readonly values: Readonly<Record<string, string>>
  readonly sort: string
  readonly isFiltered: boolean
  readonly set: (name: string, value: string | null) => void
  readonly clear: () => void
}

/**
 * @param names those that there are, as constants
 * @param initialSort what it is sorted by where nothing is said
 */
export function useFilters(names: readonly string[], initialSort: string): Filters {
  const [parameters, setParameters] = useSearchParams()
  const values = useMemo(() => filterValues(names, parameters), [names, parameters])
  const set = useCallback(
    (name: string, value: string | null) => {
      setParameters(
        (before) => {
          const next = new URLSearchParams(before)
          if (value === null || value === '') next.delete(name)
          else next.set(name, value)
          return next
        },
        { replace: true },
      )
    },
    [setParameters],
  )
  const clear = useCallback(() => {
    setParameters(
      (before) => {
        const sort = before.get('sort')
        return sort === null ? {} : { sort }
      },
      { replace: true },
    )
  }, [setParameters])
  return {
    values,
    sort: sortOf(parameters, initialSort),
    isFiltered: Object.keys(values).length > 0,
    set,
    clear,
  }
}

/** The filters that an address names. */
export function filterValues(names: readonly string[], parameters: URLSearchParams): Record<string, string> {
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = parameters.get(name)
      return value === null || value === '' ? [] : [[name, value] as const]
    }),
  )
}

/** What an address wants a list to be sorted by. */
export function sortOf(parameters: URLSearchParams, initialSort: string): string {
  return parameters.get('sort') ?? initialSort
}
