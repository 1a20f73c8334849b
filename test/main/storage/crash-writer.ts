import { readSync, writeSync } from 'node:fs'
import { openStore } from '../../../src/main/storage/sqlite-store.ts'
import { deletion, happening, listeningLog, steppingClock } from './records.ts'

/**
 * Stores an intent and its record over and over and prints the record's number once it was told that they are
 * stored. After a failure it prints that and waits for a line before it goes on.
 */
const [folder = ''] = process.argv.slice(2)
const clock = steppingClock()
const store = openStore({ folder, clock, runId: 'writer', log: listeningLog() })
const say = (line: string): void => {
  writeSync(1, `${line}\n`)
}

for (;;) {
  const seq = (store.read.historyHead()?.seq ?? 0) + 1
  const result = store.transaction((write) => {
    write.putOperation(deletion(`r${seq}`))
    write.append(happening({ type: 'deletion-asked', body: { filler: 'x'.repeat(900) } }))
  })
  if (result.ok) {
    say(`${seq}`)
  } else {
    const reason = result.error.kind === 'storage-failed' ? result.error.reason : ''
    say(`failed ${result.error.kind} ${reason} ${store.health().state}`)
    readSync(0, Buffer.alloc(1))
  }
}
