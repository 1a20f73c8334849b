import { cpSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { runOrFail } from '../lib/run-command.mjs'
import { electronPackages } from '../lib/system-packages.mjs'
import { appPlace, desktopEntry, layOutLinux, sandboxHelper, settleModes } from './linux-tree.mjs'
import { product } from './product.mjs'

const debianProcessor = { x64: 'amd64', arm64: 'arm64' }
const rpmProcessor = { x64: 'x86_64', arm64: 'aarch64' }

const summary = 'Desk for your AI likenesses at Tavus and Replicate'
const longDescription = [
  'Shows every replica, video and model of your accounts in one window, creates',
  'new ones from links, deletes what should no longer be online, keeps proof of',
  'each deletion, and remembers everything on your own computer.'
]

/** The control file of the Debian package. `installedKib`: size of what it installs. */
export function debianControl(arch, installedKib) {
  const depends = electronPackages.map((names) => names.join(' | ')).join(', ')
  return [
    `Package: ${product.id}`,
    `Version: ${product.version}`,
    'Section: utils',
    'Priority: optional',
    `Architecture: ${debianProcessor[arch]}`,
    `Maintainer: ${product.author.name} <${product.author.email}>`,
    `Installed-Size: ${installedKib}`,
    `Depends: libc6 (>= 2.28), xdg-utils, ${depends}`,
    // A keyring to keep keys in; the app says so where there is none.
    // Under GNOME Electron takes GTK 4 where it is, and GTK 3 elsewhere (Electron 36).
    'Recommends: gnome-keyring | kwalletmanager, dbus-user-session | dbus-session-bus, libgtk-4-1',
    `Homepage: ${product.homepage}`,
    `Description: ${summary}`,
    ...longDescription.map((line) => ` ${line}`),
    ''
  ].join('\n')
}

/**
 * What lintian says of every packaged Electron and cannot be otherwise, with the reason. Debian's own packages share
 * libraries and strip them; Electron's builders did neither, and its licence texts need its very files.
 */
const lintianOverrides = [
  ['# Chromium is linked with its own builds of these.', 'embedded-library'],
  ['# As released by the Electron project.', 'unstripped-binary-or-object'],
  ["# Chromium's sandbox, where ordinary users have no user namespaces.", 'elevated-privileges']
]

const overridesText = () =>
  lintianOverrides.map(([why, tag]) => `${why}\n${product.id}: ${tag}\n`).join('')

const failure = (what) => () => ({
  message: `${what} failed`,
  advice: 'read the lines above; 2 GB of disk should be free.'
})

/** Every file gets the time of the release, so that the same sources make the same package. */
async function settleTimes(folder, when) {
  const date = `@${Math.floor(when.getTime() / 1000)}`
  await runOrFail(
    'find',
    [folder, '-exec', 'touch', '--no-dereference', '--date', date, '{}', '+'],
    {},
    failure('touch')
  )
}

const epochOf = (when) => ({ SOURCE_DATE_EPOCH: String(Math.floor(when.getTime() / 1000)) })

async function sizeInKib(folder) {
  const { stdout } = await runOrFail('du', ['-sk', '--apparent-size', folder], {}, failure('du'))
  return Number.parseInt(stdout, 10)
}

async function writeSums(root) {
  const script = "find usr -type f -printf '%p\\0' | sort -z | xargs -0 md5sum > DEBIAN/md5sums"
  await runOrFail('sh', ['-c', script], { cwd: root }, failure('md5sum'))
}

async function makeDeb({ appFolder, work, target, arch, when, level, onTick }) {
  const root = join(work, 'deb')
  layOutLinux(appFolder, root, when)
  const overrides = join(root, 'usr/share/lintian/overrides')
  mkdirSync(overrides, { recursive: true })
  writeFileSync(join(overrides, product.id), overridesText(), { mode: 0o644 })
  const kib = await sizeInKib(root)
  mkdirSync(join(root, 'DEBIAN'), { mode: 0o755 })
  writeFileSync(join(root, 'DEBIAN', 'control'), debianControl(arch, kib), { mode: 0o644 })
  await writeSums(root)
  await settleTimes(root, when)
  const env = { ...process.env, ...epochOf(when) }
  const args = ['--root-owner-group', '-Zxz', `-z${level}`, '--build', root, target]
  await runOrFail('dpkg-deb', args, { env, onTick }, failure('dpkg-deb'))
}

/** The spec of the RPM package: nothing is built, what is laid out is taken as it is. */
export function rpmSpec({ root, when, level }) {
  const stamp = when.toUTCString().split(' ')
  const [weekday, day, month, year] = [stamp[0].slice(0, 3), stamp[1], stamp[2], stamp[3]]
  return [
    // Nothing is stripped, compressed or searched for: the files are as Electron released them.
    '%define __os_install_post %{nil}',
    '%define _build_id_links none',
    '%define debug_package %{nil}',
    `%define _binary_payload w${level}T0.xzdio`,
    `Name: ${product.id}`,
    `Version: ${product.version}`,
    'Release: 1',
    `Summary: ${summary}`,
    `License: ${product.licence}`,
    `URL: ${product.homepage}`,
    `Packager: ${product.author.name} <${product.author.email}>`,
    'AutoReqProv: no',
    'Requires: gtk3, (nss or mozilla-nss), (alsa-lib or libasound2), (libXScrnSaver or libXss1)',
    'Requires: (mesa-libgbm or libgbm1), (at-spi2-core or at-spi2-atk), (libsecret or libsecret-1-0)',
    'Requires: xdg-utils',
    'Recommends: gtk4',
    '%description',
    ...longDescription,
    '%prep',
    '%build',
    '%install',
    `cp -a ${root}/. %{buildroot}/`,
    '%files',
    `/usr/bin/${product.id}`,
    `/${appPlace}`,
    `%attr(4755, root, root) /${appPlace}/${sandboxHelper}`,
    `/usr/share/applications/${product.id}.desktop`,
    '/usr/share/icons/hicolor/*/apps/*',
    `%doc /usr/share/doc/${product.id}`,
    '%changelog',
    `* ${weekday} ${month} ${day} ${year} ${product.author.name} <${product.author.email}> - ${product.version}-1`,
    '- See CHANGELOG.md of this release.',
    ''
  ].join('\n')
}

async function makeRpm({ appFolder, work, target, arch, when, level, onTick }) {
  const root = join(work, 'rpm', 'root')
  layOutLinux(appFolder, root, when)
  await settleTimes(root, when)
  const spec = join(work, 'rpm', `${product.id}.spec`)
  writeFileSync(spec, rpmSpec({ root, when, level }))
  const top = join(work, 'rpm', 'top')
  const defines = [
    `_topdir ${top}`,
    'use_source_date_epoch_as_buildtime 1',
    'clamp_mtime_to_source_date_epoch 1',
    '_buildhost localhost'
  ].flatMap((define) => ['--define', define])
  const args = ['-bb', '--target', `${rpmProcessor[arch]}-linux`, ...defines, spec]
  const env = { ...process.env, ...epochOf(when) }
  await runOrFail('rpmbuild', args, { env, onTick }, failure('rpmbuild'))
  const made = join(top, 'RPMS', rpmProcessor[arch])
  cpSync(join(made, readdirSync(made)[0]), target)
}

/** For those who install nothing: the app's folder with its desktop file, icon and a note. */
async function makeTarball({ appFolder, work, target, when, level, onTick }) {
  const name = `${product.id}-${product.version}`
  const folder = join(work, 'tar', name)
  cpSync(appFolder, folder, { recursive: true })
  writeFileSync(join(folder, `${product.id}.desktop`), desktopEntry())
  cpSync(join(folder, 'resources', 'resources', 'icon.png'), join(folder, `${product.id}.png`))
  writeFileSync(join(folder, 'README.txt'), tarballNote)
  settleModes(folder)
  const time = `--mtime=@${Math.floor(when.getTime() / 1000)}`
  const args = ['--sort=name', time, '--owner=0', '--group=0', '--numeric-owner']
  const env = { ...process.env, GZIP: undefined }
  const compress = ['--use-compress-program', `gzip -n -${level}`]
  const all = [...args, ...compress, '-cf', target, '-C', join(work, 'tar'), name]
  await runOrFail('tar', all, { env, onTick }, failure('tar'))
}

const tarballNote = `${product.name} ${product.version}

Start it: ./${product.id}

If it ends at once with a line about the "SUID sandbox helper", your system keeps
ordinary users from what Chromium's sandbox needs (Ubuntu 24.04 does). Then run,
in this folder:

  sudo chown root:root ${sandboxHelper} && sudo chmod 4755 ${sandboxHelper}

The .deb and .rpm packages need none of this. Do not start it with --no-sandbox.
`

/** Makers by format: each writes `target` from an app folder. */
const makers = { deb: makeDeb, rpm: makeRpm, 'tar.gz': makeTarball }

export const linuxFormats = Object.keys(makers)

/** Name of a Linux download. */
export const linuxFileName = (format, arch) => {
  if (format === 'deb') return `${product.id}_${product.version}_${debianProcessor[arch]}.deb`
  if (format === 'rpm') return `${product.id}-${product.version}-1.${rpmProcessor[arch]}.rpm`
  return `${product.id}-${product.version}-linux-${arch}.${format}`
}

/**
 * Makes one package and answers its path. `when`: the time that every file in it gets; `level`: how hard to compress,
 * from 1 to 9.
 */
export async function makeLinuxPackage(format, options) {
  const { output, arch } = options
  const work = join(output, `work-${format}`)
  const target = join(output, linuxFileName(format, arch))
  rmSync(target, { force: true })
  mkdirSync(work, { recursive: true })
  try {
    await makers[format]({ ...options, work, target })
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
  return { path: target, bytes: statSync(target).size }
}
