import { makeReplica } from '../../../src/sandbox/sample-data.ts'
import type { AssetRef } from '../../../src/shared/domain/asset.ts'
import type { SandboxOptions } from '../../sandbox/faulty-sandbox.ts'
import { type Sandbox, startSandbox } from '../../sandbox/faulty-sandbox.ts'
import { createTestTime } from './test-time.ts'
import { startTimedDesk, type TimedDesk, type TimedOptions } from './timed-desk.ts'

const dayMs = 86_400_000

export type TavusDeskOptions = SandboxOptions & Partial<Pick<TimedOptions<Sandbox>, 'holdSeconds'>>

/** The use cases for one account at a simulated Tavus, on test time, with a replica for each name. */
export const startTavusDesk = async (
  names: readonly string[],
  { holdSeconds, ...options }: TavusDeskOptions = {}
): Promise<{ readonly desk: TimedDesk<Sandbox>; readonly refs: readonly AssetRef[] }> => {
  let started: Sandbox | null = null
  const time = createTestTime(() => started?.requests ?? [])
  // As in the app, where a change never leaves on a connection that was used before.
  const sandbox = await startSandbox({ keepAlive: false, now: time.clock.nowMs, ...options })
  started = sandbox
  const given = holdSeconds === undefined ? {} : { holdSeconds }
  const desk = await startTimedDesk({ provider: 'tavus', sandbox, time, ...given })
  const made = names.map((name) => makeReplica(name, time.clock.nowMs() - dayMs))
  for (const replica of made) sandbox.state.addReplica(replica)
  await desk.done(desk.library.refresh(desk.accountId))
  return { desk, refs: made.map(({ id }) => desk.ref('replica', id)) }
}
