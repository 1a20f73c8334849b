import { realpathSync } from 'node:fs'
import { resolve } from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'electron-vite'
import { bundledPackagesPlugin } from './scripts/lib/bundled-packages.mjs'
import { messagesPlugin } from './scripts/lib/compile-messages.mjs'
import { wornColorsPlugin } from './scripts/lib/worn-colors.mjs'

/**
 * Native modules stay outside the bundle: their binaries are found beside their own package.
 * Everything else that main needs is bundled, because one file loads faster than many.
 */
const nativeModules = ['electron', 'libsql', 'keytar']

/** Messages are compiled at build, so the parser stays out of the app. */
const messages = {
  resolve: {
    alias: {
      '@formatjs/icu-messageformat-parser': '@formatjs/icu-messageformat-parser/no-parser.js'
    }
  }
}

export default defineConfig(({ command }) => ({
  main: {
    ...messages,
    plugins: [messagesPlugin(), bundledPackagesPlugin('main')],
    build: {
      externalizeDeps: { exclude: ['electron-store', 'zod', 'ipaddr.js', 'csv-stringify'] },
      minify: 'esbuild',
      // Beside the build for the log (`readable-stack.ts`); the built files do not name them, so they need not be shipped.
      sourcemap: 'hidden',
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
          chunkFileNames: 'chunks/[name]-[hash].js',
          sourcemapExcludeSources: true
        }
      }
    }
  },
  preload: {
    plugins: [bundledPackagesPlugin('preload')],
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
    ...messages,
    plugins: [
      react(),
      wornColorsPlugin(),
      // The development server gives the window whole catalogs: what it loads first is not known before it does.
      messagesPlugin(command === 'build' ? resolve('src/renderer/main.tsx') : null),
      bundledPackagesPlugin('window')
    ],
    // In development the server's own scripts and styles carry the nonce that main puts into each page.
    ...(command === 'serve' ? { html: { cspNonce: '__CSP_NONCE__' } } : {}),
    server: { host: '127.0.0.1', fs: { allow: [resolve('src'), realpathSync('node_modules')] } },
    build: {
      minify: 'esbuild',
      modulePreload: { polyfill: false },
      // Data URIs are not in the Content-Security-Policy.
      assetsInlineLimit: 0,
      rollupOptions: {
        input: resolve('src/renderer/index.html'),
        output: {
          // What the first screen needs is one script and one sheet: each further file is a question to a busy main.
          codeSplitting: {
            groups: [
              { name: 'first', test: /rolldown[\\/]runtime/ },
              { name: 'first', tags: ['$initial'] }
            ]
          }
        }
      }
    }
  }
}))
