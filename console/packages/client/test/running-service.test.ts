import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { describe, expect, test } from 'vitest'
import { described } from '../../../scripts/described.mjs'
import { ConflictError, UnlostClient, VersionGate } from '../src/index.js'

/** Where a service in the development profile is; these tests are left out where there is none. */
const SERVICE = process.env['UNLOST_URL'] ?? ''

describe.skipIf(SERVICE === '')('a running service', () => {
  const factoryId = `npm-${randomUUID()}`

  const as = (sub: string) =>
    new UnlostClient({
      url: SERVICE,
      token: async () => {
        const answer = await fetch(`${SERVICE}/dev/token`, {
          method: 'POST',
          headers: { 'Content-Type': 'application/json' },
          body: JSON.stringify({ sub, nickname: sub, email: `${sub}@example.com`, factoryId }),
        })
        return ((await answer.json()) as { access_token: string }).access_token
      },
    })

  test('is what the types were made from', async () => {
    const document = new URL('../../../openapi.json', import.meta.url)
    const kept = JSON.parse(await readFile(document, 'utf8')) as object
    expect(await described(SERVICE)).toMatchObject(kept)
  })

  test('loses none of many edits that are made at once', async () => {
    const { customers } = as('ann')
    const { id } = await customers.create({ name: 'Acme' })
    const rivals = ['a', 'b', 'c', 'd', 'e'].map((name) => as(name).customers)
    await Promise.all(
      rivals.map((records, index) =>
        records.update(id, (now) => ({ ...now, tags: [...(now.tags ?? []), `tag-${index}`] })),
      ),
    )
    const { tags, version } = await customers.get(id)
    expect(tags).toEqual(['tag-0', 'tag-1', 'tag-2', 'tag-3', 'tag-4'])
    expect(version).toBe(6)
  }, 60_000)

  test('tells who was first, and what they changed', async () => {
    const created = await as('ann').customers.create({ name: 'Acme', phone: '+1' })
    await as('bob').customers.updateAt(created.id, 1, { phone: '+2' })
    const refused = await as('ann')
      .customers.updateAt(created.id, 1, { phone: '+3' })
      .catch((error: unknown) => error)
    expect(refused).toBeInstanceOf(ConflictError)
    expect(refused).toMatchObject({
      conflict: {
        reason: 'stale',
        actualVersion: 2,
        updatedByInfo: { nickname: 'bob' },
        changes: [
          { field: 'phone', base: '+1', theirs: '+2', yours: '+3', overlaps: true, changedBy: 'bob' },
        ],
        current: { phone: '+2' },
      },
    })
  }, 60_000)

  test('tells each change once and in order', async () => {
    const client = as('ann')
    const { id } = await client.customers.create({ name: 'Acme' })
    for (let version = 1; version < 6; version++)
      await client.customers.updateAt(id, version, { phone: `+${version}` })
    const gate = new VersionGate()
    const decisions: string[] = []
    const end = new AbortController()
    await client.feed.follow({ id, type: 'customer', since: '0', signal: end.signal }, (event) => {
      if (event.kind !== 'change') return
      decisions.push(gate.offer(event.change.id, event.change.version))
      if (event.change.version === 6) end.abort()
    })
    expect(decisions).toEqual(Array(6).fill('apply'))
  }, 60_000)
})
