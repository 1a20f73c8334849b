import { powerMonitor } from 'electron'
import { createTrainingWatcher } from '../watcher/training-watcher.ts'
import type { Adapters } from './adapters.ts'
import type { UseCases } from './use-cases.ts'

const headIntervalMs = 10 * 60_000
const maintenanceDelayMs = 30_000
const checkDelayMs = 2 * 60_000
const checkIntervalMs = 24 * 60 * 60_000

const rememberHeads = async (
  { clock, health }: Adapters,
  { history }: UseCases,
  stopping: AbortSignal
): Promise<void> => {
  while (!stopping.aborted) {
    await clock.wait(headIntervalMs, stopping)
    if (health.isKeychainOpen()) await history.rememberHead(stopping)
  }
}

/** Not at the start, and then once a day. */
const checkHistories = async (
  { clock }: Adapters,
  { history }: UseCases,
  stopping: AbortSignal
): Promise<void> => {
  await clock.wait(checkDelayMs, stopping)
  while (!stopping.aborted) {
    await history.checkInBackground(stopping)
    await clock.wait(checkIntervalMs, stopping)
  }
}

const watchTrainings = (
  { store, clock, settings }: Adapters,
  { library, sample, outbox, creations }: UseCases,
  stopping: AbortSignal
): void => {
  const watcher = createTrainingWatcher({
    store,
    clock,
    settings: () => settings.get(),
    look: library.look
  })
  void sample
    .resume()
    .then(() => library.refreshAll())
    .finally(creations.endChecks)
    .finally(watcher.resume)
  powerMonitor.on('suspend', () => {
    watcher.pause()
    outbox.suspend()
  })
  powerMonitor.on('resume', () => {
    outbox.wake()
    void library.refreshAll()
    watcher.resume()
  })
  stopping.addEventListener('abort', watcher.stop)
}

/** Begins what goes on by itself: refreshing, watching, remembering the end of the history, backups. */
export const startBackground = (
  adapters: Adapters,
  useCases: UseCases,
  stopping: AbortSignal
): void => {
  watchTrainings(adapters, useCases, stopping)
  useCases.outbox.begin()
  void useCases.proofs.run(stopping)
  if (adapters.health.now().storage.state === 'ok') void useCases.localMedia.sweep()
  void rememberHeads(adapters, useCases, stopping)
  void checkHistories(adapters, useCases, stopping)
  void adapters.keyRing.sweep()
  adapters.announcements.showProgress()
  void adapters.clock
    .wait(maintenanceDelayMs, stopping)
    .then(() => (stopping.aborted ? undefined : adapters.store.maintain(stopping)))
}
