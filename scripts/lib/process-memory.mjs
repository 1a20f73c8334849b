import { readdirSync, readFileSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'

const pollMs = 1000
const patienceMs = 30_000
const settledRatio = 0.01
const settledPolls = 5

/**
 * The memory of all processes of a running app, in MB: on Linux the proportional set size, which
 * counts shared pages once; elsewhere what the app itself reports.
 */
export async function appMemory(app) {
  if (process.platform === 'linux') return linuxMemory(app.process().pid)
  const kilobytes = await app.evaluate(({ app: electron }) =>
    electron.getAppMetrics().reduce((sum, { memory }) => sum + memory.workingSetSize, 0)
  )
  return kilobytes / 1024
}

/** The memory once it stands still for some seconds, or when patience ends. */
export async function settledMemory(app) {
  const giveUpAt = Date.now() + patienceMs
  let last = await appMemory(app)
  let still = 0
  while (still < settledPolls && Date.now() < giveUpAt) {
    await delay(pollMs)
    const next = await appMemory(app)
    still = Math.abs(next - last) <= last * settledRatio ? still + 1 : 0
    last = next
  }
  return last
}

function linuxMemory(root) {
  const kilobytes = processTree(root).map((pid) => {
    const rollup = readProcFile(`/proc/${pid}/smaps_rollup`) ?? ''
    return Number(/^Pss:\s+(\d+) kB$/m.exec(rollup)?.[1] ?? 0)
  })
  return kilobytes.reduce((sum, value) => sum + value, 0) / 1024
}

/** A process and all below it. */
export function processTree(root) {
  const threads = ifThere(() => readdirSync(`/proc/${root}/task`)) ?? []
  const children = threads.flatMap((thread) =>
    (readProcFile(`/proc/${root}/task/${thread}/children`) ?? '').split(' ').filter(Boolean)
  )
  return [root, ...children.flatMap((pid) => processTree(Number(pid)))]
}

function readProcFile(path) {
  return ifThere(() => readFileSync(path, 'utf8'))
}

/** Processes come and go while they are counted. */
function ifThere(read) {
  try {
    return read()
  } catch (error) {
    if (error.code === 'ENOENT' || error.code === 'ESRCH') return undefined
    throw error
  }
}
