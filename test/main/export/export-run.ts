import { readFileSync } from 'node:fs'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { compileMessage } from '../../../scripts/lib/compile-messages.mjs'
import { systemClock } from '../../../src/main/clock.ts'
import { openStore } from '../../../src/main/storage/sqlite-store.ts'
import { selectHistory } from '../../../src/main/usecases/history-selection.ts'
import {
  type HistoryExportFormat,
  type HistorySelection,
  historyExportFormatSchema
} from '../../../src/shared/domain/history-export.ts'
import { unfiltered } from '../../../src/shared/history-filter.ts'
import { english } from '../../../src/shared/messages/english.ts'
import { type Messages, speak } from '../../../src/shared/messages/messages.ts'
import { listeningLog } from '../storage/records.ts'
import { about, exportTo } from './export-cases.ts'

/** Exports in a process of its own, and prints how that went: FOLDER PATH FORMAT all|shown. */
const [folder = '', path = '', format = '', scope = ''] = process.argv.slice(2)

/** By itself Node reads the catalog as it is written. */
const compiled = Object.entries(english.messages).map(([id, text]) => [
  id,
  typeof text === 'string' ? compileMessage(text) : text
])
speak({ ...english, messages: Object.fromEntries(compiled) as Messages })

const filter = { ...unfiltered, by: 'here' } as const

const selection: HistorySelection =
  scope === 'shown' ? { scope: 'shown', filter } : { scope: 'all' }
const asked: HistoryExportFormat = historyExportFormatSchema.parse(format)
const never = new AbortController().signal

/** `maxRSS` begins with what the process had that this one was started by. */
const peakMb = (): number => {
  if (process.platform !== 'linux') return process.resourceUsage().maxRSS / 1024
  const status = readFileSync('/proc/self/status', 'utf8')
  return Number(/^VmHWM:\s+(\d+) kB/m.exec(status)?.[1]) / 1024
}

const store = openStore({ folder, clock: systemClock, runId: 'run_bench', log: listeningLog() })
const delay = monitorEventLoopDelay({ resolution: 1 })
delay.enable()
const startedAt = performance.now()
const selected = await selectHistory(store.read, selection, Date.now(), never)
const written = await exportTo(path, asked, { ...selected, about })
const ms = performance.now() - startedAt
delay.disable()
store.close()
if (!written.ok) throw new Error(`The export failed: ${written.error.kind}`)
process.stdout.write(
  JSON.stringify({
    ms,
    count: written.value.count,
    peakMb: peakMb(),
    delayP99Ms: delay.percentile(99) / 1e6
  })
)
