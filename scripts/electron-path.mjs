import { runMain } from './lib/command-line.mjs'
import { prepareAlone, prepareDependencies, prepareRuntime, readSwitches } from './lib/prepare.mjs'
import { createSteps } from './lib/steps.mjs'

// Standard output is for the path alone, so that other tools can read it.
const steps = createSteps(process.stderr)

await runMain(async () => {
  const { isFresh } = readSwitches(process.argv.slice(2))
  const runtime = await prepareAlone(steps, async () => {
    await prepareDependencies(steps)
    return prepareRuntime(steps, { isFresh })
  })
  process.stdout.write(`${runtime.executable}\n`)
  return 0
}, process.stderr)
