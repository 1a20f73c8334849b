import { defineConfig } from '@playwright/test'
import { ownDisplays } from './e2e/displays.ts'

export default defineConfig({
  testDir: 'e2e',
  // Only Linux can lack a keychain, a notification service or a tray, and only there can a test lock, stop and start
  // them, put a running process under a limit, or replace an AppImage; only an X display can be read without the person's
  // leave.
  testIgnore: [
    '**/packaged/**',
    '**/engine/**',
    ...(process.platform === 'linux'
      ? []
      : ['background', 'updates', 'keychain-trouble', 'notifications', 'disk', 'benches'].map(
          (name) => `**/${name}.spec.ts`
        ))
  ],
  outputDir: 'test-results/e2e',
  // Each test has an app, a sandbox and a keychain of its own; a screen is what two cannot share.
  // Test by test, so that no worker is left alone with a long file at the end.
  fullyParallel: true,
  workers: Math.max(1, ownDisplays().length),
  // Limits for what hangs, not for what is slow: a busy machine must not fail a test.
  timeout: 300_000,
  expect: { timeout: 20_000 },
  forbidOnly: true,
  retries: 0,
  // `npm test` reads the counts from the report.
  reporter: [['list'], ['json', { outputFile: 'test-results/e2e.json' }]],
  // A trace costs every test time; `npm run e2e -- --trace retain-on-failure` takes it when one is needed.
  use: { trace: 'off', screenshot: 'only-on-failure' }
})
