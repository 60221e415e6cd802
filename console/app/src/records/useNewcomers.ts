import type { AnyRecord, ListOptions, Records } from '@unlost/client'
import { useCallback, useEffect, useState } from 'react'
import { useClient } from '../service/useClient.js'
import { Batches } from './Batches.js'

/** The records that have come since a list was read, and belong to it. */
export interface Newcomers {
  readonly ids: ReadonlySet<string>
  readonly forget: () => void
}

/**
 * Finds out which of the records that are created or restored a list would show. The feed does not say whether they are
 * among those that were asked for; the service does.
 *
 * @param filters what the list is asked for
 */
export function useNewcomers<R extends AnyRecord, F extends object>(
  of: Records<R, F>,
  filters: ListOptions['filters'],
): Newcomers {
  const { live } = useClient()
  const { type, namespace } = of.resource
  const asked = JSON.stringify(filters ?? {})
  const [found, setFound] = useState({ asked, ids: nobody })

  useEffect(() => {
    const batches = new Batches<R>((ids) => of.some(ids, JSON.parse(asked) as NonNullable<typeof filters>))
    const told = new Set<string>() // those of which it may change whether they belong here
    const put = (id: string, belongs: boolean) => {
      setFound((before) => {
        const ids = new Set(before.asked === asked ? before.ids : nobody)
        if (belongs) ids.add(id)
        else ids.delete(id)
        return { asked, ids }
      })
    }
    const look = async (id: string) => {
      told.add(id)
      try {
        put(id, (await batches.find(id)) !== undefined)
      } catch {
        // it shows when the list is read
      }
    }
    return live.subscribe((event) => {
      if (event.kind !== 'change') return
      const { change } = event
      if (change.type !== type || change.namespace !== namespace) return
      if (change.action !== 'update' || told.has(change.id)) void look(change.id)
    })
  }, [live, of, type, namespace, asked])

  const forget = useCallback(() => {
    setFound({ asked, ids: nobody })
  }, [asked])

  return { ids: found.asked === asked ? found.ids : nobody, forget }
}

const nobody: ReadonlySet<string> = new Set()
