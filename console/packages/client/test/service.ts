import { http, HttpResponse, type JsonBodyType } from 'msw'
import { UnlostClient, type Conflict, type Customer, type Timing } from '../src/index.js'

export const SERVICE = 'http://service.test'
export const ID = '01a20642-9448-73e2-9e44-5e2c4b814693'
export const RECORD = `${SERVICE}/api/customers/${ID}`

export function customer(version: number, fields: Partial<Customer> = {}): Customer {
  return {
    id: ID,
    factoryId: 'f-1',
    version,
    name: 'Acme',
    contactName: null,
    contactTitle: null,
    email: null,
    phone: `+${version}`,
    address: null,
    tags: [],
    notes: null,
    createdAt: '2026-11-22T10:00:00.000000Z',
    createdBy: 'u-1',
    updatedAt: `2026-11-22T10:00:0${version}.000000Z`,
    updatedBy: 'u-1',
    ...fields,
  }
}

/** A conflict as the service answers; `told` overrides what it says. */
export function conflict(told: Partial<Conflict<Customer>> & { current: Customer }) {
  const { current } = told
  return {
    type: '/problems/version-conflict',
    title: 'Edit conflict',
    status: 409,
    detail: `customer ${ID} was changed`,
    code: 'OPTIMISTIC_LOCK_CONFLICT',
    error: 'Conflict',
    hint: 'Stale version. Refetch and retry.',
    conflict: {
      entityId: ID,
      entityType: 'customer',
      reason: 'stale',
      expectedVersion: 1,
      actualVersion: current.version,
      updatedAt: current.updatedAt,
      updatedBy: 'u-1',
      updatedByInfo: { id: 'u-1', email: 'ann@example.com', nickname: 'Ann' },
      changes: [],
      overlappingFields: [],
      mergeable: false,
      ...told,
    },
  }
}

export function problem(status: number, body: JsonBodyType, headers: Record<string, string> = {}) {
  return HttpResponse.json(body, {
    status,
    headers: { 'Content-Type': 'application/problem+json', ...headers },
  })
}

export function refusal(status: number, kind: string) {
  return { type: `/problems/${kind}`, title: kind, status, detail: `refused: ${kind}`, code: kind }
}

/** A record with versions: what is sent to it is judged as the service does, as far as these tests need it. */
export class Shelf {
  current: Customer
  readonly requests: Request[] = []
  /** Called before each write is judged, as somebody who is faster. */
  rival: (shelf: Shelf) => void = () => undefined

  constructor(current: Customer) {
    this.current = current
  }

  change(fields: Partial<Customer>): void {
    this.current = customer(this.current.version + 1, {
      ...this.current,
      ...fields,
      version: this.current.version + 1,
    })
  }

  readonly handlers = [
    http.get(RECORD, () => HttpResponse.json(this.current)),
    http.patch(RECORD, async ({ request }) => {
      this.requests.push(request.clone())
      this.rival(this)
      if (request.headers.get('If-Match') !== `"${this.current.version}"`) {
        return problem(409, conflict({ current: this.current }))
      }
      this.change((await request.json()) as Partial<Customer>)
      return HttpResponse.json(this.current)
    }),
  ]
}

/** Time that passes when somebody sleeps. */
export function fakeTiming(): Timing & { readonly slept: number[] } {
  let time = 0
  const slept: number[] = []
  return {
    slept,
    now: () => time,
    random: () => 0.5,
    sleep: async (milliseconds) => {
      slept.push(milliseconds)
      time += milliseconds
      await Promise.resolve()
    },
  }
}

export function client(options: Partial<ConstructorParameters<typeof UnlostClient>[0]> = {}) {
  return new UnlostClient({ url: SERVICE, token: () => 'token', timing: fakeTiming(), ...options })
}
