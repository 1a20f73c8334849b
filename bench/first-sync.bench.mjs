import { mkdtempSync } from 'node:fs'
import { join } from 'node:path'
import { measureByTurns, toResult } from '../scripts/lib/measure.mjs'
import { connectAndList } from './connect.mjs'
import { startSandboxProcess } from './sandbox-process.mjs'

const runs = 3
const replicaCount = 10_000
const latencyMs = 80

export const name = 'first-sync'

/** A whole library into an empty database, in the app itself, beside the time that its pages take at the least. */
export async function run(context) {
  const { projectRoot } = context
  const sandbox = await startSandboxProcess({ projectRoot, replicaCount, latencyMs })
  let pages = 0
  try {
    const medians = await measureByTurns(
      runs,
      async () => {
        const before = await sandbox.countListings()
        const durationMs = await firstSync(context, sandbox.origin)
        pages = (await sandbox.countListings()) - before
        return durationMs
      },
      async () => pages * latencyMs
    )
    return [toResult(name, 'ms', medians)]
  } finally {
    sandbox.stop()
  }
}

/** Milliseconds that the first listing of a new account takes, in an app that was never used before. */
async function firstSync({ projectRoot, tempDir, launch }, origin) {
  const app = await launch(projectRoot, mkdtempSync(join(tempDir, 'first-sync-')))
  try {
    const page = await app.firstWindow()
    const durationMs = await connectAndList(page, origin)
    const own = await page.evaluate(countOwn)
    if (own !== replicaCount) throw new Error(`The first listing ended with ${own} replicas`)
    return durationMs
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
