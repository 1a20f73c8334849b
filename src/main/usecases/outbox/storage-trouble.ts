import { afterEvent, type LiveBatch, turnOver } from './batch-book.ts'
import type { OutboxContext } from './outbox-context.ts'
import { afterSettling } from './settle-item.ts'

const pauseMs = 5_000

/** What cannot be written down is not sent (security F3). Tries until there is room again, then goes on. */
export const createStorageTrouble = (ctx: OutboxContext, goOn: (live: LiveBatch) => void) => {
  const { store, clock, book } = ctx
  let isWaiting = false

  /** Answers that came meanwhile, oldest first; then a small write to be sure. */
  const writeUnwritten = (): boolean => {
    for (let change = ctx.unwritten[0]; change !== undefined; change = ctx.unwritten[0]) {
      if (!book.write(change).ok) return false
      ctx.unwritten.shift()
      for (const item of change.items ?? []) afterSettling(ctx, item)
    }
    return store.transaction((write) => write.putMeta('outbox.probe', clock.nowAt())).ok
  }

  const goOnWhenWritable = async (): Promise<void> => {
    do await clock.wait(pauseMs, ctx.stopping)
    while (!ctx.stopping.aborted && !writeUnwritten())
    isWaiting = false
    if (ctx.stopping.aborted) return
    for (const live of book.all()) if (live.record.waitsFor === 'storage') goOn(live)
  }

  const wait = (): void => {
    if (isWaiting) return
    isWaiting = true
    void goOnWhenWritable().catch(ctx.log.bug)
  }

  return {
    wait,
    /** The database cannot tell of it, so only memory knows that the batch waits. */
    stop: (live: LiveBatch): void => {
      turnOver(live)
      live.hasWaited = true
      const event = { kind: 'stopped', reason: 'storage', untilAt: null, changes: [] } as const
      const batch = afterEvent(live.record, event)
      if (batch !== null) book.rememberOnly({ live, batch, events: [] })
      wait()
    }
  }
}
