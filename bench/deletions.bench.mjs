import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { connectAndList } from './connect.mjs'
import { askAgain, delayLine, whileMeasured } from './loop-delay.mjs'
import { apiKey, startSandboxProcess } from './sandbox-process.mjs'

const usual = { replicaCount: 1_000, latencyMs: 50 }
/** What the app sends to Tavus at a time. */
const parallel = 2
const deadlineMs = 300_000

export const name = 'deletions'

/**
 * 1,000 soft deletions at 50 ms each, beside curl under `xargs -P` at the same parallelism, and beside what the
 * waiting alone takes.
 */
export async function run(context, sizes = usual) {
  const ours = await deleteWithApp(context, sizes)
  const curl = await deleteWithCurl(context, sizes)
  const limitMs = (sizes.replicaCount * sizes.latencyMs) / parallel
  return [
    line('deletions beside xargs and curl', 'ms', ours.durationMs, curl),
    line('deletions beside N x latency / parallel', 'ms', ours.durationMs, limitMs),
    delayLine(name, ours.delayP99Ms)
  ]
}

const line = (title, unit, value, floor) => ({
  name: title,
  value: Math.round(value * 10) / 10,
  unit,
  floor: Math.round(floor),
  ratio: Math.round((value / floor) * 100) / 100
})

async function deleteWithApp({ projectRoot, tempDir, launch }, { replicaCount, latencyMs }) {
  const sandbox = await startSandboxProcess({ projectRoot, replicaCount, latencyMs })
  const userDataDir = join(tempDir, 'deletions-replica-desk')
  mkdirSync(userDataDir, { recursive: true })
  const app = await launch(projectRoot, userDataDir)
  try {
    const page = await app.firstWindow()
    await askAgain(app, confirmDeeds)
    await connectAndList(page, sandbox.origin)
    await page.evaluate(() => window.app.settingsUpdate({ holdSeconds: 0 }))
    const { result, delayP99Ms } = await whileMeasured(app, async () => {
      const startedAt = performance.now()
      const counts = await page.evaluate(deleteAll, deadlineMs)
      return { counts, durationMs: performance.now() - startedAt }
    })
    const { counts, durationMs } = result
    if (counts.done !== replicaCount) throw new Error(`Ended with ${JSON.stringify(counts)}`)
    return { durationMs, delayP99Ms }
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
      tag: null,
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

/** Milliseconds for the same deletions by hand, ids known beforehand. */
async function deleteWithCurl({ projectRoot }, { replicaCount, latencyMs }) {
  const sandbox = await startSandboxProcess({ projectRoot, replicaCount, latencyMs })
  try {
    const ids = await listIds(sandbox.origin, replicaCount)
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

async function listIds(origin, replicaCount) {
  const url = `${origin}/v2/replicas?limit=${replicaCount}&page=1&replica_type=user`
  const answer = await fetch(url, { headers: { 'x-api-key': apiKey } })
  const { data } = await answer.json()
  if (data.length !== replicaCount) throw new Error(`The sandbox lists ${data.length} replicas`)
  return data.map((row) => row.replica_id)
}
