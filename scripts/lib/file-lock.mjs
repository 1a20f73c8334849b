import { closeSync, mkdirSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { StepFailure } from './step-failure.mjs'

const pollMs = 300
const patienceMs = 20 * 60_000

/** Runs `work` while no other process holds the lock; a lock left by a dead process is taken over. */
export async function withFileLock(path, onWait, work) {
  await acquire(path, onWait)
  try {
    return await work()
  } finally {
    rmSync(path, { force: true })
  }
}

async function acquire(path, onWait) {
  mkdirSync(dirname(path), { recursive: true })
  const giveUpAt = Date.now() + patienceMs
  let hasSaid = false
  while (!tryAcquire(path)) {
    const holder = readHolder(path)
    if (holder !== undefined && !isAlive(holder)) {
      rmSync(path, { force: true })
      continue
    }
    if (Date.now() > giveUpAt) {
      throw new StepFailure(
        `process ${holder} has been preparing for too long`,
        `end it, or delete ${path} if it is something else.`
      )
    }
    if (!hasSaid) onWait(holder)
    hasSaid = true
    await delay(pollMs)
  }
}

function tryAcquire(path) {
  try {
    const file = openSync(path, 'wx')
    writeSync(file, String(process.pid))
    closeSync(file)
    return true
  } catch (error) {
    if (error.code === 'EEXIST') return false
    throw error
  }
}

function readHolder(path) {
  try {
    return Number(readFileSync(path, 'utf8')) || undefined
  } catch (error) {
    if (error.code === 'ENOENT') return undefined
    throw error
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error.code === 'EPERM'
  }
}
