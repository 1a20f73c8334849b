import { defineConfig } from '@playwright/test'

export default defineConfig({
  testDir: 'e2e',
  // Only Linux can lack a keychain or a notification service, and only there can a test lock, stop and start them.
  testIgnore:
    process.platform === 'linux' ? [] : ['**/keychain-trouble.spec.ts', '**/notifications.spec.ts'],
  outputDir: 'test-results/e2e',
  // Each test has an app, a sandbox and a keychain of its own; more at once only slow each other.
  workers: 1,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  forbidOnly: true,
  retries: 0,
  // `npm test` reads the counts from the report.
  reporter: [['list'], ['json', { outputFile: 'test-results/e2e.json' }]],
  use: { trace: 'retain-on-failure', screenshot: 'only-on-failure' }
})
