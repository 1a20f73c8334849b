import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { cacheDirectory, projectRoot, readJson } from './project.mjs'
import { runOrFail } from './run-command.mjs'
import { StepFailure } from './step-failure.mjs'
import { formatMegabytes } from './steps.mjs'

const connectTimeoutMs = 6000
const stallTimeoutMs = 30_000
const rememberFailureMs = 24 * 60 * 60_000

const electronFolder = join(projectRoot, 'node_modules', 'electron')

/** Which variables can move the download elsewhere; a change of any of them is worth a new try. */
const mirrorVariable = /^(npm_config_|npm_package_config_)?electron_/i

/** The executable of the pinned electron package if its binary is unpacked, else undefined. */
export function findOfficialElectron() {
  const pathFile = join(electronFolder, 'path.txt')
  const versionFile = join(electronFolder, 'dist', 'version')
  if (!existsSync(pathFile) || !existsSync(versionFile)) return undefined
  const unpacked = readFileSync(versionFile, 'utf8').trim().replace(/^v/, '')
  if (unpacked !== pinnedVersion()) return undefined
  const executable = join(electronFolder, 'dist', readFileSync(pathFile, 'utf8').trim())
  return existsSync(executable) ? executable : undefined
}

export function pinnedVersion() {
  return readJson(join(electronFolder, 'package.json')).version
}

/**
 * Downloads what the electron package itself would, from where it would (mirrors, proxy and cache
 * of @electron/get included), and lets the package unpack it. A host that does not answer is
 * noticed within seconds instead of minutes.
 */
export async function downloadOfficialElectron(report) {
  const abort = new AbortController()
  const abortAfter = (ms, reason) => setTimeout(() => abort.abort(new Error(reason)), ms)
  let timer = abortAfter(connectTimeoutMs, 'no answer in time')
  const onProgress = async ({ transferred, total }) => {
    clearTimeout(timer)
    timer = abortAfter(stallTimeoutMs, 'download stalled')
    report(`${formatMegabytes(transferred)} of ${total ? formatMegabytes(total) : 'about 120 MB'}`)
  }
  try {
    await download({ quiet: true, signal: abort.signal, getProgressCallback: onProgress })
  } catch (error) {
    const { hostname, code, message } = error.cause ?? error
    throw new Error([hostname, code ?? message].filter(Boolean).join(': '), { cause: error })
  } finally {
    clearTimeout(timer)
  }
  report('unpacking')
  await runOrFail(process.execPath, [join(electronFolder, 'install.js')], {}, () => ({
    message: 'the electron package could not unpack its binary',
    advice: 'delete node_modules/electron and start again.'
  }))
  const executable = findOfficialElectron()
  if (executable) return executable
  throw new StepFailure(
    'the electron package unpacked no binary for this system',
    'check that Electron is published for this system and processor.'
  )
}

function download(downloadOptions) {
  // Resolved from electron: it is that package's dependency, not ours.
  const { downloadArtifact } = createRequire(join(electronFolder, 'index.js'))('@electron/get')
  return downloadArtifact({
    version: pinnedVersion(),
    artifactName: 'electron',
    cacheRoot: process.env.electron_config_cache,
    checksums: wantsRemoteChecksums()
      ? undefined
      : readJson(join(electronFolder, 'checksums.json')),
    platform: process.env.npm_config_platform || process.platform,
    arch: process.env.npm_config_arch || process.arch,
    downloadOptions
  })
}

function wantsRemoteChecksums() {
  return (
    process.env.electron_use_remote_checksums ||
    process.env.npm_config_electron_use_remote_checksums
  )
}

/** Whether a failed download is so recent, and so alike, that trying again would only cost time. */
export function isFailureFresh(failure, settings, nowMs) {
  return (
    failure !== undefined &&
    failure.settings === settings &&
    nowMs - Date.parse(failure.failedAt) < rememberFailureMs
  )
}

/** The settings a failure depends on, as text. */
export function downloadSettings(version, env = process.env) {
  const entries = Object.entries(env).filter(
    ([name]) => mirrorVariable.test(name) || /^(https?|no)_proxy$/i.test(name)
  )
  // Set by us for child processes, and says nothing about where to download from.
  const telling = entries.filter(([name]) => !/^ELECTRON_(OVERRIDE|EXEC|MAJOR|RUN_AS)/.test(name))
  return JSON.stringify([version, ...telling.sort()])
}

export function rememberedFailure() {
  const path = failureFile()
  return existsSync(path) ? readJson(path) : undefined
}

export function rememberFailure(settings, reason) {
  mkdirSync(dirname(failureFile()), { recursive: true })
  const failure = { settings, reason, failedAt: new Date().toISOString() }
  writeFileSync(failureFile(), JSON.stringify(failure, null, 2))
}

function failureFile() {
  return join(cacheDirectory(), 'official-electron-unreachable.json')
}
