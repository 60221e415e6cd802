import { useQuery } from '@tanstack/react-query'
import type { AnyRecord, Blame, Records } from '@unlost/client'
import { pastKeys } from './recordQueries.js'

export type FieldBlame = Blame['fields'][number]

/** Which change gave each field its value, by field; empty until that is known. */
export function useBlame<R extends AnyRecord, F extends object>(
  records: Records<R, F>,
  id: string,
): ReadonlyMap<string, FieldBlame> {
  const { data } = useQuery({
    queryKey: pastKeys.blame(records, id),
    queryFn: () => records.blame(id),
    select: byField,
  })
  return data ?? nothing
}

const nothing: ReadonlyMap<string, FieldBlame> = new Map()

function byField({ fields }: Blame): ReadonlyMap<string, FieldBlame> {
  return new Map(fields.map((each) => [each.field, each]))
}
