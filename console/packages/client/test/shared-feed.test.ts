import { http, HttpResponse } from 'msw'
import { describe, expect, test, vi } from 'vitest'
import { SharedFeed } from '../src/index.js'
import { mockService } from './server.js'
import { client, SERVICE } from './service.js'

const server = mockService()

/** Answers with a stream that stays open once it has told that there is no past, and counts the connections. */
function openStreams() {
  const connections = { opened: 0, closed: 0 }
  server.use(
    http.get(`${SERVICE}/api/changes`, ({ request }) => {
      connections.opened++
      const body = new ReadableStream<Uint8Array>({
        start(controller) {
          controller.enqueue(new TextEncoder().encode('id: c0\nevent: synced\ndata: {}\n\n'))
          request.signal.addEventListener('abort', () => {
            connections.closed++
            controller.close()
          })
        },
      })
      return new HttpResponse(body, { headers: { 'Content-Type': 'text/event-stream' } })
    }),
  )
  return connections
}

describe('a shared feed', () => {
  test('has one connection, and tells who comes late that it is synced', async () => {
    const connections = openStreams()
    const feed = new SharedFeed(client().feed)
    const first: string[] = []
    const late: string[] = []
    const endFirst = feed.subscribe((event) => first.push(event.kind))
    await vi.waitFor(() => {
      expect(first).toContain('synced')
    })
    const endLate = feed.subscribe((event) => late.push(event.kind))
    expect(late).toEqual(['synced'])
    expect(connections.opened).toBe(1)
    endFirst()
    expect(connections.closed).toBe(0)
    endLate()
    await vi.waitFor(() => {
      expect(connections.closed).toBe(1)
    })
  })

  test('connects anew for whoever comes after the last has left', async () => {
    const connections = openStreams()
    const feed = new SharedFeed(client().feed)
    for (const round of [1, 2]) {
      const told: string[] = []
      const end = feed.subscribe((event) => told.push(event.kind))
      await vi.waitFor(() => {
        expect(told).toContain('synced')
      })
      end()
      expect(connections.opened).toBe(round)
    }
  })

  test('connects again when asked to, and then has everything read again', async () => {
    const connections = openStreams()
    const feed = new SharedFeed(client().feed)
    const told: string[] = []
    const end = feed.subscribe((event) => told.push(event.kind))
    await vi.waitFor(() => {
      expect(told).toEqual(['synced'])
    })
    feed.reconnect()
    await vi.waitFor(() => {
      expect(told).toEqual(['synced', 'reset', 'synced'])
    })
    expect(connections).toEqual({ opened: 2, closed: 1 })
    end()
  })
})
