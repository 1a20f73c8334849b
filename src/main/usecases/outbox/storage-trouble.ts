import { afterEvent, type LiveBatch, turnOver } from './batch-book.ts'
import type { OutboxContext } from './outbox-context.ts'
import { canWrite, setAside } from './set-aside.ts'
import { afterSettling } from './settle-item.ts'

const pauseMs = 5_000

/** What cannot be written down is not sent (security F3). Tries until there is room again, then goes on. */
export const createStorageTrouble = (ctx: OutboxContext, goOn: (live: LiveBatch) => void) => {
  const { clock, book, supervisor } = ctx
  let waiting: AbortController | null = null

  /** Answers that came meanwhile, oldest first; then a small write to be sure. */
  const writeUnwritten = (): boolean => {
    for (let change = ctx.unwritten[0]; change !== undefined; change = ctx.unwritten[0]) {
      const isWritten = book.write(change).ok
      if (!isWritten && !canWrite(ctx)) return false
      ctx.unwritten.shift()
      const items = isWritten ? (change.items ?? []) : setAside(ctx, change)
      for (const item of items) afterSettling(ctx, item)
    }
    return canWrite(ctx)
  }

  const goOnIfWritable = async (signal: AbortSignal): Promise<void> => {
    await clock.wait(pauseMs, signal)
    if (signal.aborted || !writeUnwritten()) return
    waiting?.abort()
    waiting = null
    for (const live of book.all()) {
      if (live.record.waitsFor === 'storage') supervisor.start('deletions', () => goOn(live))
    }
  }

  const wait = (): void => {
    if (waiting !== null) return
    waiting = new AbortController()
    const untilThen = AbortSignal.any([waiting.signal, ctx.stopping])
    supervisor.keepRunning('deletions', goOnIfWritable, untilThen)
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
