import type { Hub, HubFields } from '@unlost/client'
import { useMemo } from 'react'
import type { RecordKind } from '../records/kind.js'
import { useFormats } from '../texts/useFormats.js'
import { useText } from '../texts/useText.js'
import { commonFields } from './commonFields.js'
import { titleOf } from './names.js'
import { showsOf } from './shows.js'
import type { OpenMetahub } from './useMetahub.js'

export function useHubKind({ hubs, path }: OpenMetahub): RecordKind<Hub, HubFields> {
  const text = useText()
  const formats = useFormats()
  return useMemo(() => {
    const { name, codename, description } = commonFields(text, showsOf(text, formats), true)
    return {
      records: hubs,
      path: `${path}/hubs`,
      listName: text('metahub.hubs'),
      newName: text('metahub.newHub'),
      titleOf: (hub) => titleOf(hub, formats.language),
      fields: [name, codename, description],
    }
  }, [hubs, path, text, formats])
}
