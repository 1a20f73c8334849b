import { runMain } from './lib/command-line.mjs'
import {
  prepareAlone,
  prepareBuild,
  prepareDependencies,
  prepareRuntime,
  prepareSystem,
  readSwitches
} from './lib/prepare.mjs'
import { failureLines } from './lib/step-failure.mjs'
import { createSteps, formatSeconds } from './lib/steps.mjs'
import { addCounts } from './lib/test-report.mjs'
import { readStages, stages } from './lib/test-stages.mjs'

const steps = createSteps(process.stdout)

await runMain(async () => {
  const { isFresh, rest } = readSwitches(process.argv.slice(2))
  const { names, rest: stageArguments } = readStages(rest)
  const prepared = await prepare(names, isFresh)
  const results = []
  for (const name of names) {
    if (prepared.failure && stages[name].needsApp) {
      results.push({ title: stages[name].title, counts: { passed: 0, failed: 1 }, time: 'not run' })
    } else if (!prepared.isHopeless) {
      results.push(await runStage(stages[name], stageArguments, prepared.runtime))
    }
  }
  return summarise(prepared, results)
})

/** Does what can be done: without dependencies nothing can run, without the app not all. */
async function prepare(names, isFresh) {
  const purposes = [...new Set(names.flatMap((name) => stages[name].purposes ?? []))]
  const needsApp = names.some((name) => stages[name].needsApp)
  let isHopeless = true
  try {
    return await prepareAlone(steps, async () => {
      await prepareDependencies(steps)
      isHopeless = false
      if (!needsApp) {
        await prepareSystem(steps, purposes)
        return {}
      }
      const runtime = await prepareRuntime(steps, { isFresh, purposes })
      await prepareBuild(steps, runtime)
      return { runtime }
    })
  } catch (failure) {
    for (const line of failureLines(failure)) steps.say(line)
    return { failure, isHopeless }
  }
}

async function runStage({ title, run }, args, runtime) {
  steps.say(`\n── ${title} ──`)
  const startedAt = performance.now()
  const counts = await run(args, runtime)
  return { title, counts, time: formatSeconds(performance.now() - startedAt) }
}

function summarise({ isHopeless }, results) {
  const { passed, failed } = addCounts(results.map((result) => result.counts))
  const allFailed = isHopeless ? failed + 1 : failed
  steps.say('\n── Summary ──')
  for (const { title, counts, time } of results) {
    const verdict = `${counts.passed} passed, ${counts.failed} failed`
    steps.say(`${time.padStart(8)}  ${title}: ${verdict}`)
  }
  steps.say(`${formatSeconds(performance.now()).padStart(8)}  altogether`)
  steps.say(`${passed} passed, ${allFailed} failed`)
  return allFailed === 0 ? 0 : 1
}
