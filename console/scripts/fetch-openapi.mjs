// Takes the schemas over that a running service describes: node scripts/fetch-openapi.mjs http://localhost:8080
import { writeFile } from 'node:fs/promises'

const [service] = process.argv.slice(2)
if (!service) throw new Error('usage: fetch-openapi.mjs <address of a running service>')

const answer = await fetch(new URL('/v3/api-docs', service))
if (!answer.ok) throw new Error(`${answer.url}: ${answer.status}`)
const { openapi, info, components } = await answer.json()

const document = { openapi, info, paths: {}, components: { schemas: withoutExamples(components.schemas) } }
await writeFile(new URL('../openapi.json', import.meta.url), `${JSON.stringify(document, null, 2)}\n`)

function withoutExamples(value) {
  if (Array.isArray(value)) return value.map(withoutExamples)
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => name !== 'example' && name !== 'examples')
      .map(([name, inner]) => [name, withoutExamples(inner)]),
  )
}
