import { chromium } from '@playwright/test'
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox','--disable-gpu','--disable-quic','--no-first-run','--disable-background-networking','--disable-component-update','--disable-sync'] })
const times = []
for (let i = 0; i < 7; i++) {
  const context = await browser.newContext()
  await context.addInitScript(() => sessionStorage.setItem('unlost.person', JSON.stringify({sub:'ann',nickname:'Ann',email:'ann@example.com',factory:'northwind'})))
  const page = await context.newPage()
  const start = performance.now()
  await page.goto('http://localhost:8471/console/customers', { waitUntil: 'commit' })
  await page.getByRole('link', { name: /^Alfreds/ }).waitFor()
  times.push(Math.round(performance.now() - start))
  if (i === 0) console.log(await page.evaluate(() => performance.getEntriesByType('resource').map((e) => e.name.replace(/.*\//,'') + ' ' + Math.round(e.responseEnd) + 'ms ' + e.encodedBodySize).join('\n')))
  await context.close()
}
console.log(times.join(' '))
await browser.close()
