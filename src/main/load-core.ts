import { setImmediate as nextTurn } from 'node:timers/promises'

/** The heaviest parts of the core, each a script of its own. */
const parts: readonly (() => Promise<unknown>)[] = [
  () => import('../shared/ipc/contract.ts'),
  () => import('./storage/settings-file.ts'),
  () => import('./storage/sqlite-store.ts'),
  () => import('./core/adapters.ts'),
  () => import('./core/use-cases.ts'),
  () => import('./core/requests.ts')
]

/**
 * Loads the core part by part, so that a press which comes in meanwhile waits for one part and not for all: every press
 * passes through this process.
 */
export const loadCore = async (): Promise<typeof import('./core.ts')> => {
  for (const load of parts) {
    await load()
    await nextTurn()
  }
  return import('./core.ts')
}
