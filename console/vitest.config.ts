import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    projects: [
      { test: { name: 'client', include: ['packages/client/test/**/*.test.ts'] } },
      {
        test: {
          name: 'react',
          environment: 'jsdom',
          include: ['packages/react/test/**/*.test.{ts,tsx}'],
          setupFiles: ['packages/react/test/setup.ts'],
          testTimeout: 30_000,
        },
      },
    ],
  },
})
