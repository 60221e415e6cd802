import { http, HttpResponse } from 'msw'
import { describe, expect, test } from 'vitest'
import { ConflictError, DeletedError, NoAnswerError, ProblemError } from '../src/index.js'
import { mockService } from './server.js'
import {
  client,
  conflict,
  customer,
  fakeTiming,
  ID,
  problem,
  RECORD,
  refusal,
  SERVICE,
  Shelf,
} from './service.js'

const server = mockService()

async function failure(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => {
      throw new Error('did not fail')
    },
    (error: unknown) => error,
  )
}

describe('a safe update', () => {
  test('sends only what differs, on the version that was read', async () => {
    const shelf = new Shelf(customer(4))
    server.use(...shelf.handlers)
    const saved = await client().customers.update(ID, (now) => ({ ...now, phone: '+9' }))
    expect(saved).toMatchObject({ version: 5, phone: '+9' })
    expect(shelf.requests).toHaveLength(1)
    expect(shelf.requests[0]?.headers.get('If-Match')).toBe('"4"')
    expect(await shelf.requests[0]?.json()).toEqual({ phone: '+9' })
  })

  test('applies the change to what others left, and loses nothing of it', async () => {
    const shelf = new Shelf(customer(1, { notes: 'a' }))
    const rivals = ['ab', 'abc', 'abcd']
    shelf.rival = (it) => {
      const notes = rivals.shift()
      if (notes !== undefined) it.change({ notes })
    }
    server.use(...shelf.handlers)
    const saved = await client().customers.update(ID, (now) => ({ ...now, notes: `${now.notes ?? ''}!` }))
    expect(saved).toMatchObject({ notes: 'abcd!', version: 5 })
    expect(shelf.requests.map((request) => request.headers.get('If-Match'))).toEqual([
      '"1"',
      '"2"',
      '"3"',
      '"4"',
    ])
  })

  test('sends nothing where nothing differs', async () => {
    const shelf = new Shelf(customer(4))
    server.use(...shelf.handlers)
    expect(await client().customers.update(ID, (now) => now)).toEqual(customer(4))
    expect(shelf.requests).toHaveLength(0)
  })

  test('gives up after as many attempts as it may make, with the last conflict', async () => {
    const shelf = new Shelf(customer(1))
    shelf.rival = (it) => {
      it.change({ notes: `${it.current.version}` })
    }
    server.use(...shelf.handlers)
    const conflicts = { attempts: 3, time: 1_000, firstDelay: 1, longestDelay: 10 }
    const error = await failure(
      client({ conflicts }).customers.update(ID, (now) => ({ ...now, phone: '+9' })),
    )
    expect(error).toBeInstanceOf(ConflictError)
    expect(error).toMatchObject({ attempts: 3, conflict: { actualVersion: 4 } })
    expect(shelf.requests).toHaveLength(3)
  })

  test.each(['deleted', 'exists'] as const)('does not try again where the reason is %s', async (reason) => {
    let writes = 0
    server.use(
      http.get(RECORD, () => HttpResponse.json(customer(1))),
      http.patch(RECORD, () => {
        writes++
        return problem(409, conflict({ reason, current: customer(2) }))
      }),
    )
    const error = await failure(client().customers.update(ID, (now) => ({ ...now, phone: '+9' })))
    expect(error).toMatchObject({ name: 'ConflictError', attempts: 1, conflict: { reason } })
    expect(writes).toBe(1)
  })
})

describe('a call', () => {
  test('is sent again under the same key where the answer got lost', async () => {
    const keys: (string | null)[] = []
    server.use(
      http.post(`${SERVICE}/api/customers`, ({ request }) => {
        keys.push(request.headers.get('Idempotency-Key'))
        return keys.length < 3 ? HttpResponse.error() : HttpResponse.json(customer(1), { status: 201 })
      }),
    )
    expect(await client().customers.create({ name: 'Acme' })).toEqual(customer(1))
    expect(keys).toHaveLength(3)
    expect(new Set(keys).size).toBe(1)
  })

  test('waits as long as the service asks', async () => {
    let asked = 0
    server.use(
      http.get(RECORD, () =>
        asked++ === 0
          ? problem(429, refusal(429, 'too-many-requests'), { 'Retry-After': '3' })
          : HttpResponse.json(customer(1)),
      ),
    )
    const timing = fakeTiming()
    await client({ timing }).customers.get(ID)
    expect(timing.slept).toHaveLength(1)
    expect(timing.slept[0]).toBeGreaterThan(3_000)
  })

  test('ends with an error of its own where no answer comes at all', async () => {
    server.use(http.get(RECORD, () => HttpResponse.error()))
    expect(await failure(client().customers.get(ID))).toBeInstanceOf(NoAnswerError)
  })

  test('asks for another token once where the first is refused', async () => {
    const seen: (string | null)[] = []
    server.use(
      http.get(RECORD, ({ request }) => {
        seen.push(request.headers.get('Authorization'))
        return seen.length === 1
          ? problem(401, refusal(401, 'unauthenticated'))
          : HttpResponse.json(customer(1))
      }),
    )
    await client({
      token: (rejected) => (rejected === undefined ? 'old' : `new after ${rejected}`),
    }).customers.get(ID)
    expect(seen).toEqual(['Bearer old', 'Bearer new after old'])
  })

  test.each([401, 403, 404])('that is refused with %i says that access is lost', async (status) => {
    server.use(http.get(RECORD, () => problem(status, refusal(status, 'refused'))))
    expect(await failure(client().customers.get(ID))).toMatchObject({
      name: 'ProblemError',
      status,
      accessLost: true,
    })
  })

  test('of a deleted record says who deleted it', async () => {
    const deletion = { ...refusal(410, 'deleted'), version: 3, deletedAt: 'then', deletedBy: 'u-1' }
    server.use(http.get(RECORD, () => problem(410, deletion)))
    const error = await failure(client().customers.get(ID))
    expect(error).toBeInstanceOf(DeletedError)
    expect(error).toMatchObject({ deletion: { version: 3, deletedBy: 'u-1' }, accessLost: false })
  })

  test('that something else refuses without a reason is a problem, too', async () => {
    server.use(http.get(RECORD, () => new HttpResponse('<h1>no</h1>', { status: 400 })))
    expect(await failure(client().customers.get(ID))).toBeInstanceOf(ProblemError)
  })
})

describe('an update of one version', () => {
  test('says which version the edit began with', async () => {
    const shelf = new Shelf(customer(4))
    server.use(...shelf.handlers)
    await client().customers.updateAt(ID, 4, { phone: null }, { editedVersion: 2, mergeDisjoint: true })
    const headers = shelf.requests[0]?.headers
    expect(headers?.get('Edited-Version')).toBe('"2"')
    expect(headers?.get('Prefer')).toBe('merge=disjoint')
    expect(headers?.get('Content-Type')).toBe('application/merge-patch+json')
  })

  test.each(['stale', 'deleted', 'ahead', 'exists'] as const)(
    'tells a conflict whose reason is %s',
    async (reason) => {
      server.use(http.patch(RECORD, () => problem(409, conflict({ reason, current: customer(2) }))))
      const error = await failure(client().customers.updateAt(ID, 1, { phone: null }))
      expect(error).toMatchObject({ name: 'ConflictError', conflict: { reason, current: { version: 2 } } })
    },
  )
})

test('a list is read page by page', async () => {
  server.use(
    http.get(`${SERVICE}/api/customers`, ({ request }) => {
      const after = Number(new URL(request.url).searchParams.get('after') ?? 0)
      return HttpResponse.json({ items: [customer(after + 1)], next: after < 2 ? `${after + 1}` : null })
    }),
  )
  const versions: number[] = []
  for await (const { version } of client().customers.all({ filters: { country: 'DE' } }))
    versions.push(version)
  expect(versions).toEqual([1, 2, 3])
})
