import { expect, keptBy, test } from '../support.js'

/** A service outside the development profile, whose issuer asks for nothing but a name. */
const SERVICE = process.env['UNLOST_OIDC_URL'] ?? ''

test.describe('at an issuer', () => {
  test.skip(SERVICE === '', 'UNLOST_OIDC_URL says where such a service is')

  test('people sign in by the code flow with a proof key, and come back to where they were', async ({
    page,
  }) => {
    const asked: URL[] = []
    page.on('request', (request) => asked.push(new URL(request.url())))
    await page.goto(`${SERVICE}/console/customers?name=ac`)
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.getByRole('textbox', { name: 'Name' }).fill('carla')
    await page.getByRole('button', { name: 'Sign in' }).click()
    await expect(page.getByRole('heading', { name: 'Customers', level: 1 })).toBeVisible()
    await expect(page).toHaveURL(`${SERVICE}/console/customers?name=ac`)
    await expect(page.getByRole('button', { name: 'carla at oidc' })).toBeVisible()
    await expect(page.getByText('Live', { exact: true })).toBeVisible()

    const authorization = asked.find(({ pathname }) => pathname === '/authorize')
    expect(authorization?.searchParams.get('code_challenge_method')).toBe('S256')
    expect(authorization?.searchParams.get('response_type')).toBe('code')
    const kept = await keptBy(page)
    expect(kept, 'no token is kept anywhere but in memory').not.toMatch(/eyJ/)
  })
})
