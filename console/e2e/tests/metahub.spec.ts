import type { Page } from '@playwright/test'
import { expect, expectAccessible, picture, test, type Person } from '../support.js'

interface Created {
  readonly id: string
}

const textbox = (page: Page, name: string) => page.getByRole('textbox', { name, exact: true })
const texts = (page: Page, name: string) => page.getByRole('group', { name })
const create = (page: Page) => page.getByRole('button', { name: 'Create', exact: true }).click()
const title = (page: Page, name: string) => page.getByRole('heading', { name, level: 1 })

/** Countries with a code, and cities that refer to them. */
async function world(ann: Person) {
  const of = (kind: string, fields: object) => ann.create<Created>(fields, `/api/metahubs/main/${kind}`)
  const countries = await of('catalogs', { codename: 'countries', name: { en: 'Countries', ru: 'Страны' } })
  await of('attributes', {
    catalogId: countries.id,
    codename: 'alpha2',
    name: { en: 'Code' },
    type: 'STRING',
    required: true,
    searchable: true,
    constraints: { pattern: '^[A-Z]{2}$' },
  })
  const germany = await of('elements', {
    catalogId: countries.id,
    codename: 'de',
    name: { en: 'Germany', ru: 'Германия' },
    data: { alpha2: 'DE' },
  })
  await of('elements', {
    catalogId: countries.id,
    codename: 'jp',
    name: { en: 'Japan' },
    data: { alpha2: 'JP' },
  })
  const cities = await of('catalogs', { codename: 'cities', name: { en: 'Cities' }, order: 1 })
  const attribute = (codename: string, name: string, type: string, more: object = {}) =>
    of('attributes', { catalogId: cities.id, codename, name: { en: name }, type, ...more })
  await attribute('country', 'Country', 'REF', {
    refCatalogId: countries.id,
    required: true,
    searchable: true,
  })
  await attribute('people', 'People', 'NUMBER', { constraints: { minimum: 1 }, searchable: true, order: 1 })
  await attribute('capital', 'Capital', 'BOOLEAN', { order: 2 })
  await attribute('founded', 'Founded', 'DATE', { order: 3 })
  await attribute('counted', 'Counted', 'DATETIME', { order: 4 })
  await attribute('more', 'More', 'JSON', { order: 5 })
  await attribute('size', 'Size', 'STRING', { constraints: { enum: ['small', 'large'] }, order: 6 })
  return { countries, germany, cities }
}

test('a hub, a catalog and its attributes are made, with names in several languages', async ({ ann }) => {
  const { page } = ann
  await ann.open('/metahub')
  await expect(page).toHaveURL(/\/metahub\/main\/catalogs$/)
  await expect(page.getByText('No catalogs yet')).toBeVisible()
  await expectAccessible(page)

  await page.getByRole('link', { name: 'Hubs', exact: true }).click()
  await page.getByRole('link', { name: 'New hub' }).first().click()
  await texts(page, 'Name').getByRole('textbox', { name: 'English' }).fill('Geography')
  await textbox(page, 'Codename').fill('Not A Codename')
  await create(page)
  await expect(textbox(page, 'Codename')).toHaveAttribute('aria-invalid', 'true')
  await textbox(page, 'Codename').fill('geography')
  await create(page)
  await expect(title(page, 'Geography')).toBeVisible()

  await texts(page, 'Name').getByRole('combobox', { name: 'Another language' }).fill('ru')
  await texts(page, 'Name').getByRole('button', { name: 'Add', exact: true }).click()
  await texts(page, 'Name').getByRole('textbox', { name: 'Russian' }).fill('География')
  await texts(page, 'Name')
    .getByRole('button', { name: /^Let Russian stand in/ })
    .click()
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(page.getByText('Saved as version 2')).toBeVisible()
  await expectAccessible(page)

  await page
    .getByRole('navigation', { name: 'Sections' })
    .getByRole('link', { name: 'Metahub' })
    .first()
    .click()
  await page.getByRole('link', { name: 'New catalog' }).first().click()
  await texts(page, 'Name').getByRole('textbox', { name: 'English' }).fill('Countries')
  await textbox(page, 'Codename').fill('countries')
  await page.getByRole('combobox', { name: 'Hubs' }).click()
  await page.getByRole('option', { name: 'Geography' }).click()
  await create(page)
  await expect(title(page, 'Countries')).toBeVisible()

  await page.getByRole('link', { name: 'Attributes', exact: true }).click()
  await page.getByRole('link', { name: 'New attribute' }).first().click()
  await texts(page, 'Name').getByRole('textbox', { name: 'English' }).fill('Code')
  await textbox(page, 'Codename').fill('alpha2')
  await page.getByRole('combobox', { name: 'Type' }).selectOption('Text')
  await page.getByRole('combobox', { name: 'Required' }).selectOption('Yes')
  await texts(page, 'Constraints').getByRole('textbox', { name: 'Longest length' }).fill('2')
  await expectAccessible(page)
  await create(page)
  await expect(title(page, 'Code')).toBeVisible()
})

test('elements are filled in as their attributes say, and what is wrong is said at its field', async ({
  ann,
}) => {
  const { page } = ann
  const { cities } = await world(ann)
  await ann.open(`/metahub/main/catalogs/${cities.id}/elements`)
  await page.getByRole('link', { name: 'New element' }).first().click()
  await texts(page, 'Name').getByRole('textbox', { name: 'English' }).fill('Berlin')
  await textbox(page, 'People').fill('0')
  await create(page)
  await expect(textbox(page, 'People')).toHaveAttribute('aria-invalid', 'true')
  await textbox(page, 'People').fill('many')
  await expect(page.getByText('This is no number.')).toBeVisible()
  await textbox(page, 'People').fill('3700000')
  await create(page)
  await expect(
    page.getByRole('combobox', { name: 'Country' }),
    'the service says what is missing',
  ).toHaveAttribute('aria-invalid', 'true')
  await page.getByRole('combobox', { name: 'Country' }).fill('germ')
  await page.getByRole('option', { name: /^Germany/ }).click()
  await page.getByRole('combobox', { name: 'Capital' }).selectOption('Yes')
  await page.getByLabel('Founded').fill('1237-10-28')
  await page.getByLabel('Counted').fill('2026-11-22T10:15')
  await textbox(page, 'More').fill('{"rivers": ["Spree"')
  await expect(page.getByText('This is no JSON.')).toBeVisible()
  await textbox(page, 'More').fill('{"rivers": ["Spree"]}')
  await page.getByRole('combobox', { name: 'Size' }).selectOption('large')
  await expectAccessible(page)
  await create(page)
  await expect(title(page, 'Berlin')).toBeVisible()
  await expect(page.getByRole('combobox', { name: 'Country' })).toHaveValue('Germany')
  await page.reload()
  await expect(page.getByRole('combobox', { name: 'Country' })).toHaveValue('Germany')
  await expect(page.getByRole('region', { name: 'History' })).toContainText('Cities')
  await picture(page, 'element')
  await page.setViewportSize({ width: 360, height: 740 })
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360)
  await expectAccessible(page)
  await page.setViewportSize({ width: 1280, height: 900 })

  await page.getByRole('link', { name: 'Elements' }).first().click()
  const berlin = page.getByRole('row', { name: /Berlin/ })
  await expect(berlin).toContainText('Germany')
  await expectAccessible(page)
  await page.getByRole('combobox', { name: 'Find by' }).selectOption('People')
  await page.getByRole('textbox', { name: 'From' }).fill('5000000')
  await expect(berlin).toBeHidden()
  await page.getByRole('textbox', { name: 'From' }).fill('1000000')
  await expect(berlin).toBeVisible()
})

test('what elements refer to is called by name, and asked for all at once', async ({ ann }) => {
  const { page } = ann
  const { countries, cities } = await world(ann)
  const count = 12
  for (let each = 0; each < count; each++) {
    const country = await ann.create<Created>(
      { catalogId: countries.id, name: { en: `Country ${each}` }, data: { alpha2: 'XX' } },
      '/api/metahubs/main/elements',
    )
    const city = { catalogId: cities.id, name: { en: `City ${each}` }, data: { country: country.id } }
    await ann.create<Created>(city, '/api/metahubs/main/elements')
  }
  const asked: string[] = []
  page.on('request', (request) => {
    const { pathname, searchParams } = new URL(request.url())
    if (pathname.startsWith('/api/metahubs/main/elements') && !searchParams.has('catalogId'))
      asked.push(request.url())
  })
  await ann.open(`/metahub/main/catalogs/${cities.id}/elements`)
  for (let each = 0; each < count; each++) {
    await expect(
      page.getByRole('row', { name: new RegExp(`^City ${each} Country ${each}( |$)`) }),
    ).toBeVisible()
  }
  expect(asked).toHaveLength(1)

  await page.getByRole('combobox', { name: 'Find by' }).selectOption('Country')
  await page.getByRole('combobox', { name: 'Is', exact: true }).fill('country 7')
  await page.getByRole('option', { name: 'Country 7' }).click()
  await expect(page.getByRole('link', { name: 'City 8' })).toBeHidden()
  await expect(page.getByRole('link', { name: 'City 7' })).toBeVisible()
})

test('two people edit an element, and settle it by the names of its attributes', async ({ ann, bob }) => {
  const { page } = bob
  const { countries, germany } = await world(ann)
  const path = `/api/metahubs/main/elements/${germany.id}`
  await bob.open(`/metahub/main/catalogs/${countries.id}/elements`)
  await page.getByRole('combobox', { name: 'Find by' }).selectOption('Code')
  await page.getByLabel('Contains').fill('e')
  await expect(page.getByRole('link', { name: 'Japan' })).toBeHidden()
  await page.getByRole('link', { name: 'Germany' }).click()
  await textbox(page, 'Code').fill('DD')
  await ann.call(
    'PATCH',
    path,
    { data: { alpha2: 'GE' }, description: { en: 'In Europe' } },
    { 'If-Match': '*' },
  )
  await expect(page.getByRole('status', { name: 'What others changed' })).toContainText('Changed by Ann')
  await expect(textbox(page, 'Code')).toHaveValue('DD')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  const dialog = page.getByRole('dialog')
  const code = dialog.getByRole('group', { name: 'Code' })
  await expect(code.getByRole('radio', { name: /^Theirs, by Ann on .*: GE$/ })).toBeVisible()
  await expect(dialog).toContainText('Changed only by others: Description (en: In Europe)')
  await expectAccessible(page)
  await code.getByRole('radio', { name: /^Mine/ }).check()
  await dialog.getByRole('button', { name: 'Save the result' }).click()
  await expect(page.getByText('Saved as version 3')).toBeVisible()
  await expect(page.getByRole('region', { name: 'History' })).toContainText('Code')
  const now = (await (await ann.call('GET', path)).json()) as { data: unknown }
  expect(now.data).toEqual({ alpha2: 'DD' })
})
