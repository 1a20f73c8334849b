import { existsSync } from 'node:fs'
import { readJson } from './project.mjs'

/** The counts of a stage that is one check: it holds or it does not. */
export function countCheck(exitCode) {
  return exitCode === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 }
}

/** Counts from a report of vitest's JSON reporter. */
export function countVitest(report) {
  return { passed: report.numPassedTests, failed: report.numFailedTests }
}

/** Counts from a report of Playwright's JSON reporter; a flaky test did pass in the end. */
export function countPlaywright({ stats, errors }) {
  return {
    passed: stats.expected + stats.flaky,
    failed: stats.unexpected + errors.length
  }
}

/**
 * The counts of a stage that wrote a report. A stage that went wrong without a failed test (no
 * report, a file that could not be loaded, an error between tests) counts as one failure.
 */
export function countStage(reportPath, count, exitCode) {
  if (!existsSync(reportPath)) return { passed: 0, failed: 1 }
  const counts = count(readJson(reportPath))
  return exitCode !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts
}

export function addCounts(all) {
  return all.reduce(
    (sum, { passed, failed }) => ({ passed: sum.passed + passed, failed: sum.failed + failed }),
    { passed: 0, failed: 0 }
  )
}
