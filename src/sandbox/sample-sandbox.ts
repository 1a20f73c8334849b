import path from 'node:path'
import { type Sandbox, startSandbox } from './sandbox.ts'
import type { SandboxStart } from './sandbox-messages.ts'
import { createStateWriter, readStateFile } from './state-file.ts'

/** Time lapse of "Explore with sample data": a new training takes three minutes. */
const TRAINING_MS = 3 * 60_000

/** The sandbox with sample data and a memory. */
export interface SampleSandbox {
  readonly origin: string
  /** Ends the sandbox after the last change was written. */
  close(): Promise<void>
}

/** Starts the sandbox that stands behind "Explore with sample data". */
export const startSampleSandbox = async (
  start: Omit<SandboxStart, 'type'>
): Promise<SampleSandbox> => {
  const { stateFile } = start
  const stored = stateFile === undefined ? null : await readStateFile(stateFile)
  const writer = stateFile === undefined ? null : createStateWriter(stateFile)
  const sandbox: Sandbox = await startSandbox({
    // The account has a name of its own, so that its data outlives the key.
    apiKeys: [{ key: start.apiKey, account: 'sample' }],
    seedData: 'sample',
    mediaDir: path.join(start.resourcesDir, 'sample'),
    timeLapseMs: TRAINING_MS,
    ...(stored?.kind === 'found' ? { snapshot: stored.snapshot } : {}),
    onChange: () => writer?.save(() => sandbox.snapshot())
  })
  writer?.save(() => sandbox.snapshot())
  return {
    origin: sandbox.origin,
    close: async () => {
      await sandbox.close()
      await writer?.settled()
    }
  }
}
