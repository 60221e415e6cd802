import { http, HttpResponse } from 'msw'
import { describe, expect, test } from 'vitest'
import { VersionGate, type Change, type FeedEvent } from '../src/index.js'
import { EventStreamParser } from '../src/sse.js'
import { mockService } from './server.js'
import { client, problem, refusal, SERVICE } from './service.js'

const server = mockService()

function change(version: number): string {
  const told: Change = {
    type: 'customer',
    id: 'c',
    factoryId: 'f',
    action: 'update',
    changedKeys: ['phone'],
    version,
    ts: '2026-11-22T10:15:30.123456Z',
    actor: 'u-1',
  }
  return `id: c${version}\nevent: change\ndata: ${JSON.stringify(told)}\n\n`
}

/** Answers each connection with the next of these texts, and keeps where each wanted to go on from. */
function streams(...texts: string[]) {
  const places: (string | null)[] = []
  server.use(
    http.get(`${SERVICE}/api/changes`, ({ request }) => {
      places.push(request.headers.get('Last-Event-ID'))
      return new HttpResponse(texts.shift() ?? '', { headers: { 'Content-Type': 'text/event-stream' } })
    }),
  )
  return places
}

/** Listens until so many events were told. */
async function heard(count: number, since?: string): Promise<string[]> {
  const events: string[] = []
  const end = new AbortController()
  await client().feed.follow(
    { signal: end.signal, ...(since === undefined ? {} : { since }) },
    (event: FeedEvent) => {
      events.push(event.kind === 'change' ? `change ${event.change.version}` : event.kind)
      if (events.length === count) end.abort()
    },
  )
  return events
}

describe('the feed', () => {
  test('goes on after the last event that was handled', async () => {
    const places = streams(change(1) + change(2), change(3))
    expect(await heard(4)).toEqual(['change 1', 'change 2', 'disconnected', 'change 3'])
    expect(places).toEqual([null, 'c2'])
  })

  test('goes on from a heartbeat where nothing changed', async () => {
    const places = streams('id: h7\nevent: heartbeat\ndata: {}\n\n', change(1))
    expect(await heard(2)).toEqual(['disconnected', 'change 1'])
    expect(places).toEqual([null, 'h7'])
  })

  test('says when everything must be read again, and goes on from there', async () => {
    const places = streams('id: now\nevent: reset\ndata: {"reason":"gone"}\n\n', change(9))
    expect(await heard(3, 'old')).toEqual(['reset', 'disconnected', 'change 9'])
    expect(places).toEqual(['old', 'now'])
  })

  test('does not count an event as handled that is cut off', async () => {
    const places = streams(change(1) + change(2).slice(0, -1), change(2))
    expect(await heard(3)).toEqual(['change 1', 'disconnected', 'change 2'])
    expect(places).toEqual([null, 'c1'])
  })

  test('tries again where the service is unavailable, and not where it refuses', async () => {
    let asked = 0
    server.use(
      http.get(`${SERVICE}/api/changes`, () =>
        asked++ < 2
          ? problem(503, refusal(503, 'unavailable'))
          : problem(403, refusal(403, 'insufficient-scope')),
      ),
    )
    expect(await heard(9)).toEqual(['disconnected', 'disconnected', 'refused'])
  })

  test('ends with what its listener throws', async () => {
    streams(change(1))
    const end = new AbortController()
    const listening = client().feed.follow({ signal: end.signal }, () => {
      throw new RangeError('of the listener')
    })
    await expect(listening).rejects.toThrow('of the listener')
  })
})

test('one connection serves all listeners, until the last has gone', async () => {
  let ended = 0
  const places: string[] = []
  server.use(
    http.get(`${SERVICE}/api/changes`, ({ request }) => {
      places.push(request.url)
      request.signal.addEventListener('abort', () => ended++)
      const body = new ReadableStream({
        start(controller) {
          controller.enqueue(new TextEncoder().encode(change(1)))
        },
      })
      return new HttpResponse(body, { headers: { 'Content-Type': 'text/event-stream' } })
    }),
  )
  const { live } = client()
  const versions: string[] = []
  const told = new Promise<void>((resolve) => {
    const note = (name: string) => (event: FeedEvent) => {
      if (event.kind === 'change') versions.push(name)
      if (versions.length === 2) resolve()
    }
    const ends = [live.subscribe(note('first')), live.subscribe(note('second'))]
    void Promise.resolve().then(async () => {
      await told
      for (const end of ends) end()
    })
  })
  await told
  expect(versions).toEqual(['first', 'second'])
  expect(places).toHaveLength(1)
  await expect.poll(() => ended).toBe(1)
})

describe('the gate', () => {
  test('drops what is known, takes what is next, and asks for what is missing', () => {
    const gate = new VersionGate()
    expect([1, 1, 2, 4, 3, 4].map((version) => gate.offer('c', version))).toEqual([
      'apply',
      'drop',
      'apply',
      'refetch',
      'apply',
      'apply',
    ])
  })

  test('drops a read that is older than what was applied meanwhile', () => {
    const gate = new VersionGate()
    expect(gate.offer('c', 3)).toBe('refetch')
    expect(gate.advance('c', 5)).toBe(true)
    expect(gate.advance('c', 4)).toBe(false)
    expect(gate.offer('c', 5)).toBe('drop')
  })
})

describe('an event stream', () => {
  const text =
    '\uFEFF: comment\r\nid: 1\r\nevent: change\r\ndata: a\r\ndata:b\r\nretry: 250\r\n\r\nid: 2\rdata\r\r'
  const events = [
    { type: 'change', data: 'a\nb', id: '1' },
    { type: 'message', data: '', id: '2' },
  ]

  test.each([1, 2, 3, 5, 7, 1000])('is the same in pieces of %i', (size) => {
    const parser = new EventStreamParser()
    const read = []
    for (let at = 0; at < text.length; at += size) read.push(...parser.read(text.slice(at, at + size)))
    expect(read).toEqual(events)
    expect(parser.reconnectionTime).toBe(250)
  })
})
