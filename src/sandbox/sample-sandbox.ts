import path from 'node:path'
import type * as z from 'zod'
import { startReplicateSandbox } from './replicate-sandbox.ts'
import { replicateSnapshotSchema } from './replicate-snapshot.ts'
import { startSandbox } from './sandbox.ts'
import type { SandboxStart } from './sandbox-messages.ts'
import { snapshotSchema } from './snapshot.ts'
import { createStateWriter, readStateFile } from './state-file.ts'

/** Time lapse of "Explore with sample data": a new training takes three minutes. */
const TRAINING_MS = 3 * 60_000
/** And the removal of a version half a minute. */
const REMOVAL_MS = 30_000

/** The sandbox with sample data and a memory. */
export interface SampleSandbox {
  readonly origin: string
  /** Where Replicate is played; null if nobody asked for it. */
  readonly replicateOrigin: string | null
  /** Ends the sandbox after the last change was written. */
  close(): Promise<void>
}

interface Running<Snapshot> {
  readonly origin: string
  snapshot(): Snapshot
  close(): Promise<void>
}

/** What makes a provider remember: its last state, and whom to tell of changes. */
interface Memory<Snapshot> {
  readonly snapshot?: Snapshot
  readonly onChange: () => void
}

/** Starts one provider that goes on from its state file, and writes every change there. */
const startWithMemory = async <Snapshot>(
  stateFile: string | undefined,
  schema: z.ZodType<Snapshot>,
  begin: (memory: Memory<Snapshot>) => Promise<Running<Snapshot>>
): Promise<Pick<Running<Snapshot>, 'origin' | 'close'>> => {
  const stored = stateFile === undefined ? null : await readStateFile(stateFile, schema)
  const writer = stateFile === undefined ? null : createStateWriter<Snapshot>(stateFile)
  const running: Running<Snapshot> = await begin({
    ...(stored?.kind === 'found' ? { snapshot: stored.snapshot } : {}),
    onChange: () => writer?.save(() => running.snapshot())
  })
  writer?.save(() => running.snapshot())
  return {
    origin: running.origin,
    close: async () => {
      await running.close()
      await writer?.settled()
    }
  }
}

/** Starts the sandbox that stands behind "Explore with sample data". */
export const startSampleSandbox = async (
  start: Omit<SandboxStart, 'type'>
): Promise<SampleSandbox> => {
  const mediaDir = path.join(start.resourcesDir, 'sample')
  const seedData = 'sample'
  // The accounts have names of their own, so that their data outlives the keys.
  const account = 'sample'
  const tavus = await startWithMemory(start.stateFile, snapshotSchema, (memory) =>
    startSandbox({
      apiKeys: [{ key: start.apiKey, account }],
      seedData,
      mediaDir,
      timeLapseMs: TRAINING_MS,
      ...memory
    })
  )
  const { replicate: asked } = start
  const replicate =
    asked === undefined
      ? null
      : await startWithMemory(asked.stateFile, replicateSnapshotSchema, (memory) =>
          startReplicateSandbox({
            apiKeys: [{ key: asked.apiKey, account }],
            seedData,
            mediaDir,
            removalMs: REMOVAL_MS,
            ...memory
          })
        )
  return {
    origin: tavus.origin,
    replicateOrigin: replicate?.origin ?? null,
    close: async () => {
      await Promise.all([tavus.close(), replicate?.close()])
    }
  }
}
