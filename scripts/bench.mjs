import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runMain } from './lib/command-line.mjs'
import { withDesktopSession } from './lib/desktop-session.mjs'
import { runtimeEnvironment } from './lib/electron-runtime.mjs'
import { prepareApp, readSwitches } from './lib/prepare.mjs'
import { projectRoot } from './lib/project.mjs'
import { runAttached } from './lib/run-command.mjs'
import { createSteps } from './lib/steps.mjs'

await runMain(async () => {
  const { isFresh, rest } = readSwitches(process.argv.slice(2))
  const runtime = await prepareApp(createSteps(process.stdout), { isFresh, purposes: ['keyring'] })
  // Removed here, for the runner may be interrupted.
  const tempDir = mkdtempSync(join(tmpdir(), 'replica-desk-bench-'))
  try {
    return await withDesktopSession((wrap) => runBenches(wrap, runtime, [tempDir, ...rest]))
  } finally {
    rmSync(tempDir, { recursive: true, force: true, maxRetries: 5 })
  }
})

async function runBenches(wrap, runtime, runnerArguments) {
  const runner = join(projectRoot, 'scripts', 'lib', 'run-benches.mjs')
  const { command, args, env } = wrap(process.execPath, [runner, ...runnerArguments])
  const { code } = await runAttached(command, args, {
    cwd: projectRoot,
    env: { ...env, ...runtimeEnvironment(runtime) }
  })
  return code ?? 1
}
