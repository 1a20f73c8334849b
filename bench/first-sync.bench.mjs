import { mkdtempSync } from 'node:fs'
import { join } from 'node:path'
import { tsImport } from 'tsx/esm/api'
import { measureByTurns, toResult } from '../scripts/lib/measure.mjs'
import { apiKey, startSandboxProcess } from './sandbox-process.mjs'
import { accountOf, log } from './seed-library.mjs'

const runs = 3
const replicaCount = 10_000
const latencyMs = 80

const load = (path) => tsImport(path, import.meta.url)

export const name = 'first-sync'

/** A whole library into an empty database, beside the time that its pages take at the least. */
export async function run({ projectRoot, tempDir }) {
  const sandbox = await startSandboxProcess({ projectRoot, replicaCount, latencyMs })
  let pages = 0
  const countingFetch = (url, init) => {
    pages += 1
    return fetch(url, init)
  }
  try {
    const medians = await measureByTurns(
      runs,
      () => {
        pages = 0
        const folder = mkdtempSync(join(tempDir, 'first-sync-'))
        return firstSync(sandbox.origin, folder, countingFetch)
      },
      async () => pages * latencyMs
    )
    return [toResult(name, 'ms', medians)]
  } finally {
    sandbox.stop()
  }
}

/** Milliseconds that one refresh of a new account takes, with the app's own store, client and use case. */
async function firstSync(origin, folder, countingFetch) {
  const [{ openStore }, { systemClock }, { createHttpClient }, { createProviders }, library] =
    await Promise.all([
      load('../src/main/storage/sqlite-store.ts'),
      load('../src/main/clock.ts'),
      load('../src/main/http/net-http-client.ts'),
      load('../src/main/providers/registry.ts'),
      load('../src/main/usecases/library.ts')
    ])
  const clock = systemClock
  const store = openStore({ folder, clock, runId: 'run_bench', log })
  const account = { ...accountOf(clock.nowAt()), apiAddress: origin, syncedAt: null }
  store.transaction((write) => write.putAccount(account))
  const http = createHttpClient({
    fetch: countingFetch,
    fetchOnce: countingFetch,
    clock,
    random: Math.random,
    userAgent: 'ReplicaDesk/bench',
    log
  })
  const { tavus } = createProviders({ http })
  const { refresh } = library.createLibrary({
    store,
    keyRing: {
      connect: () => ({ apiAddress: origin, readKey: async () => ({ ok: true, value: apiKey }) })
    },
    providerOf: () => tavus,
    clock,
    emit: () => undefined,
    rememberMedia: () => ({ posterId: null, clipId: null }),
    onListed: async () => undefined,
    keepPosters: () => undefined,
    onKeyTold: () => undefined
  })
  const startedAt = performance.now()
  const { lastError } = await refresh(account.id)
  const durationMs = performance.now() - startedAt
  const { own } = store.read.counts(account.id).replica
  store.close()
  if (lastError !== null || own !== replicaCount) {
    throw new Error(`The sync ended with ${own} replicas (${lastError?.kind ?? 'no error'})`)
  }
  return durationMs
}
