import { describe, expect, test } from 'vitest'
import { isRootHelper } from './chromium-sandbox.mjs'
import { canUseNpmElectron, placeInRuntime } from './electron-from-npm.mjs'
import { downloadSettings, isFailureFresh } from './electron-official.mjs'
import { machineSwitches } from './electron-switches.mjs'
import { cacheDirectory, isSupportedNode } from './project.mjs'

test.each([
  ['Cypress/Cypress', 'electron'],
  ['Cypress/locales/de.pak', 'locales/de.pak'],
  ['Cypress/resources/app/index.js', undefined],
  ['Cypress/browser_v8_context_snapshot.bin', undefined],
  ['Cypress/', undefined],
  ['elsewhere', undefined]
])('placeInRuntime: %s', (name, place) => {
  expect(placeInRuntime(name)).toBe(place)
})

test('the runtime from npm is for Linux x64 alone', () => {
  expect(canUseNpmElectron('linux', 'x64')).toBe(true)
  expect(canUseNpmElectron('linux', 'arm64')).toBe(false)
  expect(canUseNpmElectron('darwin', 'x64')).toBe(false)
})

describe('isFailureFresh', () => {
  const failure = { settings: 's', failedAt: '2026-01-01T00:00:00.000Z' }
  const hoursLater = (hours) => Date.parse(failure.failedAt) + hours * 3_600_000

  test.each([
    ['an hour later', failure, 's', hoursLater(1), true],
    ['the next day', failure, 's', hoursLater(25), false],
    ['with another mirror', failure, 't', hoursLater(1), false],
    ['before any failure', undefined, 's', hoursLater(1), false]
  ])('%s', (_, known, settings, now, expected) => {
    expect(isFailureFresh(known, settings, now)).toBe(expected)
  })
})

test('what can move the download elsewhere is told apart from what cannot', () => {
  const plain = downloadSettings('1.0.0', { PATH: '/bin', ELECTRON_OVERRIDE_DIST_PATH: '/dist' })
  expect(plain).toBe(downloadSettings('1.0.0', {}))
  for (const name of ['ELECTRON_MIRROR', 'npm_config_electron_mirror', 'HTTPS_PROXY']) {
    expect(downloadSettings('1.0.0', { [name]: 'https://mirror.example/' })).not.toBe(plain)
  }
})

test('machineSwitches names what the machine makes necessary', () => {
  expect(machineSwitches('linux', { DISPLAY: ':0' }, true)).toEqual(['--no-sandbox'])
  expect(machineSwitches('linux', { DISPLAY: ':0', WAYLAND_DISPLAY: 'w' }, false)).toEqual([])
  expect(machineSwitches('linux', { WAYLAND_DISPLAY: 'w' }, false)).toEqual([
    '--ozone-platform=wayland'
  ])
  expect(machineSwitches('win32', {}, false)).toEqual([])
})

test.each([
  ['20.19.0', true],
  ['20.18.3', false],
  ['22.1.0', true],
  ['18.20.0', false]
])('isSupportedNode: %s', (version, expected) => {
  expect(isSupportedNode(version)).toBe(expected)
})

test('the cache lies where each system keeps such things', () => {
  expect(cacheDirectory('linux', { XDG_CACHE_HOME: '/c' }, '/h')).toBe('/c/replica-desk')
  expect(cacheDirectory('linux', {}, '/h')).toBe('/h/.cache/replica-desk')
  expect(cacheDirectory('darwin', {}, '/h')).toBe('/h/Library/Caches/replica-desk')
})

test.each([
  ["root's, with its bit", { uid: 0, mode: 0o104755 }, true],
  ["root's, without", { uid: 0, mode: 0o100755 }, false],
  ["somebody's, with the bit", { uid: 1000, mode: 0o104755 }, false],
  ['absent', undefined, false]
])('isRootHelper: %s', (_, stats, expected) => {
  expect(isRootHelper(stats)).toBe(expected)
})
