import { join } from 'node:path'
import { expect, test } from 'vitest'
import { completeLock, missingOptionalEntries } from './lock-file.mjs'
import { projectRoot, readJson } from './project.mjs'

const lock = {
  packages: {
    '': { optionalDependencies: {} },
    'node_modules/tool': {
      version: '1.0.0',
      dev: true,
      optionalDependencies: {
        '@tool/cli-linux-x64-musl': '1.0.0',
        '@tool/win32-arm64': '1.0.0',
        '@tool/here': '1.0.0',
        fsevents: '~2.3.3'
      }
    },
    'node_modules/@tool/here': { version: '1.0.0', integrity: 'sha512-x' }
  }
}

test('finds the builds for other systems that have no entry', () => {
  expect(missingOptionalEntries(lock)).toEqual({
    'node_modules/@tool/cli-linux-x64-musl': {
      version: '1.0.0',
      cpu: ['x64'],
      dev: true,
      libc: ['musl'],
      optional: true,
      os: ['linux']
    },
    'node_modules/@tool/win32-arm64': {
      version: '1.0.0',
      cpu: ['arm64'],
      dev: true,
      optional: true,
      os: ['win32']
    }
  })
})

test('completes a lock file and leaves its own entries as they are', () => {
  const complete = completeLock(lock)
  expect(missingOptionalEntries(complete)).toEqual({})
  expect(complete.packages).toMatchObject(lock.packages)
})

test('the lock file of this project is complete (else: node scripts/complete-lock.mjs)', () => {
  const own = readJson(join(projectRoot, 'package-lock.json'))
  expect(Object.keys(missingOptionalEntries(own))).toEqual([])
})
