import { readdirSync, readFileSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'

const pollMs = 1000
const patienceMs = 30_000
const settledRatio = 0.01
const settledPolls = 5

/** All processes below one, itself included, from (pid, parent pid) pairs. */
export function processTree(root, processes) {
  const found = new Set([root])
  let size
  do {
    size = found.size
    for (const { pid, parent } of processes) if (found.has(parent)) found.add(pid)
  } while (found.size > size)
  return [...found]
}

/** The parent's id from /proc/PID/stat, whose second field may hold spaces and parentheses. */
export function parentOf(stat) {
  return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1])
}

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
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name))
  const processes = pids.flatMap((pid) => {
    const stat = readProcFile(`/proc/${pid}/stat`)
    return stat ? [{ pid: Number(pid), parent: parentOf(stat) }] : []
  })
  const kilobytes = processTree(root, processes).map((pid) => {
    const rollup = readProcFile(`/proc/${pid}/smaps_rollup`) ?? ''
    return Number(/^Pss:\s+(\d+) kB$/m.exec(rollup)?.[1] ?? 0)
  })
  return kilobytes.reduce((sum, value) => sum + value, 0) / 1024
}

function readProcFile(path) {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    // Processes come and go while they are counted.
    if (error.code === 'ENOENT' || error.code === 'ESRCH') return undefined
    throw error
  }
}
