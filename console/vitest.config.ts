import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

const client = fileURLToPath(new URL('packages/client/src/index.ts', import.meta.url))

export default defineConfig({
  test: {
    projects: [
      { test: { name: 'client', include: ['packages/client/test/**/*.test.ts'] } },
      {
        resolve: { alias: { '@unlost/client': client } },
        test: {
          name: 'react',
          environment: 'jsdom',
          include: ['packages/react/test/**/*.test.{ts,tsx}'],
          setupFiles: ['packages/react/test/setup.ts'],
          testTimeout: 30_000,
        },
      },
      {
        resolve: { alias: { '@unlost/client': client } },
        test: { name: 'console', include: ['app/test/**/*.test.{ts,tsx}'] },
      },
    ],
  },
})
