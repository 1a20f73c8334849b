import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync
} from 'node:fs'
import { dirname, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { projectRoot } from '../lib/project.mjs'
import { distFolder, product } from './product.mjs'

/** Where the app lies on an installed system, from the root. */
export const appPlace = `usr/lib/${product.id}`

/** Chromium's sandbox where ordinary users have no namespaces: root's, and run as root. */
export const sandboxHelper = 'chrome-sandbox'
const helperMode = 0o4755

/**
 * The desktop file. The app opens no files; of addresses only those of its own scheme. X11 windows carry the app's
 * name as their class; Wayland's carry the name of this file.
 */
export function desktopEntry(command = product.id) {
  return [
    '[Desktop Entry]',
    'Type=Application',
    `Name=${product.name}`,
    'GenericName=Replica Manager',
    'GenericName[de]=Replik-Verwaltung',
    'Comment=Watch, create and delete your AI likenesses, and keep proof',
    'Comment[de]=KI-Abbilder beobachten, erstellen und löschen, mit Nachweis',
    `Exec=${command} %u`,
    `MimeType=x-scheme-handler/${product.scheme};`,
    `Icon=${product.id}`,
    'Terminal=false',
    'StartupNotify=true',
    `StartupWMClass=${product.name}`,
    'Categories=Utility;AudioVideo;',
    'Keywords=tavus;replicate;replica;likeness;consent;',
    ''
  ].join('\n')
}

const copyright = () =>
  [
    'Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/',
    `Upstream-Name: ${product.name}`,
    `Source: ${product.homepage}`,
    '',
    'Files: *',
    'Copyright: 2026 The Replica Desk authors',
    'License: Expat',
    ...readFileSync(join(projectRoot, 'LICENSE'), 'utf8')
      .trim()
      .split('\n')
      .slice(3)
      .map((line) => (line.trim() === '' ? ' .' : ` ${line.trim()}`)),
    '',
    'Files: usr/lib/replica-desk/*',
    'Copyright: the authors named in THIRD-PARTY-NOTICES.txt, LICENSE.electron.txt and LICENSES.chromium.html',
    'License: various',
    ' Electron, Chromium and the packages that the app contains come with their own',
    ` licenses, which lie in /${appPlace}.`,
    ''
  ].join('\n')

function put(root, path, content, mode = 0o644) {
  const target = join(root, path)
  mkdirSync(dirname(target), { recursive: true })
  writeFileSync(target, content)
  chmodSync(target, mode)
}

const isLibrary = /\.so(?:\.\d+)*$/

/**
 * Everybody may read and enter, and programs may be run; modes of the building machine must not be shipped. Libraries
 * and the verifier, which is run by the name of its file, are no programs.
 */
export function settleModes(folder) {
  execFileSync('chmod', ['-R', 'u=rwX,go=rX', folder])
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue
    if (isLibrary.test(entry.name) || entry.name.endsWith('.mjs')) {
      chmodSync(join(entry.parentPath, entry.name), 0o644)
    }
  }
}

/** Lays out below `root` what a Linux package installs. `when` is the time of the release, for the changelog. */
export function layOutLinux(appFolder, root, when) {
  rmSync(root, { recursive: true, force: true })
  const app = join(root, appPlace)
  mkdirSync(app, { recursive: true })
  cpSync(appFolder, app, { recursive: true })
  put(root, `usr/share/applications/${product.id}.desktop`, desktopEntry())
  putIcons(root)
  mkdirSync(join(root, 'usr/bin'), { recursive: true })
  symlinkSync(`../lib/${product.id}/${product.id}`, join(root, 'usr/bin', product.id))
  const docs = `usr/share/doc/${product.id}`
  put(root, `${docs}/copyright`, copyright())
  put(root, `${docs}/changelog.gz`, gzipSync(changelog(when), { level: 9 }))
  settleModes(root)
  chmodSync(join(app, sandboxHelper), helperMode)
}

function putIcons(root) {
  const drawn = join(distFolder, 'icons', 'linux')
  const place = (size) => `usr/share/icons/hicolor/${size}/apps/${product.id}`
  for (const name of readdirSync(drawn)) {
    put(root, `${place(name.replace('.png', ''))}.png`, readFileSync(join(drawn, name)))
  }
  const svg = readFileSync(join(projectRoot, 'resources', 'icon.svg'))
  put(root, `${place('scalable')}.svg`, svg)
}

/** In Debian's form; what changed is told in CHANGELOG.md, for people. */
const changelog = (when) =>
  [
    `${product.id} (${product.version}) unstable; urgency=medium`,
    '',
    '  * See CHANGELOG.md of this release.',
    '',
    ` -- ${product.author.name} <${product.author.email}>  ${when.toUTCString().replace('GMT', '+0000')}`,
    ''
  ].join('\n')
