import { describe, expect, it } from 'vitest'
import { settingsPatchSchema } from './domain/settings.ts'
import { isLocalFolder } from './local-folder.ts'

describe('isLocalFolder', () => {
  it.each([
    '/',
    '/home/priya/Exports',
    'C:\\Users\\Priya\\Exports',
    'd:/exports',
    '/a//b',
    '/Volumes/x'
  ])('%s is one', (path) => {
    expect(isLocalFolder(path)).toBe(true)
    expect(settingsPatchSchema.safeParse({ exportFolder: path }).success).toBe(true)
  })

  it.each([
    '',
    '\\\\host\\share',
    '//host/share',
    '/\\host\\share',
    '\\/host/share',
    '\\\\?\\UNC\\host\\share',
    '\\\\.\\pipe\\x',
    '\\\\?\\C:\\x',
    '\\Users\\Priya',
    'file://host/share',
    'file:///home/priya',
    'smb://host/share',
    'https://host/share',
    'C:exports',
    'exports',
    '../exports',
    '~/exports',
    ' /home',
    '/home\0/x'
  ])('%j is none', (path) => {
    expect(isLocalFolder(path)).toBe(false)
    expect(settingsPatchSchema.safeParse({ exportFolder: path }).success).toBe(false)
  })
})
