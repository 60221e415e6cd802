import type { Page } from '@playwright/test'
import { expect, expectAccessible, picture, test, type Customer, type Person } from '../support.js'

const field = (page: Page, name: string) => page.getByRole('textbox', { name })
const save = (page: Page) => page.getByRole('button', { name: 'Save', exact: true }).click()
const dialog = (page: Page) => page.getByRole('dialog')
const button = (page: Page, name: string) => dialog(page).getByRole('button', { name })
const saved = (page: Page, version: number) =>
  expect(page.getByText(`Saved as version ${version}`)).toBeVisible()

/** Ann and Bob look at the same customer; Ann has saved another phone number, Bob has typed one, too. */
async function conflict(ann: Person, bob: Person, typed: Record<string, string> = {}): Promise<Customer> {
  const customer = await ann.create({ name: 'Acme', phone: '+1', notes: 'first' })
  await Promise.all([ann.open(`/customers/${customer.id}`), bob.open(`/customers/${customer.id}`)])
  await field(bob.page, 'Phone').fill('+3')
  for (const [name, value] of Object.entries(typed)) await field(bob.page, name).fill(value)
  await field(ann.page, 'Phone').fill('+2')
  await save(ann.page)
  await saved(ann.page, 2)
  await save(bob.page)
  await expect(dialog(bob.page)).toContainText('Somebody else changed this meanwhile')
  return customer
}

test('edits of different fields are both saved', async ({ ann, bob }) => {
  const { id } = await ann.create({ name: 'Acme', phone: '+1' })
  await Promise.all([ann.open(`/customers/${id}`), bob.open(`/customers/${id}`)])
  await field(bob.page, 'Notes').fill('of Bob')
  await field(ann.page, 'Phone').fill('+2')
  await save(ann.page)
  await saved(ann.page, 2)
  // what Bob has not touched shows what Ann has saved
  await expect(field(bob.page, 'Phone')).toHaveValue('+2')
  await expect(field(bob.page, 'Notes')).toHaveValue('of Bob')
  await save(bob.page)
  await saved(bob.page, 3)
  expect(await ann.read(id)).toMatchObject({ version: 3, phone: '+2', notes: 'of Bob' })
})

test('edits of the same field are a conflict that says who, what and when', async ({ ann, bob }) => {
  const { id } = await conflict(ann, bob, { 'E-mail': 'bob@acme.example' })
  const { page } = bob
  await expect(dialog(page)).toContainText('Changed by Ann on')
  await expect(dialog(page)).toContainText('You edited version 1; it is now at version 2.')
  await expect(dialog(page)).toContainText('Changed only by you: E-mail (bob@acme.example)')
  const phone = dialog(page).getByRole('group', { name: 'Phone' })
  await expect(phone.getByRole('radio', { name: 'Before: +1' })).toBeVisible()
  await expect(phone.getByRole('radio', { name: /^Theirs, by Ann on .*: \+2$/ })).toBeVisible()
  await expect(phone.getByRole('radio', { name: 'Mine: +3' })).toBeVisible()
  await expect(dialog(page).getByRole('status')).toHaveText('1 field is still to be decided.')
  await expectAccessible(page)
  expect(await ann.read(id)).toMatchObject({ version: 2, phone: '+2', email: null })
})

test('overwriting saves what was typed on the version that is there', async ({ ann, bob }) => {
  const { id } = await conflict(ann, bob)
  await button(bob.page, 'Overwrite with mine').click()
  await saved(bob.page, 3)
  expect(await ann.read(id)).toMatchObject({ version: 3, phone: '+3', notes: 'first' })
  await expect(field(ann.page, 'Phone'), 'Ann sees it at once').toHaveValue('+3')
})

test('reloading gives up what was typed', async ({ ann, bob }) => {
  const { id } = await conflict(ann, bob)
  await button(bob.page, 'Discard mine and reload').click()
  await expect(dialog(bob.page)).toBeHidden()
  await expect(field(bob.page, 'Phone')).toHaveValue('+2')
  expect((await ann.read(id)).version).toBe(2)
})

test('cancelling keeps what was typed, and the next save asks again', async ({ ann, bob }) => {
  const { id } = await conflict(ann, bob)
  await button(bob.page, 'Cancel').click()
  await expect(dialog(bob.page)).toBeHidden()
  await expect(field(bob.page, 'Phone')).toHaveValue('+3')
  expect((await ann.read(id)).phone).toBe('+2')
  await save(bob.page)
  await expect(dialog(bob.page)).toContainText('Somebody else changed this meanwhile')
})

test('fields are merged one by one', async ({ ann, bob }) => {
  const { page } = bob
  const { id } = await ann.create({
    name: 'Alfreds Futterkiste',
    contactName: 'Maria Anders',
    email: 'maria@futterkiste.example',
    phone: '030-0074321',
    notes: 'Delivers on Mondays.',
  })
  await bob.open(`/customers/${id}`)
  await field(page, 'Phone').fill('030-0076545')
  await field(page, 'E-mail').fill('office@futterkiste.example')
  await field(page, 'Notes').fill('Delivers on Tuesdays.')
  await ann.change(id, {
    contactName: 'Ana Trujillo',
    email: 'ana@futterkiste.example',
    phone: '030-0071234',
    notes: 'Delivers on Mondays, at noon.',
  })
  await save(page)
  const phone = dialog(page).getByRole('group', { name: 'Phone' })
  await phone.getByRole('radio', { name: /^Mine/ }).check()
  await picture(page, 'conflict')
  await dialog(page)
    .getByRole('group', { name: 'E-mail' })
    .getByRole('radio', { name: /^Theirs/ })
    .check()
  const notes = dialog(page).getByRole('group', { name: 'Notes' })
  await notes.getByRole('radio', { name: 'Edit' }).check()
  await notes.getByRole('textbox').fill('Delivers on Tuesdays, at noon.')
  await expect(dialog(page).getByRole('status')).toHaveText('Everything is decided.')
  await button(page, 'Save the result').click()
  await saved(page, 3)
  expect(await ann.read(id)).toMatchObject({
    version: 3,
    contactName: 'Ana Trujillo',
    email: 'ana@futterkiste.example',
    phone: '030-0076545',
    notes: 'Delivers on Tuesdays, at noon.',
  })
})

test('a third change while a conflict is settled is a new conflict, and no silent win', async ({
  ann,
  bob,
}) => {
  const { id } = await conflict(ann, bob)
  await ann.change(id, { phone: '+9' })
  await button(bob.page, 'Overwrite with mine').click()
  await expect(dialog(bob.page).getByRole('alert')).toContainText('changed once more')
  await expect(dialog(bob.page).getByRole('radio', { name: /^Theirs, by Ann on .*: \+9$/ })).toBeVisible()
  expect((await ann.read(id)).phone).toBe('+9')
  await button(bob.page, 'Overwrite with mine').click()
  await saved(bob.page, 4)
  expect(await ann.read(id)).toMatchObject({ version: 4, phone: '+3' })
})

test('what was deleted meanwhile is brought back with what was typed', async ({ ann, bob }) => {
  const { page } = bob
  const { id } = await ann.create({ name: 'Acme', phone: '+1', notes: 'first' })
  await bob.open(`/customers/${id}`)
  await field(page, 'Phone').fill('+3')
  await ann.delete(id)
  await expect(page.getByText(/Deleted by Ann on/).first()).toBeVisible()
  await expect(field(page, 'Phone'), 'what was typed stays').toHaveValue('+3')
  await save(page)
  await expect(dialog(page)).toContainText('Somebody deleted this meanwhile')
  await expect(dialog(page)).toContainText('Phone: +3')
  await expectAccessible(page)
  await button(page, 'Restore it with mine').click()
  await saved(page, 4)
  expect(await ann.read(id)).toMatchObject({ version: 4, phone: '+3', notes: 'first' })
})

test('what others changed before they deleted it is not overwritten by bringing it back', async ({
  ann,
  bob,
}) => {
  const { page } = bob
  const { id } = await ann.create({ name: 'Acme', phone: '+1' })
  await bob.open(`/customers/${id}`)
  await field(page, 'Phone').fill('+3')
  await ann.change(id, { phone: '+2' })
  await ann.delete(id)
  await save(page)
  await button(page, 'Restore it with mine').click()
  await expect(dialog(page).getByRole('radio', { name: /^Theirs, by Ann on .*: \+2$/ })).toBeVisible()
  expect((await ann.read(id)).phone).toBe('+2')
})

test('a conflict survives a reload as a draft', async ({ ann, bob }) => {
  await conflict(ann, bob)
  await bob.page.reload()
  await expect(field(bob.page, 'Phone')).toHaveValue('+3')
  await save(bob.page)
  await expect(dialog(bob.page)).toContainText('You edited version 1; it is now at version 2.')
})
