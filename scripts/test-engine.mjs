import { runMain } from './lib/command-line.mjs'
import { pinnedVersion } from './lib/electron-official.mjs'
import { prepareApp, readSwitches } from './lib/prepare.mjs'
import { runCommand } from './lib/run-command.mjs'
import {
  compareChromium,
  enginesOf,
  findChromium,
  findNode,
  versionIn
} from './lib/shipped-engine.mjs'
import { createSteps, formatSeconds } from './lib/steps.mjs'
import { addCounts } from './lib/test-report.mjs'
import { runUnit, runWindow, stages } from './lib/test-stages.mjs'

const usage = `npm run test:engine -- [window] [node]

The halves of the Electron that ships, where it cannot be had itself:

  window  the built window in Chromium, with main played to it from the contract
  node    the unit tests in Electron's Node, where npm has it

Neither named does both.
`

const steps = createSteps(process.stdout)

/** The window, in whatever Chromium there is: another one than ships is said, and holds for less. */
async function testWindow({ chromium: wantedMajor }) {
  const chromium = findChromium()
  if (chromium === null) return { passed: 0, failed: 1, what: 'no Chromium was found' }
  const { stdout } = await runCommand(chromium, ['--version'])
  const what = `Chromium ${compareChromium(versionIn(stdout), wantedMajor)}`
  steps.say(`\n── Window: ${what} ──`)
  return { ...(await runWindow(chromium, [])), what }
}

async function testNode({ node: version }) {
  const { node, detail } = await findNode(version)
  const what = `Node ${detail}`
  steps.say(`\n── Unit tests: ${what} ──`)
  return node === null ? { passed: 0, failed: 0, what } : { ...(await runUnit([], node)), what }
}

const parts = { window: testWindow, node: testNode }

await runMain(async () => {
  const { isFresh, rest } = readSwitches(process.argv.slice(2))
  if (rest.some((name) => !Object.hasOwn(parts, name))) {
    process.stdout.write(usage)
    return 2
  }
  const names = rest.length > 0 ? rest : Object.keys(parts)
  const browser = findChromium() === null ? ['chromium'] : []
  const purposes = [
    ...(names.includes('window') ? ['fonts', ...browser] : []),
    ...(names.includes('node') ? stages.unit.purposes : [])
  ]
  await prepareApp(steps, { isFresh, purposes })
  const engine = enginesOf[pinnedVersion().split('.')[0]]
  const results = []
  for (const name of names) results.push(await parts[name](engine))
  const { passed, failed } = addCounts(results)
  steps.say('\n── Summary ──')
  for (const result of results) {
    steps.say(`  ${result.what}: ${result.passed} passed, ${result.failed} failed`)
  }
  steps.say(`${formatSeconds(performance.now()).padStart(8)}  altogether`)
  steps.say(`${passed} passed, ${failed} failed`)
  return failed === 0 ? 0 : 1
})
