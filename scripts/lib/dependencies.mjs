import { existsSync, lstatSync } from 'node:fs'
import { join } from 'node:path'
import { projectRoot, readJson } from './project.mjs'
import { npmCommand, runOrFail } from './run-command.mjs'
import { StepFailure } from './step-failure.mjs'

/**
 * Whether what npm wrote down when it last finished installing is what the lock file asks for.
 * npm leaves out optional packages made for other systems, so those may be missing.
 */
export function isInstalled(lock, installed) {
  const wanted = Object.entries(lock.packages).filter(([path]) => path !== '')
  const isPresent = ([path, entry]) => {
    const found = installed.packages[path]
    if (found === undefined) return entry.optional === true || entry.peer === true
    if (found.version !== entry.version) return false
    return entry.integrity === undefined || found.integrity === entry.integrity
  }
  return (
    wanted.every(isPresent) &&
    Object.keys(installed.packages).every((path) => lock.packages[path] !== undefined)
  )
}

/** Whether package.json asks for what the lock file was made from. */
export function isLockCurrent(manifest, lock) {
  const root = lock.packages[''] ?? {}
  return ['dependencies', 'devDependencies', 'optionalDependencies'].every(
    (kind) => sortedText(manifest[kind]) === sortedText(root[kind])
  )
}

function sortedText(record = {}) {
  return JSON.stringify(Object.entries(record).sort())
}

export async function ensureDependencies(report) {
  const lock = readJson(join(projectRoot, 'package-lock.json'))
  const manifest = readJson(join(projectRoot, 'package.json'))
  const installedPath = join(projectRoot, 'node_modules', '.package-lock.json')
  if (
    existsSync(installedPath) &&
    isLockCurrent(manifest, lock) &&
    isInstalled(lock, readJson(installedPath))
  ) {
    return { detail: 'already installed' }
  }
  refuseLink(join(projectRoot, 'node_modules'))
  await installDependencies(report)
  return { detail: `${Object.keys(readJson(installedPath).packages).length} packages installed` }
}

/** `npm ci` begins by emptying node_modules, and would empty what a link leads to: another checkout's packages. */
export function refuseLink(folder) {
  if (!lstatSync(folder, { throwIfNoEntry: false })?.isSymbolicLink()) return
  throw new StepFailure(
    `${folder} is a link, and holds other packages than this checkout needs`,
    'remove the link, or install what is needed where it leads to.'
  )
}

async function installDependencies(report) {
  const { command, args, options } = npmCommand([
    'ci',
    '--no-audit',
    '--no-fund',
    '--loglevel=error'
  ])
  const onTick = () => report('npm ci at work')
  await runOrFail(command, args, { ...options, cwd: projectRoot, onTick }, () => ({
    message: 'npm ci failed',
    advice:
      'check the network and the registry (npm ping); if package.json was edited by hand, run npm install first.'
  }))
}
