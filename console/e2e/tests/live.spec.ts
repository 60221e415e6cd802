import type { Page } from '@playwright/test'
import { expect, expectAccessible, picture, test } from '../support.js'

test('lists show changes at once, and say what is new without moving', async ({ ann, bob }) => {
  const { page } = ann
  const first = await bob.create({ name: 'Acme', contactName: 'Carla' })
  await bob.create({ name: 'Bolt' })
  await ann.open('/customers')
  await expect(page.getByRole('link', { name: 'Acme' })).toBeVisible()
  await expect(page.getByText('Live', { exact: true })).toBeVisible()
  await bob.change(first.id, { contactName: 'Dora' })
  await expect(page.getByRole('row', { name: /Acme/ })).toContainText('Dora')
  await bob.create({ name: 'Aardvark' })
  await expect(page.getByText('1 new record')).toBeVisible()
  await page.getByRole('button', { name: 'Show', exact: true }).click()
  await expect(page.getByRole('link', { name: 'Aardvark' })).toBeVisible()
  await bob.delete(first.id)
  await expect(page.getByRole('link', { name: 'Acme' })).toBeHidden()
})

test('lists tell of new records only where they would show them', async ({ ann, bob }) => {
  const { page } = ann
  const acme = await bob.create({ name: 'Acme' })
  await ann.open('/customers?name=ac')
  await expect(page.getByRole('link', { name: 'Acme' })).toBeVisible()
  await expect(page.getByText('Live', { exact: true })).toBeVisible()
  await bob.create({ name: 'Bolt' })
  const acorn = await bob.create({ name: 'Acorn' })
  await expect(page.getByText('1 new record', { exact: true })).toBeVisible()
  await bob.change(acorn.id, { name: 'Oak' })
  await expect(page.getByText(/new record/)).toBeHidden()
  await bob.change(acorn.id, { name: 'Accra' })
  await bob.create({ name: 'Acropolis' })
  await expect(page.getByText('2 new records', { exact: true })).toBeVisible()
  await page.getByLabel('Name begins with').fill('acm')
  await expect(page).toHaveURL(/name=acm/)
  await expect(page.getByText(/new record/), 'of another search').toBeHidden()
  await bob.change(acme.id, { name: 'Acme & Co' })
  await expect(page.getByRole('link', { name: 'Acme & Co' })).toBeVisible()
})

test('people who edit are told what others changed, and keep what they typed', async ({ ann, bob }) => {
  const { page } = bob
  const { id } = await ann.create({
    name: 'Alfreds Futterkiste',
    contactName: 'Maria Anders',
    phone: '030-0074321',
    tags: ['vip'],
    notes: 'first',
  })
  await bob.open(`/customers/${id}`)
  await page.getByRole('textbox', { name: 'Phone' }).fill('030-0076545')
  await picture(page, 'edit')
  await ann.change(id, { phone: '030-0071234', notes: 'second' })
  const news = page.getByRole('status', { name: 'What others changed' })
  await expect(news).toContainText('Changed by Ann')
  await expect(news).toContainText('1 field in which you have unsaved input was changed')
  await expect(page.getByRole('textbox', { name: 'Phone' })).toHaveValue('030-0076545')
  await expect(page.getByRole('textbox', { name: 'Notes' })).toHaveValue('second')
  await news.getByRole('button', { name: 'See what' }).click()
  await expect(news).toContainText('030-0071234')
  await expectAccessible(page)
  await picture(page, 'banner')
})

/** The feed of a page, which can be cut and mended. */
async function cuttable(page: Page) {
  let isCut = false
  await page.route('**/api/changes*', async (route) => {
    if (isCut) await route.abort()
    else await route.continue()
  })
  return {
    cut: async () => {
      isCut = true
      await page.context().setOffline(true)
      await expect(page.getByText('You are offline.', { exact: false })).toBeVisible()
      await page.context().setOffline(false)
      await expect(page.getByText('The connection is lost', { exact: false })).toBeVisible()
    },
    mend: async () => {
      isCut = false
      await expect(page.getByText('Live', { exact: true })).toBeVisible({ timeout: 60_000 })
    },
  }
}

test('a feed that was cut goes on where it was', async ({ ann, bob }) => {
  const { page } = ann
  const { id } = await bob.create({ name: 'Acme', phone: '+1' })
  const feed = await cuttable(page)
  await ann.open(`/customers/${id}`)
  await expect(page.getByText('Live', { exact: true })).toBeVisible()
  await page.getByRole('textbox', { name: 'Notes' }).fill('typed before')

  await feed.cut()
  await bob.change(id, { phone: '+2' })
  await bob.change(id, { contactName: 'Carla' })
  await expect(page.getByText('Live', { exact: true })).toBeHidden()

  await feed.mend()
  await expect(page.getByRole('textbox', { name: 'Phone' })).toHaveValue('+2')
  await expect(page.getByRole('textbox', { name: 'Contact', exact: true })).toHaveValue('Carla')
  await expect(page.getByRole('textbox', { name: 'Notes' })).toHaveValue('typed before')
})

test('a list that was cut off shows what happened meanwhile', async ({ ann, bob }) => {
  const { page } = ann
  const acme = await bob.create({ name: 'Acme' })
  const bolt = await bob.create({ name: 'Bolt' })
  const feed = await cuttable(page)
  await ann.open('/customers')
  await expect(page.getByRole('link', { name: 'Acme' })).toBeVisible()
  await expect(page.getByText('Live', { exact: true })).toBeVisible()

  await feed.cut()
  await bob.change(acme.id, { name: 'Acme & Co' })
  await bob.delete(bolt.id)
  await bob.create({ name: 'Corner' })
  await feed.mend()
  await expect(page.getByRole('link', { name: 'Acme & Co' })).toBeVisible()
  await expect(page.getByRole('link', { name: 'Corner' })).toBeVisible()
  await expect(page.getByRole('link', { name: 'Bolt' })).toBeHidden()
})

test('what was typed is there again after a reload, and after signing out and in', async ({ ann }) => {
  const { page } = ann
  const { id } = await ann.create({ name: 'Acme', notes: 'first' })
  await ann.open(`/customers/${id}`)
  const notes = page.getByRole('textbox', { name: 'Notes' })
  await notes.fill('half a sentence')
  await page.reload()
  await expect(page.getByText(/Your unsaved input from .* is here again/)).toBeVisible()
  await expect(notes).toHaveValue('half a sentence')

  await page.getByRole('button', { name: /^Ann at/ }).click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
  await page.getByRole('radio', { name: /^Ann/ }).check()
  await page
    .getByRole('combobox', { name: 'Factory' })
    .or(page.getByRole('textbox', { name: 'Factory' }))
    .fill(ann.identity.factory)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page.getByRole('button', { name: /^Ann at/ })).toBeVisible()
  await ann.open(`/customers/${id}`)
  await expect(notes).toHaveValue('half a sentence')
  await page.getByRole('button', { name: 'Discard', exact: true }).click()
  await expect(notes).toHaveValue('first')
  await page.reload()
  await expect(notes).toHaveValue('first')
})

test('the past can be read, compared and brought back', async ({ ann, bob }) => {
  const { page } = ann
  const { id } = await ann.create({
    name: 'Island Trading',
    contactName: 'Helen Bennett',
    phone: '(198) 555-8888',
  })
  await bob.change(id, { phone: '(198) 555-9999' })
  await bob.change(id, { notes: 'Closed in August.' })
  await ann.open(`/customers/${id}`)
  const history = page.getByRole('region', { name: 'History' })
  await expect(history.getByRole('listitem').filter({ hasText: 'Bob changed it' })).toHaveCount(2)
  await history.getByRole('button', { name: 'Compare versions' }).click()
  await expect(history).toContainText('(198) 555-9999')
  await expectAccessible(page)
  await picture(page, 'history')
  await page.getByRole('textbox', { name: 'Phone' }).focus()
  await expect(page.getByText(/by Bob in version 2/)).toBeVisible()

  await history.getByRole('link', { name: 'View version 1' }).click()
  await expect(page.getByText('This is version 1 as it was. It is now at version 3.')).toBeVisible()
  await page.getByRole('button', { name: 'Restore version 1' }).first().click()
  await page.getByRole('dialog').getByRole('button', { name: 'Restore' }).click()
  await expect(page.getByText('Version 1 is back')).toBeVisible()
  expect(await ann.read(id)).toMatchObject({ version: 4, phone: '(198) 555-8888', notes: null })
})

test('a customer is created, found, deleted and restored', async ({ ann }) => {
  const { page } = ann
  await ann.open('/customers')
  await page.getByRole('link', { name: 'New customer' }).first().click()
  await page.getByRole('button', { name: 'Create' }).click()
  await expect(page.getByRole('textbox', { name: 'Name' }), 'it says what is missing').toHaveAttribute(
    'aria-invalid',
    'true',
  )
  await page.getByRole('textbox', { name: 'Name' }).fill('Acme')
  await page.getByRole('textbox', { name: 'E-mail' }).fill('nobody')
  await page.getByRole('button', { name: 'Create' }).click()
  await expect(page.getByRole('textbox', { name: 'E-mail' })).toHaveAttribute('aria-invalid', 'true')
  await expectAccessible(page)
  await page.getByRole('textbox', { name: 'E-mail' }).fill('a@acme.example')
  await page.getByRole('button', { name: 'Create' }).click()
  await expect(page.getByRole('heading', { name: 'Acme', level: 1 })).toBeVisible()

  await page.getByRole('link', { name: 'Customers' }).first().click()
  await page.getByLabel('Name begins with').fill('ac')
  await expect(page).toHaveURL(/name=ac/)
  await page.getByRole('link', { name: 'Acme' }).click()
  await page.getByRole('button', { name: 'Delete' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click()
  await expect(page.getByRole('alert').getByText('This record was deleted')).toBeVisible()
  await page.getByRole('button', { name: 'Restore', exact: true }).first().click()
  await page.getByRole('dialog').getByRole('button', { name: 'Restore' }).click()
  await expect(page.getByRole('textbox', { name: 'E-mail' })).toHaveValue('a@acme.example')
})
