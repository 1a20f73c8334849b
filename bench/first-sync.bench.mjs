import { mkdtempSync } from 'node:fs'
import { join } from 'node:path'
import { measureByTurns, median, toResult } from '../scripts/lib/measure.mjs'
import { connectAndList } from './connect.mjs'
import { delayLine, whileMeasured } from './loop-delay.mjs'
import { startSandboxProcess } from './sandbox-process.mjs'

const usual = { runs: 3, replicaCount: 10_000, latencyMs: 80 }

export const name = 'first-sync'

/** A whole library into an empty database, in the app itself, beside the time that its pages take one after the other. */
export async function run(context, { runs, replicaCount, latencyMs } = usual) {
  const { projectRoot } = context
  const sandbox = await startSandboxProcess({ projectRoot, replicaCount, latencyMs })
  const delays = []
  let pages = 0
  try {
    const medians = await measureByTurns(
      runs,
      async () => {
        const before = await sandbox.countListings()
        const { result, delayP99Ms } = await firstSync(context, sandbox.origin, replicaCount)
        delays.push(delayP99Ms)
        pages = (await sandbox.countListings()) - before
        return result
      },
      async () => pages * latencyMs
    )
    return [toResult(name, 'ms', medians), delayLine(name, median(delays))]
  } finally {
    sandbox.stop()
  }
}

/** Milliseconds that the first listing of a new account takes, in an app that was never used before. */
async function firstSync({ projectRoot, tempDir, launch }, origin, replicaCount) {
  const app = await launch(projectRoot, mkdtempSync(join(tempDir, 'first-sync-')))
  try {
    const page = await app.firstWindow()
    const measured = await whileMeasured(app, () => connectAndList(page, origin))
    const own = await page.evaluate(countOwn)
    if (own !== replicaCount) throw new Error(`The first listing ended with ${own} replicas`)
    return measured
  } finally {
    await app.close()
  }
}

/** Runs in the window. */
async function countOwn() {
  const counts = await window.app.assetCount({ accountId: null })
  if (!counts.ok) throw new Error(counts.error.kind)
  return counts.value.byKind.replica.own
}
