import { expect, expectAccessible, keptBy, test } from '../support.js'

test('somebody chooses who to be, and leaves again', async ({ page, factory, baseURL }) => {
  const elsewhere: string[] = []
  page.on('request', (request) => {
    if (new URL(request.url()).origin !== baseURL) elsewhere.push(request.url())
  })
  await page.goto('/')
  await expect(page).toHaveURL(/\/console\//)
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible()
  await expectAccessible(page)

  await page.getByRole('radio', { name: /^Bob/ }).check()
  await page
    .getByRole('combobox', { name: 'Factory' })
    .or(page.getByRole('textbox', { name: 'Factory' }))
    .fill(factory)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page.getByRole('heading', { name: 'Customers', level: 1 })).toBeVisible()
  await expect(page.getByText('No customers yet')).toBeVisible()
  await expect(page.getByText('Live', { exact: true })).toBeVisible()

  const kept = await keptBy(page)
  expect(kept, 'no token is kept anywhere but in memory').not.toMatch(/eyJ/)
  expect(elsewhere, 'nothing is asked of anybody else').toEqual([])

  await page.getByRole('button', { name: `Bob at ${factory}` }).click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible()
})

test('people see the customers of their own factory only', async ({ page, ann }) => {
  await ann.create({ name: 'Acme' })
  await ann.open('/')
  await expect(ann.page.getByRole('link', { name: 'Acme' })).toBeVisible()
  await page.goto('/console/')
  await page
    .getByRole('combobox', { name: 'Factory' })
    .or(page.getByRole('textbox', { name: 'Factory' }))
    .fill(`${ann.identity.factory}-another`)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page.getByText('No customers yet')).toBeVisible()
})
