import { join } from 'node:path'
import { ensureSandbox } from './lib/chromium-sandbox.mjs'
import { runMain } from './lib/command-line.mjs'
import { withDisplay } from './lib/display.mjs'
import { machineSwitches } from './lib/electron-switches.mjs'
import { prepareApp, readSwitches } from './lib/prepare.mjs'
import { projectRoot } from './lib/project.mjs'
import { runAttached } from './lib/run-command.mjs'
import { StepFailure } from './lib/step-failure.mjs'
import { createSteps, formatSeconds } from './lib/steps.mjs'

const steps = createSteps(process.stdout)
const captureWindow = join(import.meta.dirname, 'lib', 'capture-window.cjs')

await runMain(async () => {
  const { isFresh, rest } = readSwitches(process.argv.slice(2))
  const runtime = await prepareApp(steps, { isFresh })
  await ensureSandbox(runtime)
  return withDisplay(steps, (screen) => launch(runtime, rest, screen))
})

async function launch(runtime, appArguments, screen) {
  const capturing = screen.DISPLAY ? ['-r', captureWindow] : []
  const args = [...machineSwitches(), ...capturing, projectRoot, ...appArguments]
  steps.say(`${formatSeconds(performance.now()).padStart(8)}  Ready, launching Replica Desk`)
  const { code, signal } = await runAttached(runtime.executable, args, {
    env: { ...process.env, ...screen },
    signalsReachGroup: false
  })
  if (code === 0 || signal === 'SIGINT' || signal === 'SIGTERM') return 0
  throw new StepFailure(
    `Replica Desk ended unexpectedly (${signal ?? `exit code ${code}`})`,
    'read the lines above; if they name a missing library, install it and start again.'
  )
}
