import { defineConfig } from '@playwright/test'
import suite from './playwright.config.ts'

/** Packages as they are passed on, installed on this machine; see scripts/test-package.mjs. */
export default defineConfig(suite, {
  testDir: 'e2e/packaged',
  testIgnore: [],
  outputDir: 'test-results/packaged',
  // They install into one system.
  workers: 1,
  fullyParallel: false,
  reporter: [['list'], ['json', { outputFile: 'test-results/packaged.json' }]]
})
