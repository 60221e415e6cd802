import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { act, render, screen, waitFor } from '@testing-library/react'
import { http, HttpResponse } from 'msw'
import { expect, test } from 'vitest'
import type { Change, Customer, FeedEvent, FeedListener, SharedFeed, UnlostClient } from '@unlost/client'
import { mockService } from '../../client/test/server.js'
import { client, customer, ID, problem, RECORD, refusal } from '../../client/test/service.js'
import { recordKey, useLiveRecord } from '../src/index.js'

const server = mockService()

function Shown({ of, live, since }: { of: UnlostClient; live: SharedFeed; since?: number }) {
  const { record, news, deletion, connection } = useLiveRecord(
    of.customers,
    ID,
    live,
    since === undefined ? {} : { since },
  )
  return (
    <p>{`v${record?.version ?? '-'} news ${news?.version ?? '-'} by ${news?.actor ?? '-'} ${connection} ${deletion ? 'deleted' : ''}`}</p>
  )
}

function change(version: number, fields: Partial<Change> = {}): FeedEvent {
  const told: Change = {
    type: 'customer',
    id: ID,
    factoryId: 'f',
    action: 'update',
    changedKeys: ['phone'],
    version,
    ts: '2026-11-22T10:15:30.123456Z',
    actor: 'bob',
    ...fields,
  }
  return { kind: 'change', change: told }
}

function shown(begun: Customer, since?: number) {
  const state = { current: begun, reads: 0 }
  server.use(
    http.get(RECORD, () => {
      state.reads++
      return HttpResponse.json(state.current)
    }),
  )
  const listeners = new Set<FeedListener>()
  const subscribe = (listener: FeedListener) => {
    listeners.add(listener)
    return () => listeners.delete(listener)
  }
  const queries = new QueryClient()
  const view = render(
    <QueryClientProvider client={queries}>
      <Shown
        of={client()}
        live={{ subscribe } as unknown as SharedFeed}
        {...(since === undefined ? {} : { since })}
      />
    </QueryClientProvider>,
  )
  const tell = (event: FeedEvent) => {
    act(() => {
      for (const listener of listeners) listener(event)
    })
  }
  return { state, tell, listeners, queries, ...view }
}

test('a record is read again when the feed tells of a newer version, and not of an older one', async () => {
  const { state, tell } = shown(customer(3))
  await screen.findByText(/^v3/)
  tell(change(2))
  tell(change(3))
  expect(state.reads).toBe(1)
  state.current = customer(4)
  tell(change(4))
  await screen.findByText(/^v4 news -/)
  expect(state.reads).toBe(2)
})

test('an answer that was overtaken by a newer one, such as that of a save, is dropped', async () => {
  const { tell, queries } = shown(customer(3))
  await screen.findByText(/^v3/)
  let answer: () => void = () => undefined
  const asked = new Promise<void>((resolve) => {
    answer = resolve
  })
  server.use(
    http.get(RECORD, async () => {
      await asked
      return HttpResponse.json(customer(4))
    }),
  )
  tell(change(4))
  act(() => {
    queries.setQueryData(recordKey(client().customers, ID), customer(5))
  })
  await screen.findByText(/^v5/)
  answer()
  await waitFor(() => {
    expect(queries.isFetching()).toBe(0)
  })
  expect(screen.getByText(/^v5/)).toBeTruthy()
})

test('what happens to other records is no news', async () => {
  const { state, tell } = shown(customer(3))
  await screen.findByText(/^v3/)
  tell(change(9, { id: 'another' }))
  tell(change(9, { type: 'hub' }))
  tell(change(9, { namespace: 'main' }))
  expect(state.reads).toBe(1)
})

test('an edit is told who changed the record since it began', async () => {
  const { state, tell } = shown(customer(3), 3)
  await screen.findByText(/^v3 news -/)
  state.current = customer(4)
  tell(change(4))
  await screen.findByText(/^v4 news 4 by bob/)
  tell(change(4, { actor: 'carla' }))
  tell(change(3, { actor: 'carla' }))
  expect(screen.getByText(/^v4 news 4 by bob/)).toBeTruthy()
})

test('after a reset the record is read again', async () => {
  const { state, tell } = shown(customer(3))
  await screen.findByText(/^v3/)
  state.current = customer(8)
  tell({ kind: 'reset' })
  await screen.findByText(/^v8/)
})

test('what was read before the feed was there is read again once it is', async () => {
  const { state, tell } = shown(customer(3))
  await screen.findByText(/^v3/)
  state.current = customer(4) // nobody tells
  tell({ kind: 'synced' })
  await screen.findByText(/^v4/)
})

test('a deletion is told', async () => {
  const { tell } = shown(customer(3))
  await screen.findByText(/^v3/)
  server.use(http.get(RECORD, () => problem(410, { ...refusal(410, 'deleted'), version: 4 })))
  tell(change(4, { action: 'delete' }))
  await screen.findByText(/deleted$/)
})

test('says how the connection is, and leaves the feed with the page', async () => {
  const { tell, unmount, listeners } = shown(customer(3))
  await screen.findByText(/connecting/)
  tell({ kind: 'synced' })
  await screen.findByText(/connected/)
  tell({ kind: 'disconnected', cause: new Error('cut'), retryIn: 5 })
  await screen.findByText(/connecting/)
  unmount()
  await waitFor(() => {
    expect(listeners.size).toBe(0)
  })
})

test('a record that is shown again is read again, as nobody listened meanwhile', async () => {
  const live = { subscribe: () => () => undefined } as unknown as SharedFeed
  let current = customer(3)
  server.use(http.get(RECORD, () => HttpResponse.json(current)))
  const of = client()
  const queries = new QueryClient()
  const page = (
    <QueryClientProvider client={queries}>
      <Shown of={of} live={live} />
    </QueryClientProvider>
  )
  const { unmount } = render(page)
  await screen.findByText(/^v3/)
  unmount()
  current = customer(4)
  render(page)
  await screen.findByText(/^v4/)
})
