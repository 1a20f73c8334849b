import { expect, test } from 'vitest'
import { pinnedVersion } from './electron-official.mjs'
import { compareChromium, enginesOf, findChromium, versionIn } from './shipped-engine.mjs'

test('it is known what the pinned Electron is made of', () => {
  expect(enginesOf[pinnedVersion().split('.')[0]]).toMatchObject({
    chromium: expect.stringMatching(/^\d+$/),
    node: expect.stringMatching(/^\d+\.\d+\.\d+$/)
  })
})

test('a Chromium of another major version is named as such', () => {
  const version = versionIn('Chromium 156.0.8078.114 built on Debian GNU/Linux 12 (bookworm)')
  expect(version).toBe('156.0.8078.114')
  expect(compareChromium(version, '156')).not.toContain('NOT')
  expect(compareChromium(version, '157')).toContain('NOT of the major version that ships (157)')
  expect(compareChromium(versionIn('no such thing'), '156')).toBe('of an unknown version')
})

test('no Chromium is found where none is', () => {
  expect(findChromium({ PATH: '/nowhere' })).toBe(null)
})
