import { ensureSandbox } from './lib/chromium-sandbox.mjs'
import { runMain } from './lib/command-line.mjs'
import { hasDisplay, startVirtualDisplay } from './lib/display.mjs'
import { machineSwitches } from './lib/electron-switches.mjs'
import { prepareApp, readSwitches } from './lib/prepare.mjs'
import { projectRoot } from './lib/project.mjs'
import { runAttached } from './lib/run-command.mjs'
import { StepFailure } from './lib/step-failure.mjs'
import { createSteps, formatSeconds } from './lib/steps.mjs'
import { takeScreenshot } from './lib/take-screenshot.mjs'

const steps = createSteps(process.stdout)

await runMain(async () => {
  const { isFresh, rest } = readSwitches(process.argv.slice(2))
  const runtime = await prepareApp(steps, { isFresh })
  await ensureSandbox(runtime)
  const display = hasDisplay() ? undefined : await startDisplay()
  try {
    return await launch(runtime, rest, display)
  } finally {
    display?.stop()
  }
})

async function startDisplay() {
  const { display } = await steps.step('Virtual display', async () => {
    const started = await startVirtualDisplay()
    return { display: started, detail: `${started.env.DISPLAY}, as there is no real one` }
  })
  return display
}

async function launch(runtime, appArguments, display) {
  const args = [...machineSwitches(), projectRoot, ...appArguments]
  const env = { ...process.env, ...display?.env }
  const ended = new AbortController()
  steps.say(`${formatSeconds(performance.now()).padStart(8)}  Ready, launching Replica Desk`)
  const screenshot = display && announceScreenshot(display, ended.signal)
  const { code, signal } = await runAttached(runtime.executable, args, {
    env,
    signalsReachGroup: false
  })
  ended.abort()
  await screenshot
  if (code === 0 || signal === 'SIGINT' || signal === 'SIGTERM') return 0
  throw new StepFailure(
    `Replica Desk ended unexpectedly (${signal ?? `exit code ${code}`})`,
    'read the lines above; if they name a missing library, install it and start again.'
  )
}

async function announceScreenshot(display, signal) {
  const file = await takeScreenshot(display.pictureFile, signal)
  if (file) {
    steps.say(`${formatSeconds(performance.now()).padStart(8)}  Screenshot of the window: ${file}`)
    steps.say('          The app runs until it is closed; Ctrl-C ends it.')
  } else if (!signal.aborted) {
    steps.say('          No window has appeared on the virtual display so far.')
  }
}
