import { execFileSync } from 'node:child_process'
import { copyFileSync, fsyncSync, openSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { toResult } from '../scripts/lib/measure.mjs'
import { delayLine } from './loop-delay.mjs'
import { seedHistory } from './seed-history.mjs'

const usual = { eventCount: 1_000_000, fewEvents: 1_000 }

export const name = 'export'

/** Each form with what is exported as it. */
const ways = [
  ['jsonl', 'all'],
  ['jsonl', 'shown'],
  ['csv', 'all'],
  ['report', 'all']
]

/**
 * A million events exported by the app's own code, beside a plain copy of the file that comes of it; and the memory that
 * takes at most, beside the same with next to none.
 */
export async function run(context, { eventCount, fewEvents } = usual) {
  const full = join(context.tempDir, 'export-full')
  const few = join(context.tempDir, 'export-few')
  await seedHistory(full, eventCount)
  await seedHistory(few, fewEvents)
  return ways.flatMap(([format, scope]) => measureWay(context, { full, few }, format, scope))
}

function measureWay(context, { full, few }, format, scope) {
  const path = join(context.tempDir, `export.${format}`)
  const small = exportOnce(context, few, path, format, scope)
  const large = exportOnce(context, full, path, format, scope)
  const copyMs = timeOfCopy(path, `${path}.copy`)
  rmSync(path)
  const line = `${name}: ${format}, ${scope}`
  const { ms, peakMb, delayP99Ms } = large
  return [
    toResult(line, 'ms', { value: ms, floor: copyMs }),
    toResult(`${line}, peak memory`, 'MB', { value: peakMb, floor: small.peakMb }),
    delayLine(line, delayP99Ms)
  ]
}

/** In a process of its own, whose peak is its own too. */
function exportOnce({ projectRoot }, folder, path, format, scope) {
  const kit = join(projectRoot, 'test/main/export/export-run.ts')
  const command = ['--import', 'tsx', kit, folder, path, format, scope]
  return JSON.parse(execFileSync(process.execPath, command, { cwd: projectRoot, encoding: 'utf8' }))
}

/** To the disk, as an export is. */
function timeOfCopy(from, to) {
  const startedAt = performance.now()
  copyFileSync(from, to)
  fsyncSync(openSync(to, 'r+'))
  const ms = performance.now() - startedAt
  rmSync(to)
  return ms
}
