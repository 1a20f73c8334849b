import { join } from 'node:path'
import { ensureSandbox } from './lib/chromium-sandbox.mjs'
import { runMain } from './lib/command-line.mjs'
import { withDisplay } from './lib/display.mjs'
import { runtimeEnvironment } from './lib/electron-runtime.mjs'
import { machineSwitches } from './lib/electron-switches.mjs'
import { prepareAlone, prepareDependencies, prepareRuntime, readSwitches } from './lib/prepare.mjs'
import { projectRoot } from './lib/project.mjs'
import { runAttached } from './lib/run-command.mjs'
import { createSteps } from './lib/steps.mjs'

const steps = createSteps(process.stdout)

await runMain(async () => {
  const { isFresh, rest } = readSwitches(process.argv.slice(2))
  const runtime = await prepareAlone(steps, async () => {
    await prepareDependencies(steps)
    return prepareRuntime(steps, { isFresh })
  })
  await ensureSandbox(runtime)
  const electronVite = join(projectRoot, 'node_modules', 'electron-vite', 'bin', 'electron-vite.js')
  const args = [electronVite, 'dev', '--watch', '--', ...machineSwitches(), ...rest]
  return withDisplay(steps, async (screen) => {
    const env = { ...process.env, ...runtimeEnvironment(runtime), ...screen }
    const { code } = await runAttached(process.execPath, args, { cwd: projectRoot, env })
    return code ?? 0
  })
})
