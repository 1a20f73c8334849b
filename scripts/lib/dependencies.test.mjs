import { mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { isInstalled, isLockCurrent, refuseLink } from './dependencies.mjs'

const entry = (more) => ({ version: '1.0.0', integrity: 'sha512-a', ...more })
const lock = {
  packages: {
    '': { dependencies: { a: '1.0.0' } },
    'node_modules/a': entry(),
    'node_modules/b': entry({ optional: true })
  }
}
const installed = (more) => ({ packages: { 'node_modules/a': entry(), ...more } })

describe('isInstalled', () => {
  test.each([
    ['all that is needed', installed(), true],
    ['the optional package too', installed({ 'node_modules/b': entry() }), true],
    ['another version', installed({ 'node_modules/a': entry({ version: '1.0.1' }) }), false],
    ['another file', installed({ 'node_modules/a': entry({ integrity: 'sha512-b' }) }), false],
    ['a package too many', installed({ 'node_modules/c': entry() }), false],
    ['nothing', { packages: {} }, false]
  ])('%s', (_, found, expected) => {
    expect(isInstalled(lock, found)).toBe(expected)
  })

  test('an entry without a hash is satisfied by its version', () => {
    const unhashed = { packages: { 'node_modules/a': { version: '1.0.0' } } }
    expect(isInstalled(unhashed, installed())).toBe(true)
  })
})

describe('isLockCurrent', () => {
  test.each([
    ['the same', { dependencies: { a: '1.0.0' } }, true],
    ['another version', { dependencies: { a: '1.0.1' } }, false],
    ['one more', { dependencies: { a: '1.0.0', b: '1.0.0' } }, false],
    [
      'one for development',
      { dependencies: { a: '1.0.0' }, devDependencies: { c: '1.0.0' } },
      false
    ]
  ])('%s', (_, manifest, expected) => {
    expect(isLockCurrent(manifest, lock)).toBe(expected)
  })
})

test('packages of another checkout are left alone', () => {
  const folder = mkdtempSync(join(tmpdir(), 'replica-desk-test-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  symlinkSync(folder, join(folder, 'link'), 'junction')
  expect(() => refuseLink(join(folder, 'link'))).toThrow('is a link')
  expect(() => refuseLink(folder)).not.toThrow()
  expect(() => refuseLink(join(folder, 'nothing'))).not.toThrow()
})
