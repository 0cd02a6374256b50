import react from '@vitejs/plugin-react'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vite'
import { VitePWA } from 'vite-plugin-pwa'
import { pageLanguages } from './tools/build/page-languages.ts'

const client = fileURLToPath(new URL('client', import.meta.url))
/** Where `npm run dev` runs the servers. */
const backend = process.env['CHATFLOW_DEV_BACKEND'] ?? 'http://localhost:3001'

export default defineConfig({
  root: client,
  publicDir: 'public',
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'es2022',
    // Small files inlined as data: URLs would need a wider content security policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // One chunk is right for an app that is kept whole on the device.
    chunkSizeWarningLimit: 1_500,
    rolldownOptions: {
      output: {
        // The setting that keeps zod from trying to evaluate code has to be made before any schema is: in the chunk that all schemas wait for, whatever else is shared.
        codeSplitting: { groups: [{ name: 'zod', test: /[\\/]node_modules[\\/]zod[\\/]|[\\/]platform[\\/]no-eval\.ts$/ }] },
      },
    },
  },
  server: {
    port: Number(process.env['PORT'] ?? 3000),
    strictPort: true,
    proxy: {
      // With the target alone Vite would change `Host`, by which the servers know that they are meant.
      '/api': { target: backend },
      '/dev/mail': { target: backend },
      '/.well-known': { target: backend },
      '/sync': { target: backend, ws: true },
      '/yjs': { target: backend, ws: true },
    },
  },
  plugins: [
    react(),
    VitePWA({
      strategies: 'injectManifest',
      srcDir: 'src',
      filename: 'sw.ts',
      injectRegister: false,
      registerType: 'prompt',
      injectManifest: { globPatterns: ['**/*.{js,css,html,svg,png,woff2,webmanifest}'], maximumFileSizeToCacheInBytes: 4_000_000 },
      manifest: false,
    }),
    pageLanguages({
      id: '/',
      name: 'ChatFlow',
      short_name: 'ChatFlow',
      start_url: '/',
      scope: '/',
      display: 'standalone',
      background_color: '#0f1312',
      theme_color: '#0a6c66',
      icons: [
        { src: '/icons/icon-192.png', sizes: '192x192', type: 'image/png' },
        { src: '/icons/icon-512.png', sizes: '512x512', type: 'image/png' },
        { src: '/icons/icon-maskable-512.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
        { src: '/icons/icon.svg', sizes: 'any', type: 'image/svg+xml' },
      ],
    }),
  ],
})
