import { projectRoot } from '../lib/project.mjs'
import { runCommand } from '../lib/run-command.mjs'

/**
 * The time that everything in a package gets: SOURCE_DATE_EPOCH, or that of the commit, so that the same sources make
 * the same package; now, where there is neither.
 */
export async function releaseTime(env = process.env) {
  if (env.SOURCE_DATE_EPOCH) return new Date(Number(env.SOURCE_DATE_EPOCH) * 1000)
  // Debian's minimal systems have no git.
  const { code, stdout } = await runCommand('git', ['log', '-1', '--format=%ct'], {
    cwd: projectRoot
  }).catch(() => ({ code: 1, stdout: '' }))
  return code === 0 ? new Date(Number(stdout.trim()) * 1000) : new Date()
}
