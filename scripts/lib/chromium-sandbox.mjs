import { statSync } from 'node:fs'
import { join } from 'node:path'
import { isRoot } from './project.mjs'
import { runCommand } from './run-command.mjs'
import { StepFailure } from './step-failure.mjs'

const setUserIdBit = 0o4000

/**
 * On Linux, Chromium's sandbox needs either user namespaces, which some distributions keep from
 * ordinary users, or a helper that belongs to root. Without both, Electron ends at once.
 */
export async function ensureSandbox(runtime) {
  if (process.platform !== 'linux' || isRoot()) return
  const helper = join(runtime.distPath, 'chrome-sandbox')
  if (isRootHelper(statSync(helper, { throwIfNoEntry: false }))) return
  if ((await runCommand('unshare', ['--user', '--map-root-user', 'true'])).code === 0) return
  throw new StepFailure(
    "this system keeps ordinary users from what Chromium's sandbox needs",
    `run this line, then start again:\n  sudo chown root:root '${helper}' && sudo chmod 4755 '${helper}'`
  )
}

export function isRootHelper(stats) {
  return stats !== undefined && stats.uid === 0 && (stats.mode & setUserIdBit) !== 0
}
