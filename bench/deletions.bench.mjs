import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { connectAndList } from './connect.mjs'
import { apiKey, startSandboxProcess } from './sandbox-process.mjs'

const replicaCount = 1_000
const latencyMs = 50
/** What the app sends to Tavus at a time. */
const parallel = 2
const deadlineMs = 300_000

export const name = 'deletions'

/**
 * 1,000 soft deletions at 50 ms each, beside curl under `xargs -P` at the same parallelism, and beside what the
 * waiting alone takes.
 */
export async function run(context) {
  const ours = await deleteWithApp(context)
  const curl = await deleteWithCurl(context)
  const limitMs = (replicaCount * latencyMs) / parallel
  return [
    line('deletions beside xargs and curl', 'ms', ours.durationMs, curl),
    line('deletions beside N x latency / parallel', 'ms', ours.durationMs, limitMs),
    line('deletions, main event loop delay p99', 'ms', ours.delayP99Ms, null)
  ]
}

const line = (title, unit, value, floor) => ({
  name: title,
  value: Math.round(value * 10) / 10,
  unit,
  floor: floor === null ? null : Math.round(floor),
  ratio: floor === null ? null : Math.round((value / floor) * 100) / 100
})

async function deleteWithApp({ projectRoot, tempDir, launch }) {
  const sandbox = await startSandboxProcess({ projectRoot, replicaCount, latencyMs })
  const userDataDir = join(tempDir, 'deletions-replica-desk')
  mkdirSync(userDataDir, { recursive: true })
  const app = await launch(projectRoot, userDataDir)
  try {
    const page = await app.firstWindow()
    await app.evaluate(confirmDeeds)
    await connectAndList(page, sandbox.origin)
    await page.evaluate(() => window.app.settingsUpdate({ holdSeconds: 0 }))
    await app.evaluate(beginDelayMeasure)
    const startedAt = performance.now()
    const counts = await page.evaluate(deleteAll, deadlineMs)
    const durationMs = performance.now() - startedAt
    if (counts.done !== replicaCount) throw new Error(`Ended with ${JSON.stringify(counts)}`)
    return { durationMs, delayP99Ms: await app.evaluate(endDelayMeasure) }
  } finally {
    await app.close()
    sandbox.stop()
  }
}

async function deleteAll(deadline) {
  const refs = []
  for (const offset of [0, 500]) {
    const page = await window.app.assetList({
      kind: 'replica',
      accountId: null,
      origin: 'own',
      statuses: null,
      models: null,
      createdSinceAt: null,
      presence: 'listed',
      parentId: null,
      personId: null,
      search: '',
      sort: 'name-asc',
      offset,
      limit: 500
    })
    if (!page.ok) throw new Error(page.error.kind)
    refs.push(...page.value.rows.map((row) => row.ref))
  }
  const ended = new Promise((resolve, reject) => {
    setTimeout(() => reject(new Error('The deletions did not end')), deadline)
    window.app.onBatchChanged((batch) => {
      if (batch.state === 'finished') resolve(batch.counts)
    })
  })
  const plan = await window.app.planMake({
    subject: { scope: 'assets', refs },
    choices: { mode: 'soft', byKind: {}, without: [] }
  })
  if (!plan.ok) throw new Error(plan.error.kind)
  const { planId, token } = plan.value
  const started = await window.app.deletionStart({
    planId,
    token,
    mode: 'soft',
    typed: null,
    runAt: null
  })
  if (!started.ok) throw new Error(started.error.kind)
  return ended
}

/** Nobody presses a button here, so main asks before it does what cannot be undone; it is answered at once. */
function confirmDeeds({ dialog }) {
  dialog.showMessageBox = async () => ({ response: 1, checkboxChecked: false })
}

function beginDelayMeasure() {
  const { monitorEventLoopDelay } = process.getBuiltinModule('node:perf_hooks')
  globalThis.delayMeasure = monitorEventLoopDelay({ resolution: 1 })
  globalThis.delayMeasure.enable()
}

function endDelayMeasure() {
  globalThis.delayMeasure.disable()
  return globalThis.delayMeasure.percentile(99) / 1e6
}

/** Milliseconds for the same 1,000 deletions by hand, ids known beforehand. */
async function deleteWithCurl({ projectRoot }) {
  const sandbox = await startSandboxProcess({ projectRoot, replicaCount, latencyMs })
  try {
    const ids = await listIds(sandbox.origin)
    const curl = ['curl', '-s', '-o', '/dev/null', '-X', 'DELETE', '-H', `x-api-key: ${apiKey}`]
    const target = `${sandbox.origin}/v2/replicas/{}`
    const startedAt = performance.now()
    const xargs = spawn('xargs', ['-P', String(parallel), '-I', '{}', ...curl, target], {
      stdio: ['pipe', 'ignore', 'inherit']
    })
    xargs.stdin.end(ids.join('\n'))
    const [code] = await once(xargs, 'close')
    const durationMs = performance.now() - startedAt
    if (code !== 0) throw new Error(`xargs ended with ${code}`)
    return durationMs
  } finally {
    sandbox.stop()
  }
}

async function listIds(origin) {
  const url = `${origin}/v2/replicas?limit=${replicaCount}&page=1&replica_type=user`
  const answer = await fetch(url, { headers: { 'x-api-key': apiKey } })
  const { data } = await answer.json()
  if (data.length !== replicaCount) throw new Error(`The sandbox lists ${data.length} replicas`)
  return data.map((row) => row.replica_id)
}
