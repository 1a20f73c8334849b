import { parseArgs } from 'node:util'
import { runMain } from './lib/command-line.mjs'
import { projectRoot } from './lib/project.mjs'
import { runAttached } from './lib/run-command.mjs'
import { StepFailure } from './lib/step-failure.mjs'

const usage = `npm run test:faults -- [--runs N] [--rounds N] [--seed N]

The long forms of two tests; npm test holds a short form of each.

  --runs N    stories of random faults and acts: whatever is said is held against the server's log (300)
  --rounds N  rounds in which the real app is killed at a random moment of 200 deletions (100)
  --seed N    the same stories and moments again, as a failure names them

One of --runs and --rounds alone does that one alone; neither does both.
`

const options = {
  runs: { type: 'string' },
  rounds: { type: 'string' },
  seed: { type: 'string' },
  help: { type: 'boolean', short: 'h' }
}

/** Throws unless it is a whole number from the least one on. */
const checkNumber = (name, value, least) => {
  if (value === undefined) return
  if (!/^\d{1,9}$/.test(value) || Number(value) < least) {
    const message = `--${name} takes a number from ${least} on, not “${value}”.`
    throw new StepFailure(message, 'give a whole number; --help lists what there is.')
  }
}

const run = async (args, environment) => {
  const env = { ...process.env, ...environment }
  const { code } = await runAttached(process.execPath, args, { cwd: projectRoot, env })
  return code ?? 1
}

const tellStories = (runs, seed) =>
  run(['scripts/test.mjs', 'unit', 'src/main/usecases/outbox/true-sentences.test.ts'], {
    STORY_RUNS: runs,
    ...(seed === undefined ? {} : { STORY_SEED: seed })
  })

const kill = (rounds, seed) =>
  run(['scripts/test.mjs', 'e2e', 'kills.spec.ts'], {
    FAULT_ROUNDS: rounds,
    ...(seed === undefined ? {} : { FAULT_SEED: seed })
  })

await runMain(async () => {
  const { values } = parseArgs({ options })
  if (values.help) {
    process.stdout.write(usage)
    return 0
  }
  const { runs, rounds, seed } = values
  checkNumber('runs', runs, 1)
  checkNumber('rounds', rounds, 1)
  checkNumber('seed', seed, 0)
  const isBoth = runs === undefined && rounds === undefined
  const stories = isBoth || runs !== undefined ? await tellStories(runs ?? '300', seed) : 0
  const kills = isBoth || rounds !== undefined ? await kill(rounds ?? '100', seed) : 0
  return stories === 0 ? kills : stories
})
