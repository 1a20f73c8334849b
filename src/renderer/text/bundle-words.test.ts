import { expect, it } from 'vitest'
import type { HistoryBundle, HistoryEvent } from '../../shared/domain/history.ts'
import { bundleText } from './bundle-words.ts'

const record = (type: HistoryEvent['type']): HistoryEvent => ({
  type,
  operationId: null,
  accountId: null,
  accountName: 'Studio North',
  assetKind: 'replica',
  assetId: 'r1',
  assetName: 'Amara Osei',
  body: {},
  seq: 60,
  at: '2026-11-21T12:00:00.000Z',
  monotonicMs: 0,
  runId: 'run',
  prevHash: '0'.repeat(64),
  hash: '1'.repeat(64)
})

const bundle: HistoryBundle = {
  newestSeq: 60,
  oldestSeq: 1,
  counts: [
    { kind: 'replica', count: 38 },
    { kind: 'video', count: 21 },
    { kind: 'model', count: 1 }
  ]
}

it('says what a bundle holds and what happened to it', () => {
  expect(bundleText(record('asset-first-seen'), bundle)).toBe(
    '38 replicas, 21 videos, and 1 model added to library'
  )
  expect(bundleText(record('asset-vanished'), bundle)).toMatch(/^38 replicas, .* removed outside/)
  expect(bundleText(record('deletion-checked'), bundle)).toMatch(/^60 follow-up checks/)
})
