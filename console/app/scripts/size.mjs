// Fails where the page's first script, with all that it needs at once, is larger than people should have to wait for.
import { readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'

const LIMIT = 250_000 // bytes, gzipped
const dist = new URL('../dist/', import.meta.url)
const manifest = JSON.parse(readFileSync(new URL('.vite/manifest.json', dist), 'utf8'))

function needed(name, found = new Set()) {
  if (found.has(name)) return found
  found.add(name)
  for (const each of manifest[name].imports ?? []) needed(each, found)
  return found
}

const parts = [...needed('index.html')].map((name) => {
  const { file } = manifest[name]
  return { file, size: gzipSync(readFileSync(new URL(file, dist))).length }
})
const total = parts.reduce((sum, { size }) => sum + size, 0)
for (const { file, size } of parts) console.log(`${(size / 1000).toFixed(1).padStart(7)} kB  ${file}`)
console.log(`${(total / 1000).toFixed(1).padStart(7)} kB  in all, of at most ${LIMIT / 1000} kB`)
if (total > LIMIT) process.exitCode = 1
