import { createHash } from 'node:crypto'
import type { HistoryBody, HistoryEvent } from '../../shared/domain/history.ts'

/** What the first record follows. */
export const chainStart = '0'.repeat(64)

/** Every field in a fixed order; a body's keys sorted. Whoever verifies an export needs only this and SHA-256. */
const canonical = (event: Omit<HistoryEvent, 'hash'>): string =>
  JSON.stringify([
    event.seq,
    event.at,
    event.monotonicMs,
    event.runId,
    event.type,
    event.operationId,
    event.accountId,
    event.accountName,
    event.assetKind,
    event.assetId,
    event.assetName,
    sortedEntries(event.body),
    event.prevHash
  ])

const sortedEntries = (body: HistoryBody): readonly (readonly [string, unknown])[] =>
  Object.entries(body).sort(([a], [b]) => (a < b ? -1 : 1))

export const hashOf = (event: Omit<HistoryEvent, 'hash'>): string =>
  createHash('sha256').update(canonical(event)).digest('hex')

/** True if the record is what its hash says and follows on the one before it. */
export const followsOn = (
  event: HistoryEvent,
  before: { readonly seq: number; readonly hash: string }
): boolean =>
  event.seq === before.seq + 1 && event.prevHash === before.hash && event.hash === hashOf(event)
