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
      handler(_, { bundle = {} }) {
        const chunks = new Map(
          Object.values(bundle).flatMap((file) =>
            file.type === 'chunk' ? [[file.fileName, file] as const] : [],
          ),
        )
        const needed = (name: string): string[] => [
          name,
          ...(chunks.get(name)?.imports ?? []).flatMap(needed),
        ]
        const [first, entry] = [
          [...chunks.values()].find(({ facadeModuleId }) => facadeModuleId?.endsWith(FIRST_PAGE)),
          [...chunks.values()].find(({ isEntry }) => isEntry),
        ]
        if (first === undefined || entry === undefined) return []
        const there = new Set(needed(entry.fileName)) // the page names these already
        return [...new Set(needed(first.fileName))]
          .filter((name) => !there.has(name))
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
