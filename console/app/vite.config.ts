import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'

const service = process.env['UNLOST_URL'] ?? 'http://localhost:8080'

const BASE = '/console/'

/** The page that most people see first. */
const FIRST_PAGE = 'src/customers/CustomersPage.tsx'

/** Has the parts of the first page loaded along with the first script, which otherwise asks for them once it runs. */
function firstPage(): Plugin {
  return {
    name: 'first-page',
    transformIndexHtml: {
      order: 'post',
      handler(_, { bundle }) {
        if (bundle === undefined) return [] // where it is served without being built
        const chunks = Object.values(bundle).filter((file) => file.type === 'chunk')
        const needed = (chunk: (typeof chunks)[number] | undefined, found = new Set<string>()) => {
          if (chunk === undefined || found.has(chunk.fileName)) return found
          found.add(chunk.fileName)
          for (const name of chunk.imports)
            needed(
              chunks.find(({ fileName }) => fileName === name),
              found,
            )
          return found
        }
        const first = chunks.find(({ facadeModuleId }) => facadeModuleId?.endsWith(FIRST_PAGE))
        if (first === undefined) throw new Error(`${FIRST_PAGE} is no chunk of its own`)
        // the page names what its script needs already
        const named = needed(chunks.find(({ isEntry }) => isEntry))
        return [...needed(first)]
          .filter((name) => !named.has(name))
          .map((name) => ({
            tag: 'link',
            attrs: { rel: 'modulepreload', crossorigin: true, href: BASE + name },
            injectTo: 'head' as const,
          }))
      },
    },
  }
}

export default defineConfig({
  base: BASE,
  plugins: [react(), firstPage()],
  build: { target: 'es2022', assetsInlineLimit: 0, chunkSizeWarningLimit: 800, manifest: true },
  server: { proxy: { '/api': service, '/dev': service, '/console/settings.json': service } },
})
