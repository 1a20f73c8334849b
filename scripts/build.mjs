import { runMain } from './lib/command-line.mjs'
import { prepareApp, readSwitches } from './lib/prepare.mjs'
import { createSteps } from './lib/steps.mjs'

await runMain(async () => {
  const { isFresh } = readSwitches(process.argv.slice(2))
  await prepareApp(createSteps(process.stdout), { isFresh })
  return 0
})
