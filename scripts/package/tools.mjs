import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { isInstalled, refuseLink } from '../lib/dependencies.mjs'
import { projectRoot, readJson } from '../lib/project.mjs'
import { npmCommand, runOrFail } from '../lib/run-command.mjs'

/**
 * What only packaging needs has a folder and a lock file of its own, so that `npm ci`, which everybody runs, is not half
 * as long again.
 */
const folder = join(projectRoot, 'packaging')

/** Resolves what only packaging needs. */
export const packagingRequire = createRequire(join(folder, 'package.json'))

export async function ensurePackagingTools(report) {
  const lock = readJson(join(folder, 'package-lock.json'))
  const modules = join(folder, 'node_modules')
  const noted = join(modules, '.package-lock.json')
  if (existsSync(noted) && isInstalled(lock, readJson(noted)))
    return { detail: 'already installed' }
  refuseLink(modules)
  const ci = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error']
  const { command, args, options } = npmCommand(ci)
  const onTick = () => report('npm ci at work')
  await runOrFail(command, args, { ...options, cwd: folder, onTick }, () => ({
    message: 'npm ci in packaging/ failed',
    advice: 'check the network and the registry (npm ping).'
  }))
  return { detail: `${Object.keys(readJson(noted).packages).length} packages installed` }
}
