import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join, relative } from 'node:path'
import { runtimeMarker } from '../lib/electron-from-npm.mjs'
import { fusesFor } from './builder-config.mjs'
import { nativeTarget, wantsMusl } from './native-target.mjs'
import { product } from './product.mjs'
import { unbundled } from './stage.mjs'
import { packagingRequire } from './tools.mjs'

/** What is ours may have this size in the asar, unpacked binaries included. */
export const largestAsarBytes = 15_000_000

const fuseNames = {
  runAsNode: 'RunAsNode',
  enableCookieEncryption: 'EnableCookieEncryption',
  enableNodeOptionsEnvironmentVariable: 'EnableNodeOptionsEnvironmentVariable',
  enableNodeCliInspectArguments: 'EnableNodeCliInspectArguments',
  enableEmbeddedAsarIntegrityValidation: 'EnableEmbeddedAsarIntegrityValidation',
  onlyLoadAppFromAsar: 'OnlyLoadAppFromAsar',
  loadBrowserProcessSpecificV8Snapshot: 'LoadBrowserProcessSpecificV8Snapshot',
  grantFileProtocolExtraPrivileges: 'GrantFileProtocolExtraPrivileges'
}

const stateOf = new Map([
  ['0'.charCodeAt(0), false],
  ['1'.charCodeAt(0), true]
])

/** The fuses of an executable by electron-builder's names; null for one that it does not have. */
export async function readFuses(executable) {
  const { getCurrentFuseWire, FuseV1Options } = (await import('@electron/fuses')).default
  const wire = await getCurrentFuseWire(executable)
  return Object.fromEntries(
    Object.entries(fuseNames).map(([name, option]) => [
      name,
      stateOf.get(wire[FuseV1Options[option]]) ?? null
    ])
  )
}

/** Where things lie in a made app. */
export function appPlaces(folder, platform) {
  if (platform === 'darwin') {
    const contents = join(folder, `${product.name}.app`, 'Contents')
    return {
      executable: join(contents, 'MacOS', product.name),
      resources: join(contents, 'Resources'),
      notices: join(contents, 'Resources')
    }
  }
  const executable = platform === 'win32' ? `${product.name}.exe` : product.id
  return {
    executable: join(folder, executable),
    resources: join(folder, 'resources'),
    notices: folder
  }
}

/** The files of an asar: path with slashes, size, whether it lies beside the asar, and its bytes. */
export function listAsar(path) {
  const asar = packagingRequire('@electron/asar')
  return asar
    .listPackage(path, { isPack: false })
    .map((name) => name.replaceAll('\\', '/').replace(/^\//, ''))
    .map((name) => ({ name, entry: asar.statFile(path, name) }))
    .filter(({ entry }) => !('files' in entry))
    .map(({ name, entry }) => ({
      name,
      size: entry.size,
      isUnpacked: entry.unpacked === true,
      read: () => asar.extractFile(path, name)
    }))
}

const filesBelow = (folder) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() || entry.isSymbolicLink())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))

/** What the build writes, and what runs of packages that are not bundled. */
function mayBeInAsar(platform, arch) {
  const beside = Object.entries(unbundled(platform, arch)).flatMap(([name, files]) =>
    files.map((file) => `node_modules/${name}/${file}`)
  )
  const exact = new Set(['package.json', ...beside])
  const built =
    /^out\/(?:main\/(?:index|keychain|sandbox)\.js|main\/chunks\/[\w.-]+\.js|preload\/index\.cjs|renderer\/index\.html|renderer\/assets\/[\w.-]+\.(?:js|css|woff2|svg|png))$/
  return { exact, isKnown: (name) => exact.has(name) || built.test(name) }
}

/** Only development and tests know of these; what was built of their sources is refused as it is staged. */
const testOnly = /ELECTRON_RENDERER_URL|REPLICA_DESK_/

/** Beside the asar: data alone. */
const dataBeside =
  /^(?:icon\.(?:icns|png)|resources\/(?:icon\.png|tray[\w-]+(?:@2x)?\.png|verify-receipt\.mjs|sample\/[\w-]+\.(?:mp4|png|md)))$/
const builderFiles =
  /^(?:app\.asar|app-update\.yml|elevate\.exe|[\w-]+\.lproj\/.*|THIRD-PARTY-NOTICES\.txt)$/

/**
 * Holds a made app to what a package may be; answers what is wrong with it, a line each. `folder` is the app's, as
 * electron-builder leaves it.
 */
export async function inspectApp({ folder, platform, arch, flavor }) {
  const places = appPlaces(folder, platform)
  const asarPath = join(places.resources, 'app.asar')
  const files = listAsar(asarPath)
  return [
    ...(await wrongFuses(places.executable, platform, flavor)),
    ...wrongAsar(files, platform, arch),
    ...wrongNatives(files, `${platform}-${arch}`),
    ...wrongBeside(places, files),
    ...(existsSync(join(folder, runtimeMarker)) ? [`${runtimeMarker} is in the app's folder`] : [])
  ]
}

async function wrongFuses(executable, platform, flavor) {
  const found = await readFuses(executable)
  return Object.entries(fusesFor(platform, flavor))
    .filter(([name, wanted]) => found[name] !== wanted)
    .map(([name, wanted]) => `fuse ${name} is ${found[name]}, not ${wanted}`)
}

function wrongAsar(files, platform, arch) {
  const { exact, isKnown } = mayBeInAsar(platform, arch)
  const names = new Set(files.map(({ name }) => name))
  const bytes = files.reduce((sum, { size }) => sum + size, 0)
  return [
    ...files.filter(({ name }) => !isKnown(name)).map(({ name }) => `${name} is in the asar`),
    ...[...exact].filter((name) => !names.has(name)).map((name) => `${name} is not in the asar`),
    ...(bytes > largestAsarBytes ? [`the asar holds ${bytes} bytes`] : []),
    ...files
      .filter(({ name }) => /\.(?:js|cjs|html)$/.test(name))
      .flatMap((file) => wrongText(file.name, file.read().toString('utf8')))
  ]
}

function wrongText(name, text) {
  return [
    ...(/^\/\/# sourceMappingURL=/m.test(text) && name.startsWith('out/')
      ? [`${name} names a source map`]
      : []),
    ...(testOnly.test(text) ? [`${name} holds test code`] : [])
  ]
}

function wrongNatives(files, target) {
  const natives = files.filter(({ name }) => name.endsWith('.node'))
  return natives.flatMap(({ name, isUnpacked, read }) => {
    const bytes = read()
    const found = nativeTarget(bytes)
    return [
      ...(found === target ? [] : [`${name} is for ${found}, not ${target}`]),
      ...(wantsMusl(bytes) ? [`${name} wants musl`] : []),
      ...(isUnpacked ? [] : [`${name} is not unpacked`])
    ]
  })
}

function wrongBeside({ resources, notices }, files) {
  const unpacked = new Set(
    files.filter(({ isUnpacked }) => isUnpacked).map(({ name }) => `app.asar.unpacked/${name}`)
  )
  const isExpected = (name) =>
    unpacked.has(name) || dataBeside.test(name) || builderFiles.test(name)
  const wrong = filesBelow(resources)
    .filter((name) => !isExpected(name))
    .map((name) => `resources/${name} lies beside the asar`)
  const size = statSync(join(notices, 'THIRD-PARTY-NOTICES.txt'), { throwIfNoEntry: false })?.size
  const hasNotices = size !== undefined && size > 10_000
  const hasVerifier = readFileSync(join(resources, 'resources', 'verify-receipt.mjs')).length > 0
  return [
    ...wrong,
    ...(hasNotices ? [] : ['THIRD-PARTY-NOTICES.txt is missing']),
    ...(hasVerifier ? [] : ['verify-receipt.mjs is empty'])
  ]
}
