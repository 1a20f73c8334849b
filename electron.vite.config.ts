import react from '@vitejs/plugin-react'
import { defineConfig } from 'electron-vite'

/**
 * Native modules stay outside the bundle: their binaries are found beside their own package.
 * Everything else that main needs is bundled, because one file loads faster than many.
 */
const nativeModules = ['electron', 'libsql', 'keytar']

export default defineConfig({
  main: {
    build: {
      externalizeDeps: { exclude: ['electron-store', 'zod', 'ipaddr.js', 'csv-stringify'] },
      minify: 'esbuild',
      sourcemap: false,
      rollupOptions: {
        external: nativeModules,
        input: {
          index: 'src/main/index.ts',
          // Utility processes: each is an entry of its own so that it loads nothing of the app.
          keychain: 'src/main/secrets/keychain-process.ts',
          sandbox: 'src/sandbox/sandbox-process.ts'
        },
        output: {
          format: 'es',
          entryFileNames: '[name].js',
          chunkFileNames: 'chunks/[name]-[hash].js'
        }
      }
    }
  },
  preload: {
    build: {
      minify: 'esbuild',
      rollupOptions: {
        input: { index: 'src/preload/index.ts' },
        // A sandboxed preload cannot be an ES module.
        output: { format: 'cjs', entryFileNames: '[name].cjs' }
      }
    }
  },
  renderer: {
    root: 'src/renderer',
    plugins: [react()],
    build: {
      minify: 'esbuild',
      modulePreload: { polyfill: false },
      // Data URIs are not in the Content-Security-Policy.
      assetsInlineLimit: 0,
      rollupOptions: { input: 'src/renderer/index.html' }
    }
  }
})
