import { isUnsent } from '../../../shared/catalogue/item-states.ts'
import { ok, type Result } from '../../../shared/result.ts'
import type { BatchRecord, Operation } from '../../ports/store.ts'
import { afterEvent } from './batch-book.ts'
import type { OutboxContext } from './outbox-context.ts'
import { attemptOf, batchEvent, itemEvent } from './outbox-events.ts'

const shortestLeftMs = 5_000
const longestLeftMs = 60_000

const isEnded = ({ state }: BatchRecord): boolean => state === 'finished' || state === 'canceled'

/** How an open batch stands after the app was closed: it waits for the person, unless its time is still to come. */
const afterRestart = (record: BatchRecord, nowAt: string): BatchRecord | null => {
  if (record.state === 'scheduled' && (record.runAt ?? '') > nowAt) return null
  if (record.state === 'held') {
    const toldMs = Date.parse(record.heldUntilAt ?? nowAt) - Date.parse(nowAt)
    const leftMs = Math.min(longestLeftMs, Math.max(shortestLeftMs, toldMs))
    return afterEvent(record, { kind: 'hold-paused', leftMs, by: 'restart' })
  }
  const untilAt = (record.waitsUntilAt ?? '') > nowAt ? record.waitsUntilAt : null
  const event = { kind: 'stopped', reason: 'restart', untilAt, changes: [] } as const
  const isLeftToPerson = record.waitsFor === 'restart' || record.waitsFor === 'clock'
  return isLeftToPerson ? null : afterEvent(record, event)
}

/**
 * At start, before anything else: what was sent and has no result is unclear, and what was open waits for the person.
 * Nothing runs unseen (security R5).
 */
export const restoreOutbox = (ctx: OutboxContext): Result<null> => {
  const { store, clock, book } = ctx
  const cut = store.read.operations(['sent']).filter(({ kind }) => kind === 'delete')
  const stray = store.read
    .operations(['planned', 'held', 'queued'])
    .filter(({ kind, batchId }) => kind === 'delete' && batchId === null)
  const unclear = cut.map(
    (item): Operation => ({
      ...item,
      state: 'unclear',
      error: { kind: 'outcome-unknown' }
    })
  )
  const canceled = stray.map(
    (item): Operation => ({
      ...item,
      state: 'canceled',
      finishedAt: clock.nowAt()
    })
  )
  const batches = store.read.openBatches().filter((record) => !isEnded(record))
  const changed = batches.flatMap((record) => afterRestart(record, clock.nowAt()) ?? [])
  const written =
    unclear.length + canceled.length + changed.length === 0
      ? ok(null)
      : store.transaction((write) => {
          for (const item of [...unclear, ...canceled]) write.putOperation(item)
          for (const batch of changed) write.putBatch(batch)
          for (const item of unclear) {
            const body = {
              outcome: 'unclear',
              reason: 'interrupted',
              ...attemptOf(item),
              sent: 'unknown'
            }
            write.append(itemEvent(store, 'deletion-unclear', item, body))
          }
          for (const item of canceled) {
            write.append(itemEvent(store, 'deletion-canceled', item, { reason: 'interrupted' }))
          }
          for (const batch of changed) {
            write.append(batchEvent('deletion-paused', batch, { reason: 'restart' }))
          }
          return null
        })
  const latest = new Map(changed.map((record) => [record.id, record]))
  for (const record of batches) {
    const live = book.open(
      latest.get(record.id) ?? record,
      store.read.batchOperations(record.id, null, { offset: 0, limit: 2_000 })
    )
    live.hasWaited = true
    if (written.ok) continue
    // What could not be written down still must not run: memory alone knows that it waits.
    for (const item of live.items.values()) {
      if (item.state === 'sent') live.items.set(item.id, { ...item, state: 'unclear' })
    }
  }
  return written
}

export const countUnfinished = (items: Iterable<Pick<Operation, 'state'>>): number => {
  let count = 0
  for (const { state } of items) if (isUnsent(state) || state === 'sent') count += 1
  return count
}
