import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'
import { messagesPlugin } from './scripts/lib/compile-messages.mjs'

export default defineConfig({
  plugins: [messagesPlugin()],
  test: {
    include: ['{src,test}/**/*.test.{ts,tsx}', 'scripts/**/*.test.mjs'],
    environment: 'node',
    // Of all style sheets the colours alone are read by a test.
    css: { include: [/tokens\.css/] },
    setupFiles: ['test/speak-english.ts'],
    testTimeout: 20_000,
    // By itself it leaves one core idle, which on a machine with two is half of it.
    maxWorkers: availableParallelism()
  }
})
