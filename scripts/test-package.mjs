import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { runMain } from './lib/command-line.mjs'
import { runInDesktopSession } from './lib/desktop-session.mjs'
import { prepareAlone, prepareDependencies, prepareRuntime } from './lib/prepare.mjs'
import { isRoot, projectRoot } from './lib/project.mjs'
import { runAttached, runOrFail } from './lib/run-command.mjs'
import { StepFailure } from './lib/step-failure.mjs'
import { createSteps } from './lib/steps.mjs'

const steps = createSteps(process.stdout)
const purposes = ['packaging', 'keyring', 'notifications', 'fonts', 'installed app']

/** Makes the packages, then holds them to what they promise: read back, installed, used and removed. */
await runMain(async () => {
  refuseOtherSystems()
  const runtime = await prepareAlone(steps, async () => {
    await prepareDependencies(steps)
    return prepareRuntime(steps, { isFresh: false, purposes })
  })
  // They are read back as they are made; see scripts/package/inspect-app.mjs.
  await make(['deb', 'rpm', 'tar.gz', '--quick'])
  await make(['dir', '--quick', '--flavor=test'])
  await steps.step('lintian', lint)
  const failed = [
    await play(['--config', 'playwright.packaged.config.ts'], runtime, {
      REPLICA_DESK_PACKAGES: join(projectRoot, 'dist', 'release')
    }),
    await play(['journey'], runtime, { REPLICA_DESK_APP: testFlavor() })
  ].filter((code) => code !== 0)
  steps.say(failed.length === 0 ? 'The packages hold' : 'The packages do not hold')
  return failed.length === 0 ? 0 : 1
})

function refuseOtherSystems() {
  if (process.platform === 'linux' && isRoot()) return
  throw new StepFailure(
    'this installs and removes a package, and makes an account for a person',
    'run it as root on a Debian or Ubuntu that may be thrown away.'
  )
}

function testFlavor() {
  const output = join(projectRoot, 'dist', 'test')
  const folder = readdirSync(output).find((name) => name.endsWith('-unpacked'))
  return join(output, folder, 'replica-desk')
}

async function make(args) {
  const script = join(projectRoot, 'scripts', 'package.mjs')
  const { code } = await runAttached(process.execPath, [script, ...args], { cwd: projectRoot })
  if (code !== 0) throw new StepFailure('the packages could not be made', 'read the lines above.')
}

async function lint(report) {
  const folder = join(projectRoot, 'dist', 'release')
  const deb = readdirSync(folder).find((name) => name.endsWith('.deb'))
  const onTick = () => report('unpacking and reading')
  const args = ['--allow-root', '--fail-on', 'error', join(folder, deb)]
  const { stdout } = await runOrFail('lintian', args, { onTick }, () => ({
    message: `${deb} has errors`,
    advice: 'mend them in scripts/package, or say in an override why they must be.'
  }))
  return { detail: stdout.trim() === '' ? 'nothing to say' : `no errors\n${stdout.trim()}` }
}

function play(args, runtime, env) {
  const playwright = join(projectRoot, 'node_modules', '@playwright', 'test', 'cli.js')
  return runInDesktopSession([playwright, 'test', ...args], runtime, { env, displayCount: 1 })
}
