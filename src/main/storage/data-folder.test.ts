import { existsSync, mkdtempSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { findFolderProblem, otherHolder } from './data-folder.ts'

const newFolder = () => mkdtempSync(join(tmpdir(), 'folder-'))

describe('a data folder', () => {
  it('that can be written is no trouble, is made if it is missing, and keeps nothing of the try', () => {
    const folder = join(newFolder(), 'a', 'b')
    expect(findFolderProblem(folder)).toBeNull()
    expect(readdirSync(folder)).toEqual([])
  })

  it('with a file in its place is told apart', () => {
    const file = join(newFolder(), 'file')
    writeFileSync(file, 'mine')
    expect(findFolderProblem(file)).toBe('not-a-folder')
    expect(findFolderProblem(join(file, 'below'))).toBe('not-a-folder')
    expect(existsSync(file)).toBe(true)
  })

  // Nobody can write there, not even root.
  const closed = existsSync('/proc/self') ? ['/proc/self', '/proc/replica-desk/below'] : []
  it.each(closed)('that nobody can write in is told: %s', (folder) => {
    expect(findFolderProblem(folder)).toBe('not-writable')
  })
})

describe('who holds the folder', () => {
  it.each([
    [`another-host-4711`, 'another-host'],
    [`${hostname()}-4711`, null]
  ])('%s: %s', (target, holder) => {
    const folder = newFolder()
    symlinkSync(target, join(folder, 'SingletonLock'))
    expect(otherHolder(folder)).toBe(holder)
  })

  it('is nobody without a lock', () => {
    expect(otherHolder(newFolder())).toBeNull()
  })
})
