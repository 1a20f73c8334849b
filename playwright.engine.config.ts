import { defineConfig } from '@playwright/test'

/** The built window in Debian's Chromium; see scripts/test-engine.mjs. */
export default defineConfig({
  testDir: 'e2e/engine',
  outputDir: 'test-results/engine',
  workers: 1,
  timeout: 180_000,
  expect: { timeout: 20_000 },
  forbidOnly: true,
  retries: 0,
  reporter: [['list'], ['json', { outputFile: 'test-results/engine.json' }]],
  // A thing that is not there must not use up the time of everything else.
  use: { actionTimeout: 20_000, trace: 'off', screenshot: 'only-on-failure' }
})
