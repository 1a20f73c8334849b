import type { EventName } from '../../shared/ipc/events.ts'
import { createThrottle } from '../rules/throttle.ts'
import { type AgendaKeeper, createAgenda } from '../usecases/agenda.ts'
import { personEnds } from '../usecases/consent-reminders.ts'
import type { Paused } from '../usecases/pausing.ts'
import type { Adapters } from './adapters.ts'
import type { UseCases } from './use-cases.ts'

/** What the window is told of that may change what is going to happen. */
const affecting: ReadonlySet<EventName> = new Set([
  'account:changed',
  'library:changed',
  'draft:changed',
  'batch:changed',
  'upload:changed',
  'history:appended',
  'person:changed',
  'settings:changed',
  'update:changed'
])
const reviewGapMs = 500

/** Reads what will happen on its own from what is stored, and follows it. */
export const keepAgenda = (
  adapters: Adapters,
  { outbox, uploads, drafts, updates, keeping }: UseCases,
  paused: Paused,
  upkeepInMs: () => number | null,
  stopping: AbortSignal
): AgendaKeeper => {
  const { store, clock, emit } = adapters
  // To the minute: it is worked out anew each time, from another clock.
  const minuteMs = 60_000
  const upkeepAt = (): string | null => {
    const leftMs = upkeepInMs()
    if (leftMs === null) return null
    const atMs = Date.parse(clock.nowAt()) + leftMs
    return new Date(Math.ceil(atMs / minuteMs) * minuteMs).toISOString()
  }
  const agenda = createAgenda({
    facts: () => ({
      accounts: store.read.accounts(),
      batches: outbox.list(),
      checks: store.read.pendingProofs(),
      unfinished: store.read.unfinishedAssets(),
      uploads: uploads.list(),
      uploaded: store.read.uploads(),
      drafts: drafts.all(),
      upkeepAt: upkeepAt(),
      clearedUntil: store.clearedUntil(),
      // One that is over was reminded of, and is no plan.
      personEnds: personEnds(store).filter(({ endsAtMs }) => endsAtMs > Date.parse(clock.nowAt())),
      updateAt: updates.nextAt(),
      keepingAt: keeping.nextAt()
    }),
    isPaused: paused.is,
    onChanged: (next) => emit('agenda:changed', next)
  })
  const reviewSoon = createThrottle(clock, reviewGapMs, () => {
    // The database is closed while the last timers still run.
    if (!stopping.aborted) agenda.review()
  })
  adapters.onEmitted((name) => {
    if (affecting.has(name)) reviewSoon('agenda')
  })
  paused.onChanged(() => reviewSoon('agenda'))
  return agenda
}
