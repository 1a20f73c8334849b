import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { addCounts, countPlaywright, countStage, countVitest } from './test-report.mjs'

const folder = mkdtempSync(join(tmpdir(), 'replica-desk-test-'))
afterAll(() => rmSync(folder, { recursive: true }))

function reportFile(name, report) {
  const path = join(folder, name)
  writeFileSync(path, JSON.stringify(report))
  return path
}

describe('countStage', () => {
  const allPassed = reportFile('passed.json', { numPassedTests: 3, numFailedTests: 0 })
  const oneFailed = reportFile('failed.json', { numPassedTests: 2, numFailedTests: 1 })

  test.each([
    ['all passed', allPassed, 0, { passed: 3, failed: 0 }],
    ['one failed', oneFailed, 1, { passed: 2, failed: 1 }],
    ['a file that could not be loaded', allPassed, 1, { passed: 3, failed: 1 }],
    ['no report', join(folder, 'none.json'), 0, { passed: 0, failed: 1 }]
  ])('%s', (_, path, exitCode, expected) => {
    expect(countStage(path, countVitest, exitCode)).toEqual(expected)
  })
})

test('countPlaywright counts errors outside tests as failures', () => {
  const report = { stats: { expected: 4, flaky: 1, unexpected: 2, skipped: 1 }, errors: [{}] }
  expect(countPlaywright(report)).toEqual({ passed: 5, failed: 3 })
})

test('addCounts adds', () => {
  const sum = addCounts([
    { passed: 1, failed: 0 },
    { passed: 2, failed: 3 }
  ])
  expect(sum).toEqual({ passed: 3, failed: 3 })
})
