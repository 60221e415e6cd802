// Takes the schemas over that a running service describes: node scripts/fetch-openapi.mjs http://localhost:8080
import { writeFile } from 'node:fs/promises'

import { described } from './described.mjs'

const [service] = process.argv.slice(2)
if (!service) throw new Error('usage: fetch-openapi.mjs <address of a running service>')

const document = JSON.stringify(await described(service), null, 2)
await writeFile(new URL('../openapi.json', import.meta.url), `${document}\n`)
