import { afterEach } from 'vitest'
import type { Connection, PlanFacts, TargetFacts } from '../../../../src/main/ports/provider.ts'
import { createReplicateProvider } from '../../../../src/main/providers/replicate/replicate-provider.ts'
import type { WalkLimits } from '../../../../src/main/rules/walk-budget.ts'
import { SAMPLE_OWNER } from '../../../../src/sandbox/replicate-sample-data.ts'
import { type AssetId, assetIdSchema } from '../../../../src/shared/domain/asset.ts'
import type { PlanSubject } from '../../../../src/shared/domain/plan.ts'
import type { Result } from '../../../../src/shared/result.ts'
import type { ReplicateOptions } from '../../../sandbox/faulty-replicate.ts'
import { type ReplicateSandbox, startReplicateSandbox } from '../../../sandbox/faulty-replicate.ts'
import { createManualClock } from '../../manual-clock.ts'
import { fixedConnection } from '../fixed-connection.ts'
import { createTestHttp } from '../test-http.ts'

const LONGEST_RETRY_MS = 20_000
const open: ReplicateSandbox[] = []

afterEach(async () => {
  for (const sandbox of open.splice(0)) await sandbox.close()
})

export const id = (text: string): AssetId => assetIdSchema.parse(text)
export const own = (name: string): AssetId => id(`${SAMPLE_OWNER}/${name}`)

interface Started {
  readonly sandbox: ReplicateSandbox
  readonly clock: ReturnType<typeof createManualClock>
  readonly connection: Connection
  readonly signal: AbortSignal
  readonly provider: ReturnType<typeof createReplicateProvider>
}

/** A provider that talks to a simulated Replicate of its own, over real sockets. */
export const start = async (
  options: ReplicateOptions = { seedData: 'sample' },
  walkLimits?: WalkLimits
): Promise<Started> => {
  const sandbox = await startReplicateSandbox(options)
  open.push(sandbox)
  const clock = createManualClock(undefined, (durationMs) => durationMs < LONGEST_RETRY_MS)
  const http = createTestHttp(clock)
  const connection = fixedConnection(sandbox.origin, sandbox.apiKey)
  const { signal } = new AbortController()
  return {
    sandbox,
    clock,
    connection,
    signal,
    provider: createReplicateProvider({
      http,
      ...(walkLimits === undefined ? {} : { walkLimits })
    })
  }
}

/** The value of a result that must be there. */
export const unwrap = <T>(result: Result<T>): T => {
  if (!result.ok) throw new Error(`expected a value: ${JSON.stringify(result.error)}`)
  return result.value
}

/** `ok`, or the kind of the error with what tells it from others of its kind. */
export const told = (result: Result<unknown>): string => {
  if (result.ok) return 'ok'
  const { error } = result
  if (error.kind === 'unexpected-response') return error.where
  if (error.kind === 'invalid-input') return error.issues.map(({ code }) => code).join()
  return 'status' in error ? `${error.kind} ${error.status}` : error.kind
}

const accountId = 'acc_0123456789abcdef' as TargetFacts['target']['accountId']

/** A target as it comes out of the library, before anything was asked. */
export const target = (text: string, change: Partial<TargetFacts> = {}): TargetFacts => ({
  target: { accountId, kind: text.includes(':') ? 'version' : 'model', id: id(text) },
  name: text,
  relation: 'asked',
  statusRaw: null,
  status: 'ready',
  origin: null,
  createdAt: null,
  updatedAt: null,
  parentId: text.includes(':') ? id(text.split(':')[0] ?? '') : null,
  notes: [],
  holds: [],
  ...change
})

const assetRefOf = ({ target: { id: assetId } }: TargetFacts) => ({
  accountId,
  kind: assetId.includes(':') ? ('version' as const) : ('model' as const),
  id: assetId
})

/** A clean-up without what it is for. */
export type Cleanup = Omit<Extract<PlanSubject, { scope: 'cleanup' }>, 'ref'>

export const factsOf = (
  targets: readonly TargetFacts[],
  scope: 'assets' | 'teardown' | Cleanup = 'assets'
): PlanFacts => {
  const refs = targets.map(assetRefOf)
  const [ref] = refs
  if (ref === undefined) throw new Error('A plan is for something')
  const subject: PlanSubject =
    scope === 'assets' ? { scope, refs } : scope === 'teardown' ? { scope, ref } : { ...scope, ref }
  return { madeAt: '2026-01-01T00:00:00.000Z', subject, targets, incomplete: [], notOffered: [] }
}
