import { QueryClient } from '@tanstack/react-query'
import { elements, UnlostClient, type Element } from '@unlost/client'
import { describe, expect, test, vi } from 'vitest'
import { Titles } from '../src/metahub/Titles.js'
import { Batches } from '../src/records/Batches.js'

interface Row {
  readonly id: string
}

/** Reads that end when they are told to, and what they asked for. */
function held() {
  const asked: string[][] = []
  const ends: (() => void)[] = []
  const read = (ids: readonly string[]) => {
    asked.push([...ids])
    return new Promise<Row[]>((resolve) => {
      ends.push(() => {
        resolve(ids.filter((id) => id !== 'none').map((id) => ({ id })))
      })
    })
  }
  return { asked, ends, read }
}

describe('records by their ids', () => {
  test('are read with one request where they are asked for at once', async () => {
    const { asked, ends, read } = held()
    const batches = new Batches(read)
    const found = Promise.all(['a', 'b', 'a', 'none'].map((id) => batches.find(id)))
    await vi.waitFor(() => {
      expect(asked).toEqual([['a', 'b', 'none']])
    })
    ends[0]?.()
    expect(await found).toEqual([{ id: 'a' }, { id: 'b' }, { id: 'a' }, undefined])
  })

  test('that are asked for during a request share the next one, be it for the same id', async () => {
    const { asked, ends, read } = held()
    const batches = new Batches(read)
    const first = batches.find('a')
    await vi.waitFor(() => {
      expect(asked).toHaveLength(1)
    })
    const later = Promise.all([batches.find('a'), batches.find('b')])
    ends[0]?.()
    await first
    await vi.waitFor(() => {
      expect(asked).toEqual([['a'], ['a', 'b']])
    })
    ends[1]?.()
    expect(await later).toEqual([{ id: 'a' }, { id: 'b' }])
  })

  test('that could not be read are asked for again by whoever asks again', async () => {
    const read = vi
      .fn()
      .mockRejectedValueOnce(new Error('cut'))
      .mockResolvedValue([{ id: 'a' }])
    const batches = new Batches<Row>(read)
    await expect(batches.find('a')).rejects.toThrow('cut')
    expect(await batches.find('a')).toEqual({ id: 'a' })
  })
})

describe('what elements are called', () => {
  /** A service with as many elements as are asked for, and the addresses that it was asked at. */
  function service() {
    const asked: URL[] = []
    let state: 'there' | 'gone' = 'there'
    const client = new UnlostClient({
      url: 'http://service.test',
      token: () => 'token',
      fetch: (input) => {
        const address = new URL(input as string)
        asked.push(address)
        if (state === 'gone') return Promise.resolve(new Response('', { status: 400 }))
        const ids = address.searchParams.get('id')?.split(',') ?? []
        const items = ids.map((id) => ({ id, codename: `name-of-${id}` }) as Element)
        return Promise.resolve(Response.json({ items, next: null }))
      },
    })
    return {
      asked,
      break: () => {
        state = 'gone'
      },
      records: client.records(elements('main')),
    }
  }

  test('is read for a whole list at once, and not again', async () => {
    const { asked, records } = service()
    const titles = new Titles(new QueryClient(), records)
    const heard = vi.fn()
    const end = titles.subscribe(heard)
    const ids = Array.from({ length: 250 }, (_, each) => `e${each}`)
    expect(ids.map(titles.lookup())).toEqual(ids.map(() => undefined))
    await vi.waitFor(() => {
      expect(ids.map((id) => titles.lookup()(id)?.codename)).toEqual(ids.map((id) => `name-of-${id}`))
    })
    expect(heard).toHaveBeenCalled()
    expect(asked.map(({ searchParams }) => searchParams.get('id')?.split(',').length)).toEqual([100, 100, 50])
    end()
  })

  test('is read again where one was changed that somebody has looked up', async () => {
    const { asked, records } = service()
    const titles = new Titles(new QueryClient(), records)
    const end = titles.subscribe(() => undefined)
    titles.lookup()('a')
    await vi.waitFor(() => {
      expect(titles.lookup()('a')).toBeDefined()
    })
    titles.changed('a')
    titles.changed('another')
    await vi.waitFor(() => {
      expect(asked).toHaveLength(2)
    })
    end()
  })

  test('is not asked for again and again where it cannot be read', async () => {
    const { asked, records, break: breakDown } = service()
    breakDown()
    const titles = new Titles(new QueryClient({ defaultOptions: { queries: { retry: false } } }), records)
    titles.lookup()('a')
    await vi.waitFor(() => {
      expect(asked).toHaveLength(1)
    })
    await new Promise((resolve) => setTimeout(resolve))
    titles.lookup()('a')
    await new Promise((resolve) => setTimeout(resolve))
    expect(asked).toHaveLength(1)
  })
})
