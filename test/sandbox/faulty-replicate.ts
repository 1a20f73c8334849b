import { type EndlessList, endlessReplicate } from '../../src/sandbox/endless-rows.ts'
import type {
  ReplicateOptions as PlainOptions,
  ReplicateList
} from '../../src/sandbox/replicate-options.ts'
import {
  type ReplicateSandbox as Plain,
  startReplicateSandbox as startPlain
} from '../../src/sandbox/replicate-sandbox.ts'
import { createFaultList } from './faults.ts'
import type { FaultyServer } from './faulty-sandbox.ts'

/** A sandbox that plays Replicate, with faults. */
export interface ReplicateSandbox extends Plain, FaultyServer {}

export interface ReplicateOptions extends PlainOptions {
  /** A list that never ends: each page has a link to another. */
  readonly endlessList?: EndlessList<ReplicateList>
}

/** Starts the simulated Replicate API on 127.0.0.1, ready for faults. */
export const startReplicateSandbox = async ({
  endlessList,
  ...options
}: ReplicateOptions = {}): Promise<ReplicateSandbox> => {
  const faults = createFaultList()
  const mediaFaults = createFaultList()
  const sandbox = await startPlain({
    ...options,
    ...(endlessList === undefined ? {} : endlessReplicate(endlessList)),
    interrupt: faults.interrupt,
    interruptMedia: mediaFaults.interrupt
  })
  return { ...sandbox, faults, mediaFaults }
}
