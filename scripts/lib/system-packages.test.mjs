import { describe, expect, test } from 'vitest'
import { installableNames, isDebianLike, missingPackages } from './system-packages.mjs'

test.each([
  ['Debian', 'NAME="Debian GNU/Linux"\nID=debian\n', true],
  ['Ubuntu', 'ID=ubuntu\nID_LIKE=debian\n', true],
  ['Mint', 'ID=linuxmint\nID_LIKE="ubuntu debian"\n', true],
  ['Fedora', 'ID=fedora\nID_LIKE="rhel"\n', false],
  ['none', '', false]
])('isDebianLike: %s', (_, text, expected) => {
  expect(isDebianLike(text)).toBe(expected)
})

test('a package is missing when none of its names is installed', () => {
  const wanted = [['new', 'old'], ['gone'], ['removed'], ['absent']]
  const lines = 'old\tinstalled\ngone\tinstalled\nremoved\tconfig-files\n'
  expect(missingPackages(wanted, lines)).toEqual([['removed'], ['absent']])
})

describe('installableNames', () => {
  const missing = [['libnew', 'libold']]

  test('takes the newest name that apt has', () => {
    const policy =
      'libnew:\n  Installed: (none)\n  Candidate: 1.2\nlibold:\n  Installed: (none)\n  Candidate: 1.1\n'
    expect(installableNames(missing, policy)).toEqual(['libnew'])
  })

  test('leaves a name that is only known by hearsay', () => {
    const policy = 'libnew:\n  Installed: (none)\n  Candidate: (none)\nlibold:\n  Candidate: 1.1\n'
    expect(installableNames(missing, policy)).toEqual(['libold'])
  })

  test('falls back to the oldest name without package lists', () => {
    expect(installableNames(missing, '')).toEqual(['libold'])
  })
})
