import { expect, it } from 'vitest'
import { readInstallation } from './installation.ts'

const mounted = { APPDIR: '/tmp/.mount_a', APPIMAGE: '/home/a/Apps/replica-desk.AppImage' }

it.each([
  ['an AppImage', 'linux', mounted, '/tmp/.mount_a/replica-desk', 'app-image'],
  [
    'a package, started by another AppImage',
    'linux',
    mounted,
    '/usr/lib/replica-desk/replica-desk',
    'other'
  ],
  ['a folder beside one of that name', 'linux', mounted, '/tmp/.mount_ab/replica-desk', 'other'],
  ['a package', 'linux', {}, '/usr/lib/replica-desk/replica-desk', 'other'],
  [
    'an AppImage that is not named',
    'linux',
    { APPDIR: '/tmp/.mount_a' },
    '/tmp/.mount_a/x',
    'other'
  ],
  ['Windows', 'win32', {}, 'C:\\a.exe', 'nsis'],
  ['a Mac', 'darwin', {}, '/Applications/a', 'mac']
])('knows %s', (_what, platform, env, program, kind) => {
  expect(readInstallation(platform, env, program).kind).toBe(kind)
})
