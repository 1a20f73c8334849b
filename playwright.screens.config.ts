import { defineConfig } from '@playwright/test'

/** Makes the pictures in docs/screens; `npm run screens` prepares what it needs. */
export default defineConfig({
  testDir: 'e2e/screens',
  testMatch: '**/*.shots.ts',
  outputDir: 'test-results/screens',
  workers: 1,
  timeout: 120_000,
  expect: { timeout: 20_000 },
  forbidOnly: true,
  retries: 0,
  reporter: [['list']]
})
