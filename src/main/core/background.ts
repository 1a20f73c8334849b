import { type BrowserWindow, powerMonitor } from 'electron'
import { elapsedWithSleepMs } from '../clock.ts'
import { heedPause, type Paused } from '../usecases/pausing.ts'
import { createTrainingWatcher } from '../watcher/training-watcher.ts'
import { type Adapters, clockSeenKey } from './adapters.ts'
import { createKeep, createUpkeep } from './upkeep.ts'
import type { UseCases } from './use-cases.ts'

const headIntervalMs = 10 * 60_000
const clockIntervalMs = 60_000
const firstCheckMs = 2 * 60_000
/** So many looks at the clock until its time is written down. */
const readingsUntilKept = 10

/** Keeps the time that is believed now, for the next run to be held against. */
export const rememberClock = ({ store, clockTrust }: Adapters): void => {
  store.transaction((write) => write.putMeta(clockSeenKey, clockTrust.nowAt()))
}

const watchClock = (adapters: Adapters) => {
  let readings = 0
  return async (signal: AbortSignal): Promise<void> => {
    adapters.clockTrust.compare()
    if (readings % readingsUntilKept === 0) rememberClock(adapters)
    readings += 1
    await adapters.clock.wait(clockIntervalMs, signal)
  }
}

const watchTrainings = (
  window: BrowserWindow,
  adapters: Adapters,
  useCases: UseCases,
  paused: Paused,
  stopping: AbortSignal
): void => {
  const { store, clock, settings, supervisor, clockTrust } = adapters
  const { library, sample, outbox, creations, uploads } = useCases
  const watcher = createTrainingWatcher({
    store,
    clock,
    supervisor,
    settings: () => settings.get(),
    isHidden: () => !window.isDestroyed() && (window.isMinimized() || !window.isVisible()),
    check: library.checkUnfinished
  })
  adapters.onEmitted((name) => {
    if (name === 'settings:changed') watcher.wake()
  })
  window.on('show', watcher.wake)
  window.on('restore', watcher.wake)
  const begin = async (): Promise<void> => {
    try {
      await sample.resume()
    } catch (error) {
      supervisor.report('sample', error)
    }
    const watch = (): void => {
      if (!paused.is()) watcher.resume()
    }
    await library.refreshUnread().finally(creations.endChecks).finally(watch)
  }
  supervisor.start('refreshing', begin)
  powerMonitor.on('suspend', () => {
    clockTrust.suspend()
    watcher.pause()
    outbox.suspend()
  })
  powerMonitor.on('resume', () => {
    if (stopping.aborted) return
    clockTrust.resume()
    outbox.wake()
    if (paused.is()) return
    uploads.wake()
    supervisor.start('refreshing', library.refreshAll)
    watcher.resume()
  })
  paused.onChanged(() => {
    if (paused.is()) watcher.pause()
    else watcher.resume()
  })
  stopping.addEventListener('abort', watcher.stop)
}

/** Begins what goes on by itself: refreshing, watching, remembering the end of the history, upkeep. */
export const startBackground = (
  window: BrowserWindow,
  adapters: Adapters,
  useCases: UseCases,
  paused: Paused,
  stopping: AbortSignal
): { readonly upkeepInMs: () => number } => {
  const { clock, supervisor, health, announcements } = adapters
  const { outbox, proofs, history, localMedia } = useCases
  supervisor.start('trainings', () => watchTrainings(window, adapters, useCases, paused, stopping))
  supervisor.start('deletions', outbox.begin)
  supervisor.start('uploads', useCases.uploads.begin)
  supervisor.keepRunning('later-looks', proofs.round, stopping)
  if (health.now().storage.state === 'ok') {
    // What a restore that was cut short has brought so far would be taken for left over.
    supervisor.start('pictures', async () => {
      await useCases.backupRestoring.resume()
      await localMedia.sweep()
    })
  }
  supervisor.keepRunning('consents', useCases.consentReminders.round, stopping)
  supervisor.keepRunning('pictures', useCases.keeping.round, stopping)
  adapters.keyRing.sweepSoon()
  supervisor.keepRunning('clock', watchClock(adapters), stopping)
  if (adapters.updateSource.way !== 'none') {
    supervisor.keepRunning('updates', useCases.updates.round, stopping)
  }
  const rememberEnd = async (signal: AbortSignal): Promise<void> => {
    await clock.wait(headIntervalMs, signal)
    if (!signal.aborted && health.isKeychainOpen()) await history.rememberHead(signal)
  }
  supervisor.keepRunning('history-end', rememberEnd, stopping)
  const keep = createKeep(adapters)
  const upkeep = createUpkeep({ clock, elapsedMs: elapsedWithSleepMs, keep })
  supervisor.keepRunning('upkeep', upkeep.round, stopping)
  const checkHistory = createUpkeep({
    clock,
    elapsedMs: elapsedWithSleepMs,
    keep: history.checkInBackground,
    firstAfterMs: firstCheckMs
  })
  supervisor.keepRunning('history-end', checkHistory.round, stopping)
  const freshLinks = createUpkeep({
    clock,
    elapsedMs: elapsedWithSleepMs,
    keep: heedPause(paused, useCases.uploads.keepLinksFresh, (work) =>
      supervisor.start('uploads', work)
    )
  })
  supervisor.keepRunning('uploads', freshLinks.round, stopping)
  supervisor.start('trainings', announcements.showProgress)
  return { upkeepInMs: upkeep.leftMs }
}
