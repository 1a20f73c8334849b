import { type EndlessList, endlessTavus } from '../../src/sandbox/endless-rows.ts'
import { type Sandbox as Plain, startSandbox as startPlain } from '../../src/sandbox/sandbox.ts'
import type { SandboxOptions as PlainOptions } from '../../src/sandbox/sandbox-options.ts'
import type { SimulatedServer } from '../../src/sandbox/simulated-server.ts'
import { createFaultList, type FaultList } from './faults.ts'

/** A sandbox with faults in the way of its answers. */
export interface FaultyServer extends SimulatedServer {
  readonly faults: FaultList
  /** The same for posters and clips, matched by their own paths; they see the whole file, whatever range was asked. */
  readonly mediaFaults: FaultList
}

/** A sandbox that plays Tavus, with faults. */
export interface Sandbox extends Plain, FaultyServer {}

export interface SandboxOptions extends PlainOptions {
  /** A list that never ends. */
  readonly endlessList?: EndlessList<'replicas' | 'videos'>
}

/** Starts the simulated Tavus API on 127.0.0.1, ready for faults. */
export const startSandbox = async ({
  endlessList,
  ...options
}: SandboxOptions = {}): Promise<Sandbox> => {
  const faults = createFaultList()
  const mediaFaults = createFaultList()
  const sandbox = await startPlain({
    ...options,
    ...(endlessList === undefined ? {} : endlessTavus(endlessList)),
    interrupt: faults.interrupt,
    interruptMedia: mediaFaults.interrupt
  })
  return { ...sandbox, faults, mediaFaults }
}
