import { expect, test as base, type Browser, type Locator, type Page } from '@playwright/test'
import axe from 'axe-core'
import { randomUUID } from 'node:crypto'

/** What is read and written of a customer here. */
export interface Customer {
  readonly id: string
  readonly version: number
  readonly name: string
  readonly phone: string | null
  readonly notes: string | null
  readonly email: string | null
  readonly [field: string]: unknown
}

interface Identity {
  readonly sub: string
  readonly nickname: string
  readonly email: string
  readonly factory: string
}

/** Somebody with a browser of their own, signed in; they can also call the service as a program does. */
export class Person {
  #token: string | undefined

  private constructor(
    readonly identity: Identity,
    readonly page: Page,
    /** What the browser complained of: errors of the page, and what its policy did not allow. */
    readonly complaints: readonly string[],
  ) {}

  static async of(browser: Browser, nickname: string, factory: string): Promise<Person> {
    const identity = {
      sub: nickname.toLowerCase(),
      nickname,
      email: `${nickname.toLowerCase()}@example.com`,
      factory,
    }
    const context = await browser.newContext()
    // once for each tab, so that a sign-out lasts
    await context.addInitScript((person) => {
      if (sessionStorage.getItem('e2e.begun') !== null) return
      sessionStorage.setItem('e2e.begun', 'true')
      sessionStorage.setItem('unlost.person', person)
    }, JSON.stringify(identity))
    const page = await context.newPage()
    return new Person(identity, page, complaintsOf(page))
  }

  async open(path: string): Promise<void> {
    await this.page.goto(`/console${path}`)
  }

  async call(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
    this.#token ??= await this.#newToken()
    return this.page.request.fetch(path, {
      method,
      headers: {
        Authorization: `Bearer ${this.#token}`,
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { data: JSON.stringify(body) }),
    })
  }

  async create<R = Customer>(fields: object, path = '/api/customers'): Promise<R> {
    const answer = await this.call('POST', path, fields)
    expect(answer.status(), await answer.text()).toBe(201)
    return (await answer.json()) as R
  }

  /** Changes a customer behind the pages' backs, as it is now. */
  async change(id: string, fields: object): Promise<Customer> {
    const { version } = await this.read(id)
    const answer = await this.call('PATCH', `/api/customers/${id}`, fields, { 'If-Match': `"${version}"` })
    expect(answer.status(), await answer.text()).toBe(200)
    return (await answer.json()) as Customer
  }

  async delete(id: string): Promise<void> {
    const answer = await this.call('DELETE', `/api/customers/${id}`, undefined, { 'If-Match': '*' })
    expect(answer.status()).toBe(204)
  }

  async read(id: string): Promise<Customer> {
    const answer = await this.call('GET', `/api/customers/${id}`)
    expect(answer.status()).toBe(200)
    return (await answer.json()) as Customer
  }

  async #newToken(): Promise<string> {
    const { sub, nickname, email, factory: factoryId } = this.identity
    const answer = await this.page.request.post('/dev/token', { data: { sub, nickname, email, factoryId } })
    return ((await answer.json()) as { access_token: string }).access_token
  }
}

function complaintsOf(page: Page): readonly string[] {
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(String(error)))
  page.on('console', (message) => {
    if (message.type() === 'error' && /Content Security Policy|Refused to/.test(message.text())) {
      complaints.push(message.text())
    }
  })
  return complaints
}

interface Fixtures {
  /** A factory of this test's own. */
  readonly factory: string
  readonly ann: Person
  readonly bob: Person
}

export const test = base.extend<Fixtures>({
  factory: async ({}, give) => {
    await give(`console-${randomUUID()}`)
  },
  ann: async ({ browser, factory }, give) => {
    await person(browser, 'Ann', factory, give)
  },
  bob: async ({ browser, factory }, give) => {
    await person(browser, 'Bob', factory, give)
  },
})

async function person(
  browser: Browser,
  nickname: string,
  factory: string,
  give: (person: Person) => Promise<void>,
): Promise<void> {
  const somebody = await Person.of(browser, nickname, factory)
  await give(somebody)
  await somebody.page.context().close()
  expect(somebody.complaints).toEqual([])
}

/**
 * Fails where axe finds something serious on the page as it is now, at the size that people see. What stays in sight may
 * cover a target only as long as the page can be scrolled so that it does not.
 */
export async function expectAccessible(page: Page): Promise<void> {
  // what fades in has no contrast yet
  await page.evaluate(standStill)
  await page.evaluate(axe.source)
  const serious = await page.evaluate(async () => {
    const { run } = (window as unknown as { axe: typeof axe }).axe
    const { violations } = await run(document, {
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
    })
    const isCoveredForGood = async (selector: string) => {
      document.querySelector(selector)?.scrollIntoView({ block: 'center', behavior: 'instant' })
      const again = await run(document, { runOnly: { type: 'rule', values: ['target-size'] } })
      return again.violations.some(({ nodes }) => nodes.some(({ target }) => String(target) === selector))
    }
    const place = window.scrollY
    const found: string[] = []
    for (const { id, impact, nodes } of violations) {
      if (impact !== 'serious' && impact !== 'critical') continue
      for (const { html, failureSummary, target } of nodes) {
        if (id !== 'target-size' || (await isCoveredForGood(String(target)))) {
          found.push(`${id}: ${html} ${failureSummary ?? ''}`)
        }
      }
    }
    window.scrollTo({ top: place, behavior: 'instant' })
    return found
  })
  expect(serious).toEqual([])
}

/** Where pictures for the documentation go; nowhere unless asked. */
const PICTURES = process.env['UNLOST_SCREENSHOTS'] ?? ''

export async function picture(page: Page, name: string): Promise<void> {
  if (PICTURES === '') return
  await page.evaluate(standStill)
  await page.screenshot({ path: `${PICTURES}/${name}.png` })
}

/** Presses Tab until something has the focus. */
export async function tabTo(page: Page, target: Locator): Promise<void> {
  for (let tabs = 0; tabs < 60; tabs++) {
    if (await target.evaluate((element) => element === document.activeElement)) return
    await page.keyboard.press('Tab')
  }
  throw new Error('it cannot be reached with the keyboard')
}

export { expect }

/** Waits for what moves, but for what never ends. */
async function standStill(): Promise<void> {
  const ending = document
    .getAnimations()
    .filter(({ effect }) => effect?.getComputedTiming().endTime !== Infinity)
  await Promise.allSettled(ending.map(({ finished }) => finished))
}

/** All that a page keeps outside its memory; what else there are, databases and caches, it is not to have at all. */
export function keptBy(page: Page): Promise<string> {
  return page.evaluate(async () => {
    const databases = await indexedDB.databases()
    const kept = await caches.keys()
    if (databases.length + kept.length > 0) throw new Error('there is a database, or a cache')
    const all = [sessionStorage, localStorage].map((storage) => Object.entries(storage))
    return JSON.stringify([...all, document.cookie, window.name, history.state, location.href])
  })
}
