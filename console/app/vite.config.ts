import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

const service = process.env['UNLOST_URL'] ?? 'http://localhost:8080'

export default defineConfig({
  base: '/console/',
  plugins: [react()],
  build: { target: 'es2022', assetsInlineLimit: 0, chunkSizeWarningLimit: 800, manifest: true },
  server: { proxy: { '/api': service, '/dev': service, '/console/settings.json': service } },
})
