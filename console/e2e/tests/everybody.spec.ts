import { expect, expectAccessible, picture, tabTo, test } from '../support.js'

const CUSTOMERS = [
  ['Alfreds Futterkiste', 'Maria Anders', '030-0074321', 'Berlin', 'DE', ['vip']],
  ['Bólido Comidas preparadas', 'Martín Sommer', '(91) 555 22 82', 'Madrid', 'ES', []],
  ['Chop-suey Chinese', 'Yang Wang', '0452-076545', 'Bern', 'CH', ['north', 'vip']],
  ['Island Trading', 'Helen Bennett', '(198) 555-8888', 'Cowes', 'GB', []],
  ['Wartian Herkku', 'Pirkko Koskitalo', '981-443655', 'Oulu', 'FI', ['north']],
] as const

test('every page is accessible, in light and in dark', async ({ ann }) => {
  const { page } = ann
  for (const [name, contactName, phone, city, country, tags] of CUSTOMERS) {
    await ann.create({ name, contactName, phone, address: { city, country }, tags })
  }
  const { id } = await ann.create({ name: 'Acme', phone: '+1' })
  await ann.change(id, { phone: '+2' })
  const gone = await ann.create({ name: 'Gone' })
  await ann.delete(gone.id)
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    await ann.open('/customers')
    await expect(page.getByRole('link', { name: 'Acme' })).toBeVisible()
    await expectAccessible(page)
    if (colorScheme === 'light') await picture(page, 'list')
    await page.getByRole('button', { name: 'Filters' }).click()
    await expect(page.getByLabel('Country')).toBeVisible()
    await expectAccessible(page)
    for (const [path, shown] of [
      ['/customers/new', 'New customer'],
      [`/customers/${id}`, 'Acme'],
      [`/customers/${id}?version=1`, 'Acme'],
      [`/customers/${gone.id}`, 'Gone'],
      ['/customers/00000000-0000-4000-8000-000000000000', 'There is no such record'],
      ['/nowhere', 'There is no such page'],
    ] as const) {
      await ann.open(path)
      await expect(page.getByRole('heading', { name: shown, level: 1 })).toBeVisible()
      await expectAccessible(page)
    }
  }
})

test.describe('with nothing but the keyboard', () => {
  test('a customer is found and changed, and a conflict is settled', async ({ ann, bob }) => {
    const { page } = ann
    const { id } = await bob.create({ name: 'Acme', phone: '+1' })
    await ann.open('/customers')
    await expect(page.getByRole('link', { name: 'Acme' })).toBeVisible()
    await tabTo(page, page.getByRole('link', { name: 'Acme' }))
    await page.keyboard.press('Enter')
    await expect(page.getByRole('heading', { name: 'Acme', level: 1 })).toBeVisible()
    await tabTo(page, page.getByRole('textbox', { name: 'Phone' }))
    await page.keyboard.press('ControlOrMeta+a')
    await page.keyboard.type('+3')
    await bob.change(id, { phone: '+2' })
    await page.keyboard.press('Enter')

    const dialog = page.getByRole('dialog')
    await expect(dialog).toBeVisible()
    await tabTo(page, dialog.getByRole('radio', { name: 'Before: +1' }))
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('ArrowDown')
    await expect(dialog.getByRole('radio', { name: 'Mine: +3' })).toBeChecked()
    await tabTo(page, dialog.getByRole('button', { name: 'Save the result' }))
    await page.keyboard.press('Enter')
    await expect(page.getByText('Saved as version 3')).toBeVisible()
    expect((await bob.read(id)).phone).toBe('+3')
  })

  test('the first key leads to the main part', async ({ ann }) => {
    await ann.open('/customers')
    await expect(ann.page.getByText('No customers yet')).toBeVisible()
    await ann.page.keyboard.press('Tab')
    const skip = ann.page.getByRole('link', { name: 'Skip to the main part' })
    await expect(skip).toBeFocused()
    await ann.page.keyboard.press('Enter')
    await expect(ann.page.getByRole('main')).toBeFocused()
  })
})

for (const [language, title, save, conflict] of [
  ['English', 'Customers', 'Save', 'Somebody else changed this meanwhile'],
  ['Русский', 'Клиенты', 'Сохранить', 'Тем временем запись изменил кто-то другой'],
  ['日本語', '顧客', '保存', '編集中に他のユーザーがこのレコードを変更しました'],
] as const) {
  test(`it speaks ${language}`, async ({ ann, bob }) => {
    const { page } = ann
    const { id } = await bob.create({ name: 'Acme', phone: '+1' })
    await ann.open('/customers')
    await page.getByRole('button', { name: 'Language' }).click()
    await page
      .getByRole('menuitemradio', { name: language })
      .or(page.getByRole('menuitem', { name: language }))
      .click()
    await expect(page.getByRole('heading', { name: title, level: 1 })).toBeVisible()
    await expectAccessible(page)
    await page.reload()
    await expect(page.getByRole('heading', { name: title, level: 1 }), 'it is kept').toBeVisible()
    await page.getByRole('link', { name: 'Acme' }).click()
    await page.locator('input[type=tel]').fill('+3')
    await bob.change(id, { phone: '+2' })
    await page.getByRole('button', { name: save, exact: true }).click()
    await expect(page.getByRole('dialog')).toContainText(conflict)
    await expectAccessible(page)
    expect(await page.evaluate(() => document.body.innerText), 'no text is missing').not.toMatch(
      /\b(records|conflict|layout|history)\.[a-z]/,
    )
  })
}

test.describe('on a phone', () => {
  test('everything fits, and can be done', async ({ ann, bob }) => {
    const { page } = ann
    await page.setViewportSize({ width: 360, height: 740 })
    const { id } = await bob.create({
      name: 'Acme and the others of the long name',
      phone: '+1',
      tags: ['vip', 'north'],
    })
    const fits = async () => {
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360)
      await expectAccessible(page)
    }
    await ann.open('/customers')
    await expect(page.getByRole('link', { name: /^Acme/ })).toBeVisible()
    await fits()
    await page.getByRole('link', { name: /^Acme/ }).click()
    await page.getByRole('textbox', { name: 'Phone' }).fill('+3')
    await fits()
    await bob.change(id, { phone: '+2' })
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    const dialog = page.getByRole('dialog')
    await expect(dialog).toBeVisible()
    await fits()
    expect(await dialog.boundingBox(), 'all of the page').toEqual({ x: 0, y: 0, width: 360, height: 740 })
    const heights = dialog
      .getByRole('button', { name: /^(Cancel|Discard mine and reload|Overwrite with mine|Save the result)$/ })
      .evaluateAll((buttons) => buttons.map((button) => button.getBoundingClientRect().top))
    expect(new Set(await heights).size, 'rows of buttons').toBe(2)
    await page.getByRole('dialog').getByRole('button', { name: 'Overwrite with mine' }).click()
    await expect(page.getByText('Saved as version 3')).toBeVisible()
    await page.getByRole('navigation', { name: 'Sections' }).getByRole('link', { name: 'Metahub' }).click()
    await expect(page).toHaveURL(/metahub/)
    await fits()

    await page.route('**/api/changes*', (route) => route.abort())
    await page.reload()
    await expect(page.getByText('Reconnecting', { exact: true })).toBeVisible()
    await fits()
  })
})
