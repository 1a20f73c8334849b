import { onTestFinished } from 'vitest'
import type { PlanFacts, TargetFacts } from '../../../src/main/ports/provider.ts'
import { createTavusProvider } from '../../../src/main/providers/tavus/tavus-provider.ts'
import type { TargetKind } from '../../../src/shared/catalogue/kinds.ts'
import { assetRefSchema, targetRefSchema } from '../../../src/shared/domain/asset.ts'
import { type SandboxOptions, startSandbox } from '../../sandbox/faulty-sandbox.ts'
import { createManualClock } from '../manual-clock.ts'
import { fixedConnection } from './fixed-connection.ts'
import { createTestHttp } from './test-http.ts'

export const accountId = 'acc_0123456789abcdef'

/** Tavus' provider over a sandbox that is closed with the test; short waits of the provider pass at once. */
export const startTavus = async (options: SandboxOptions) => {
  const sandbox = await startSandbox(options)
  onTestFinished(() => sandbox.close())
  const http = createTestHttp(createManualClock(undefined, (durationMs) => durationMs < 20_000))
  const connection = fixedConnection(sandbox.origin, sandbox.apiKey)
  return { sandbox, connection, provider: createTavusProvider({ http }) }
}

/** What is known of a thing before the provider was asked. */
export const knownTarget = (
  kind: TargetKind,
  id: string,
  change: Partial<TargetFacts> = {}
): TargetFacts => ({
  target: targetRefSchema.parse({ accountId, kind, id }),
  name: 'As stored',
  relation: 'asked',
  statusRaw: null,
  status: null,
  origin: 'own',
  createdAt: null,
  updatedAt: null,
  parentId: null,
  notes: [],
  holds: [],
  ...change
})

/** The facts of a plan for the likeness of `r1`, before the provider was asked. */
export const likenessFacts = (...targets: readonly TargetFacts[]): PlanFacts => ({
  madeAt: '2026-01-01T00:00:00.000Z',
  subject: {
    scope: 'likeness',
    ref: assetRefSchema.parse({ accountId, kind: 'replica', id: 'r1' })
  },
  targets,
  incomplete: [],
  notOffered: []
})
