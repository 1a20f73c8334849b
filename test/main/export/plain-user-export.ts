import type { HistoryEvent } from '../../../src/shared/domain/history.ts'
import { contentOf, exportTo } from './export-cases.ts'

/** Exports as somebody whom file rights bind, and prints what came of it: PATH COUNT. */
const [path = '', count = '0'] = process.argv.slice(2)
const nobody = 65_534

const eventOf = (seq: number): HistoryEvent => ({
  seq,
  at: '2026-03-01T10:00:00.000Z',
  monotonicMs: seq,
  runId: 'run-1',
  type: 'asset-first-seen',
  operationId: null,
  accountId: null,
  accountName: null,
  assetKind: 'replica',
  assetId: `r${seq}`,
  assetName: 'Anna',
  body: {},
  prevHash: '0'.repeat(64),
  hash: '0'.repeat(64)
})

// Loaded while the checkout can surely still be read.
await import('csv-parse')
if (process.getuid?.() === 0) {
  process.setgid?.(nobody)
  process.setuid?.(nobody)
}
const events = Array.from({ length: Number(count) }, (_, index) => eventOf(index + 1))
process.stdout.write(JSON.stringify(await exportTo(path, 'jsonl', contentOf(events))))
