import { existsSync, readFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { isRoot } from './project.mjs'
import { runCommand, runOrFail } from './run-command.mjs'
import { StepFailure } from './step-failure.mjs'

/** What the app needs of Debian, installed or not; in the form of `packagesFor`. */
export const electronPackages = [
  ['libgtk-3-0t64', 'libgtk-3-0'],
  ['libnss3'],
  ['libgbm1'],
  ['libasound2t64', 'libasound2'],
  ['libxss1'],
  ['libatk-bridge2.0-0t64', 'libatk-bridge2.0-0'],
  ['libsecret-1-0']
]

/**
 * Debian packages by purpose. Where a package was renamed between releases, every name is listed,
 * the newest first; any of them will do.
 */
const packagesFor = {
  electron: electronPackages,
  display: [['xvfb']],
  // libglib2.0-bin holds gdbus, through which the tests lock a keyring.
  keyring: [['dbus'], ['gnome-keyring'], ['libglib2.0-bin'], ['libsecret-1-0']],
  notifications: [['dunst'], ['libnotify4']],
  fonts: [['fonts-dejavu-core']],
  // Draws the first page of a receipt, which the window itself cannot show.
  screens: [['poppler-utils']],
  // The engine that ships, where Electron of that version cannot be had.
  chromium: [['chromium']],
  // Makes the videos that the doctor is tried on, and judges what it says of them.
  videos: [['ffmpeg']],
  // An S3 server that is not ours, and an uploader to be held against.
  buckets: [
    ['swift-proxy'],
    ['swift-account'],
    ['swift-container'],
    ['swift-object'],
    ['memcached'],
    ['rclone']
  ],
  // dpkg-deb, tar and gzip are on every Debian.
  packaging: [['rpm'], ['xz-utils']],
  // lintian reads a package, xwininfo a window's class; runuser and useradd make a person without rights.
  'installed app': [['lintian'], ['x11-utils'], ['util-linux'], ['passwd']]
}

const commandsFor = {
  electron: [],
  display: ['Xvfb'],
  keyring: ['dbus-run-session', 'gnome-keyring-daemon', 'gdbus'],
  notifications: ['dunst'],
  fonts: [],
  screens: ['pdftoppm'],
  chromium: ['chromium'],
  videos: ['ffmpeg', 'ffprobe'],
  buckets: ['swift-ring-builder', 'memcached', 'rclone'],
  packaging: ['rpmbuild', 'dpkg-deb', 'xz'],
  'installed app': ['lintian', 'xwininfo', 'runuser', 'useradd']
}

export function isDebianLike(osRelease) {
  const value = (name) => new RegExp(`^${name}="?([^"\n]*)"?$`, 'm').exec(osRelease)?.[1] ?? ''
  return [value('ID'), ...value('ID_LIKE').split(' ')].some((id) => /^(debian|ubuntu)$/.test(id))
}

/** The alternatives of which nothing is installed, from dpkg-query's "name<TAB>status" lines. */
export function missingPackages(wanted, dpkgLines) {
  const installed = new Set(
    dpkgLines
      .split('\n')
      .map((line) => line.split('\t'))
      .filter(([, status]) => status === 'installed')
      .map(([name]) => name)
  )
  return wanted.filter((names) => !names.some((name) => installed.has(name)))
}

/** The first name of each that apt can install, from `apt-cache policy`; else the oldest name. */
export function installableNames(missing, policy) {
  const installable = new Set()
  for (const block of policy.split(/^(?=\S)/m)) {
    const name = /^(\S+):\n/.exec(block)?.[1]
    if (name && /Candidate: (?!\(none\))/.test(block)) installable.add(name)
  }
  return missing.map((names) => names.find((name) => installable.has(name)) ?? names.at(-1))
}

/** Sees to the system libraries and programs for these purposes, each a name in `packagesFor`. */
export async function ensureSystemPackages(purposes, report) {
  if (process.platform !== 'linux') return { detail: 'nothing needed on this system' }
  if (!isDebianLike(readOsRelease())) return checkCommands(purposes)
  const wanted = purposes.flatMap((purpose) => packagesFor[purpose])
  const missing = missingPackages(wanted, await queryDpkg(wanted.flat()))
  if (missing.length === 0) return { detail: 'all present' }
  if (isRoot()) return installPackages(missing, report)
  const names = installableNames(missing, await queryPolicy(missing.flat()))
  throw new StepFailure(
    `missing: ${names.join(' ')}`,
    `run this line, then start again:\n  sudo apt-get update && sudo apt-get install -y --no-install-recommends ${names.join(' ')}`
  )
}

function readOsRelease() {
  return existsSync('/etc/os-release') ? readFileSync('/etc/os-release', 'utf8') : ''
}

function checkCommands(purposes) {
  const folders = (process.env.PATH ?? '').split(delimiter)
  const missing = purposes
    .flatMap((purpose) => commandsFor[purpose])
    .filter((command) => !folders.some((folder) => existsSync(join(folder, command))))
  if (missing.length === 0) return { detail: 'not Debian or Ubuntu, programs found' }
  throw new StepFailure(
    `missing programs: ${missing.join(', ')}`,
    'install the packages of your distribution that hold them (they go by Xvfb, D-Bus, GLib, gnome-keyring, dunst, Poppler, Chromium, FFmpeg, RPM and lintian).'
  )
}

async function queryDpkg(names) {
  // dpkg-query exits with 1 as soon as one name is unknown; its lines count all the same.
  // biome-ignore lint/suspicious/noTemplateCurlyInString: dpkg-query's own placeholders
  const format = '${Package}\t${db:Status-Status}\n'
  return (await runCommand('dpkg-query', ['-W', '-f', format, ...names])).stdout
}

async function queryPolicy(names) {
  return (await runCommand('apt-cache', ['policy', ...names])).stdout
}

async function installPackages(missing, report) {
  const apt = (args, what) =>
    runOrFail(
      'apt-get',
      args,
      {
        env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
        onTick: () => report(what)
      },
      () => ({
        message: `apt-get ${args[0]} failed`,
        advice: 'check the network and /etc/apt/sources.list*, and that no other apt is running.'
      })
    )
  await apt(['update'], 'apt-get update at work')
  const names = installableNames(missing, await queryPolicy(missing.flat()))
  await apt(
    ['install', '-y', '--no-install-recommends', ...names],
    `apt-get at work on ${names.length} packages`
  )
  return { detail: `installed ${names.join(' ')}` }
}
