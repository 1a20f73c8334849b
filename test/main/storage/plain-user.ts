import { openSql } from '../../../src/main/storage/sql.ts'
import { openStore } from '../../../src/main/storage/sqlite-store.ts'
import { happening, listeningLog, steppingClock } from './records.ts'

/** Opens a folder as somebody whom file rights bind, and prints what could be had of it. */
const [folder = ''] = process.argv.slice(2)
const nobody = 65_534

// Loaded while the checkout can surely still be read.
openSql(':memory:').close()
if (process.getuid?.() === 0) {
  process.setgid?.(nobody)
  process.setuid?.(nobody)
}

const store = openStore({ folder, clock: steppingClock(), runId: 'r', log: listeningLog() })
const health = store.health().state
const eventCount = store.read.historyHead()?.seq ?? 0
const write = store.transaction((to) => to.append(happening()))
process.stdout.write(JSON.stringify({ health, eventCount, write }))
