import { screen, waitFor, within } from '@testing-library/react'
import axe from 'axe-core'
import { delay, http, HttpResponse } from 'msw'
import { describe, expect, test } from 'vitest'
import type { Conflict, Customer, FieldChange } from '@unlost/client'
import { mockService } from '../../client/test/server.js'
import { client, conflict, customer, problem, RECORD, refusal } from '../../client/test/service.js'
import { page } from './page.js'

const server = mockService()

const begun = customer(1, { phone: '+1' })
const edits = { phone: '+3', notes: 'mine' }
const phone: FieldChange = {
  field: 'phone',
  base: '+1',
  theirs: '+2',
  yours: '+3',
  overlaps: true,
  version: 2,
  changedBy: 'u-1',
  changedAt: '2026-11-22T10:14:02.000001Z',
}
const changes: FieldChange[] = [
  phone,
  { field: 'notes', base: null, theirs: null, yours: 'mine', overlaps: false },
  { field: 'email', base: null, theirs: 'a@b.example', overlaps: false, version: 2, changedBy: 'u-1' },
]

type Sent = { readonly headers: Headers; readonly body: unknown }
type Told = Partial<Conflict<Customer>>

/** Refuses so many writes, as told, and takes what comes then. */
function refusing(...conflicts: Told[]): Sent[] {
  const sent: Sent[] = []
  server.use(
    http.patch(RECORD, async ({ request }) => {
      const body = (await request.json()) as Partial<Customer>
      sent.push({ headers: request.headers, body })
      const told = conflicts[sent.length - 1]
      const now = customer(sent.length + 1, { phone: `+${sent.length + 1}` })
      return told === undefined
        ? HttpResponse.json({ ...now, ...body })
        : problem(409, conflict({ current: now, changes, ...told }))
    }),
  )
  return sent
}

async function opened(told: Told[] = [{}], lng = 'en') {
  const sent = refusing(...told)
  const { user } = await page({ records: client().customers, begun, edits }, lng)
  await user.click(screen.getByText('save'))
  const dialog = await screen.findByRole('dialog')
  return { user, dialog, sent }
}

const shownRecord = () => JSON.parse(screen.getByLabelText('record').textContent) as Customer
const shownInput = () => JSON.parse(screen.getByLabelText('input').textContent) as unknown
const button = (name: string) => screen.getByRole('button', { name })
const closed = () =>
  waitFor(() => {
    expect(screen.queryByRole('dialog')).toBeNull()
  })

describe('a stale edit', () => {
  test('shows who changed it, what merged by itself, and both versions of what did not', async () => {
    const { dialog } = await opened()
    expect(dialog.textContent).toContain('Changed by Ann on Nov 22, 2026')
    expect(dialog.textContent).toContain('You edited version 1; it is now at version 2.')
    expect(dialog.textContent).toContain('Changed only by you: notes (mine)')
    expect(dialog.textContent).toContain('Changed only by others: email (a@b.example)')
    const field = within(screen.getByRole('group', { name: 'Phone' }))
    expect(field.getByLabelText('Before: +1')).toBeTruthy()
    expect(field.getByLabelText(/Theirs, by Ann on .*: \+2/)).toBeTruthy()
    expect(field.getByLabelText('Mine: +3')).toBeTruthy()
  })

  test('is overwritten on the version that is there, and says where the edit began', async () => {
    const { user, sent } = await opened()
    await user.click(button('Overwrite with mine'))
    await closed()
    expect(sent[1]?.headers.get('If-Match')).toBe('"2"')
    expect(sent[1]?.headers.get('Edited-Version')).toBe('"1"')
    expect(sent[1]?.body).toEqual(edits)
    expect(shownRecord()).toMatchObject({ version: 3, phone: '+3', notes: 'mine' })
  })

  test('that is overwritten after yet another change is a new conflict, and no silent win', async () => {
    const { user, sent } = await opened([
      {},
      { actualVersion: 3, changes: [{ ...phone, base: '+2', theirs: '+9' }] },
    ])
    await user.click(button('Overwrite with mine'))
    expect((await screen.findByRole('alert')).textContent).toContain('changed once more')
    expect(screen.getByLabelText('Before: +2')).toBeTruthy()
    expect(shownRecord()).toEqual(begun)
    await user.click(button('Overwrite with mine'))
    await closed()
    expect(sent.map(({ headers }) => headers.get('If-Match'))).toEqual(['"1"', '"2"', '"3"'])
    expect(sent[2]?.headers.get('Edited-Version')).toBe('"1"')
  })

  test('is merged field by field, once everything is decided', async () => {
    const { user, dialog, sent } = await opened()
    expect(within(dialog).getByRole('status').textContent).toBe('1 field is still to be decided.')
    await user.click(button('Save the result'))
    expect(sent).toHaveLength(1)
    await user.click(screen.getByLabelText(/^Theirs/))
    await user.click(button('Save the result'))
    await closed()
    expect(sent[1]?.body).toEqual({ notes: 'mine' })
  })

  test.each([
    ['mine', /^Mine/, { notes: 'mine', phone: '+3' }],
    ['the value before', /^Before/, { notes: 'mine', phone: '+1' }],
  ])('is merged with %s', async (_, name, body) => {
    const { user, sent } = await opened()
    await user.click(screen.getByLabelText(name))
    await user.click(button('Save the result'))
    await closed()
    expect(sent[1]?.body).toEqual(body)
  })

  test('is merged with a value that is typed', async () => {
    const { user, sent } = await opened()
    await user.click(screen.getByLabelText('Edit'))
    const input = screen.getByLabelText('Result for Phone')
    await user.clear(input)
    await user.type(input, '+77')
    await user.click(button('Save the result'))
    await closed()
    expect(sent[1]?.body).toEqual({ notes: 'mine', phone: '+77' })
  })

  test.each([
    ['All mine', { notes: 'mine', phone: '+3' }],
    ['All theirs', { notes: 'mine' }],
  ])('is decided at once by %s', async (name, body) => {
    const { user, sent } = await opened()
    await user.click(button(name))
    await user.click(button('Save the result'))
    await closed()
    expect(sent[1]?.body).toEqual(body)
  })

  test('sends nothing where everything is theirs', async () => {
    const { user, sent } = await opened([
      { changes: [phone, { field: 'notes', theirs: 'x', overlaps: true }] },
    ])
    await user.click(button('All theirs'))
    await user.click(button('Save the result'))
    await closed()
    expect(sent).toHaveLength(1)
    expect(shownRecord().version).toBe(2)
    expect(shownInput()).toEqual({})
  })

  test('is given up for what is there now', async () => {
    server.use(http.get(RECORD, () => HttpResponse.json(customer(7))))
    const { user } = await opened()
    await user.click(button('Discard mine and reload'))
    await closed()
    expect(shownRecord().version).toBe(7)
    expect(shownInput()).toEqual({})
  })

  test.each(['button', 'key'])('is left as it was typed when cancelled by %s', async (way) => {
    const { user, sent } = await opened()
    if (way === 'button') await user.click(button('Cancel'))
    else await user.keyboard('{Escape}')
    await closed()
    expect(shownInput()).toEqual(edits)
    expect(shownRecord()).toEqual(begun)
    expect(sent).toHaveLength(1)
  })

  test('whose base is not known has nothing from before to go back to', async () => {
    const { dialog } = await opened([
      { expectedVersion: null, changes: [{ field: 'phone', theirs: '+2', overlaps: true }] },
    ])
    expect(dialog.textContent).toContain('It is not known which version you edited')
    expect(screen.queryByLabelText(/^Before/)).toBeNull()
  })
})

test('an edit of a version that does not exist yet can be settled like a stale one', async () => {
  const { user, sent } = await opened([
    {
      reason: 'ahead',
      expectedVersion: 9,
      changes: [{ field: 'phone', theirs: '+2', yours: '+3', overlaps: true }],
    },
  ])
  await user.click(button('All mine'))
  await user.click(button('Save the result'))
  await closed()
  expect(sent[1]?.headers.get('If-Match')).toBe('"2"')
})

test('what was deleted meanwhile cannot be overwritten, and says who deleted it', async () => {
  const { user, dialog } = await opened([{ reason: 'deleted' }])
  expect(dialog.textContent).toContain('Somebody deleted this meanwhile')
  expect(dialog.textContent).toContain('Deleted by Ann')
  expect(dialog.textContent).toContain('Phone: +3')
  expect(screen.queryByRole('button', { name: 'Overwrite with mine' })).toBeNull()
  expect(screen.queryByRole('button', { name: 'Save the result' })).toBeNull()
  server.use(http.get(RECORD, () => problem(410, { ...refusal(410, 'deleted'), version: 2 })))
  await user.click(button('Discard mine and reload'))
  await closed()
  expect(shownRecord().version).toBe(2)
})

describe('what was deleted meanwhile', () => {
  /** Brings the record back as version 3, and answers the update then. */
  const restoring = (update: () => Response) => {
    const sent: { step: string; headers: Headers; body: unknown }[] = []
    const log = async (step: string, request: Request) => {
      sent.push({ step, headers: request.headers, body: await request.json() })
    }
    server.use(
      http.post(`${RECORD}/restore`, async ({ request }) => {
        await log('restore', request)
        return HttpResponse.json(customer(3))
      }),
      http.patch(RECORD, async ({ request }) => {
        await log('update', request)
        return update()
      }),
    )
    return sent
  }

  test('is brought back, and gets what was entered', async () => {
    const { user } = await opened([{ reason: 'deleted' }])
    const sent = restoring(() => HttpResponse.json(customer(4, edits)))
    await user.click(button('Restore it with mine'))
    await closed()
    expect(sent.map(({ step, headers, body }) => [step, headers.get('If-Match'), body])).toEqual([
      ['restore', '"2"', { toVersion: 1 }],
      ['update', '"1"', edits],
    ])
    expect(sent[1]?.headers.get('Prefer')).toBe('merge=disjoint')
    expect(shownRecord()).toMatchObject({ version: 4, phone: '+3' })
  })

  test('does not lose what others changed before the deletion', async () => {
    const { user } = await opened([{ reason: 'deleted' }])
    restoring(() =>
      problem(409, conflict({ current: customer(3, { phone: '+2' }), actualVersion: 3, changes })),
    )
    await user.click(button('Restore it with mine'))
    expect(await screen.findByLabelText('Mine: +3')).toBeTruthy()
    expect(screen.getByLabelText(/^Theirs, by Ann on .*: \+2/)).toBeTruthy()
    expect(screen.getByText('Somebody else changed this meanwhile')).toBeTruthy()
  })

  test('may have been brought back by somebody else', async () => {
    const { user } = await opened([{ reason: 'deleted' }])
    server.use(
      http.post(`${RECORD}/restore`, () => problem(409, conflict({ current: customer(3), changes }))),
    )
    await user.click(button('Restore it with mine'))
    expect(await screen.findByRole('button', { name: 'Overwrite with mine' })).toBeTruthy()
    expect(shownInput()).toEqual(edits)
  })

  test('stays where it was when that fails', async () => {
    const { user } = await opened([{ reason: 'deleted' }])
    server.use(http.post(`${RECORD}/restore`, () => problem(422, refusal(422, 'rule-violated'))))
    await user.click(button('Restore it with mine'))
    expect((await screen.findByRole('alert')).textContent).toContain('refused: rule-violated')
    expect(button('Restore it with mine').getAttribute('aria-disabled')).toBe('false')
    expect(shownInput()).toEqual(edits)
  })
})

test('a value that another record has cannot be forced upon it', async () => {
  const { dialog } = await opened([{ reason: 'exists', taken: 'phone', entityId: 'another' }])
  expect(dialog.textContent).toContain('Another record has the same value of Phone')
  expect(screen.getAllByRole('button', { hidden: false }).map((it) => it.textContent)).toEqual(['Cancel'])
})

test('an id that is taken is settled like a stale edit', async () => {
  const { dialog } = await opened([{ reason: 'exists', expectedVersion: null }])
  expect(dialog.textContent).toContain('This exists already')
  expect(button('Overwrite with mine')).toBeTruthy()
})

test.each([401, 403, 404])('lost access (%i) while settling keeps what was entered', async (status) => {
  const { user } = await opened()
  server.use(http.patch(RECORD, () => problem(status, refusal(status, 'refused'))))
  await user.click(button('Overwrite with mine'))
  await screen.findByText('You can no longer change this')
  await user.click(button('Cancel'))
  await closed()
  expect(shownInput()).toEqual(edits)
})

test.each([403, 404])('lost access (%i) is told by reloading, too', async (status) => {
  const { user } = await opened()
  server.use(http.get(RECORD, () => problem(status, refusal(status, 'refused'))))
  await user.click(button('Discard mine and reload'))
  await screen.findByText('You can no longer change this')
  await user.click(button('Cancel'))
  await closed()
  expect(shownInput()).toEqual(edits)
})

test('a failure while settling is told, and the conflict stays', async () => {
  const { user } = await opened()
  server.use(http.patch(RECORD, () => problem(422, refusal(422, 'rule-violated'))))
  await user.click(button('Overwrite with mine'))
  expect((await screen.findByRole('alert')).textContent).toContain('refused: rule-violated')
  expect(screen.getByLabelText('Mine: +3')).toBeTruthy()
})

test('while it is busy nothing is sent twice, nothing is closed, and the focus stays', async () => {
  const { user, dialog } = await opened()
  let sent = 0
  server.use(
    http.patch(RECORD, async () => {
      sent++
      await delay(200)
      return HttpResponse.json(customer(3))
    }),
  )
  const overwrite = button('Overwrite with mine')
  await user.click(overwrite)
  expect(within(dialog).getByRole('status').textContent).toBe('Working…')
  expect(overwrite.getAttribute('aria-disabled')).toBe('true')
  expect(document.activeElement).toBe(overwrite)
  await user.click(overwrite)
  await user.keyboard('{Escape}')
  expect(screen.queryByRole('dialog')).not.toBeNull()
  await closed()
  expect(sent).toBe(1)
})

test('is settled with nothing but the keyboard', async () => {
  const { user, sent } = await opened()
  const reach = async (element: HTMLElement) => {
    for (let tabs = 0; document.activeElement !== element; tabs++) {
      expect(tabs).toBeLessThan(20)
      await user.tab()
    }
  }
  await reach(screen.getByLabelText('Before: +1'))
  await user.keyboard(' ')
  await reach(button('Save the result'))
  await user.keyboard('{Enter}')
  await closed()
  expect(sent[1]?.body).toEqual({ notes: 'mine', phone: '+1' })
})

test.each([
  ['nickname', { id: 'u-1', email: 'ann@example.com', nickname: 'Ann' }, 'u-1', 'Ann'],
  ['e-mail', { id: 'u-1', email: 'ann@example.com', nickname: null }, 'u-1', 'ann@example.com'],
  ['id', { id: 'u-1', email: null, nickname: null }, 'u-1', 'u-1'],
  ['nothing', null, '', 'unknown user'],
])('somebody is called by %s', async (_, updatedByInfo, updatedBy, name) => {
  const { dialog } = await opened([{ updatedBy, updatedByInfo }])
  expect(dialog.textContent).toContain(`Changed by ${name} on`)
})

test('another author than the last is called what the page knows', async () => {
  await opened([{ changes: [{ ...phone, changedBy: 'u-2' }] }])
  expect(screen.getByLabelText(/^Theirs, by Bob on .*: \+2/)).toBeTruthy()
})

test.each([
  ['en', 'Somebody else changed this meanwhile'],
  ['ru', 'Тем временем запись изменил кто-то другой'],
  ['ja', '編集中に他のユーザーがこのレコードを変更しました'],
])('speaks %s, and axe finds nothing', async (lng, title) => {
  const { dialog } = await opened([{}], lng)
  expect(dialog.textContent).toContain(title)
  // jsdom lays nothing out, so that contrasts cannot be seen
  const { violations } = await axe.run(document.body, {
    rules: { 'color-contrast': { enabled: false }, region: { enabled: false } },
  })
  expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([])
})
