import { DamagedStoreError, type Store } from '../../../../src/main/ports/store.ts'
import { openStore } from '../../../../src/main/storage/sqlite-store.ts'
import type { Health } from '../../../../src/shared/domain/health.ts'
import { happening, listeningLog, steppingClock } from '../records.ts'
import { type Contents, readContents } from './contents.ts'

/** What a start of the app, half an hour of it and the next start make of the files in a folder. */
export interface Visit {
  readonly healthAtOpen: Health['storage']
  readonly health: Health['storage']
  /** Null if the database was damaged. */
  readonly contents: Contents | null
  readonly isChainIntact: boolean
  /** Null if nothing was offered. */
  readonly restored: Contents | null
  readonly healthAfter: Health['storage']
}

const later = '2026-03-20T10:00:00.000Z'

const openIn = (folder: string): Store => {
  const clock = steppingClock()
  clock.moveTo(later)
  return openStore({ folder, clock, runId: 'soak', log: listeningLog() })
}

/** Reads on as the app does: what is found damaged on the way is told by the health. */
const readOn = (store: Store): Contents => {
  try {
    return readContents(store)
  } catch (error) {
    if (error instanceof DamagedStoreError) return {}
    throw error
  }
}

const visit = async (folder: string): Promise<Visit> => {
  const store = openIn(folder)
  const healthAtOpen = store.health()
  readOn(store)
  store.transaction((write) => write.append(happening({ body: { from: 'soak' } })))
  await store.maintain(new AbortController().signal)
  const contents = readOn(store)
  const health = store.health()
  const isChainIntact = (await store.checkHistory(null)).isIntact
  const isDamaged = health.state === 'damaged'
  if (isDamaged) store.restoreBackup()
  const isRestored = isDamaged && store.health().state === 'ok'
  const restored = isRestored ? readContents(store) : null
  store.close()
  const again = openIn(folder)
  const healthAfter = again.health()
  again.close()
  return {
    healthAtOpen,
    health,
    contents: isDamaged ? null : contents,
    isChainIntact,
    restored,
    healthAfter
  }
}

process.on('message', (folder: string) => {
  void visit(folder).then(
    (seen) => process.send?.(seen),
    (error: unknown) => process.send?.({ failure: String(error) })
  )
})
