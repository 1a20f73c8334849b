import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Prism, startPrism } from '../../../../e2e/prism.ts'
import { fixedConnection } from '../../../../test/main/providers/fixed-connection.ts'
import { createTestHttp } from '../../../../test/main/providers/test-http.ts'
import { listAll } from '../../../../test/main/providers/whole-listing.ts'
import type { TargetKind } from '../../../shared/catalogue/kinds.ts'
import { assetIdSchema, assetRefSchema, targetRefSchema } from '../../../shared/domain/asset.ts'
import type { Repoint } from '../../../shared/domain/plan.ts'
import { systemClock } from '../../clock.ts'
import type { Connection, PlanFacts, TargetFacts } from '../../ports/provider.ts'
import { createTavusProvider } from './tavus-provider.ts'

const { signal } = new AbortController()
const accountId = 'acc_0123456789abcdef'
const id = assetIdSchema.parse('p0123456789a')
let prism: Prism
let connection: Connection

const provider = createTavusProvider({ http: createTestHttp(systemClock) })

beforeAll(async () => {
  prism = await startPrism('../openapi/tavus.yaml')
  connection = fixedConnection(prism.origin, 'canary4key')
}, 60_000)
afterAll(() => prism.close())

const known = (kind: TargetKind): TargetFacts => ({
  target: targetRefSchema.parse({ accountId, kind, id }),
  name: '',
  relation: 'asked',
  statusRaw: null,
  status: null,
  origin: 'own',
  createdAt: null,
  updatedAt: null,
  parentId: null,
  notes: [],
  holds: []
})

const facts: PlanFacts = {
  madeAt: '2026-01-01T00:00:00.000Z',
  subject: {
    scope: 'likeness',
    ref: assetRefSchema.parse({ accountId, kind: 'replica', id })
  },
  targets: [known('replica'), known('persona'), known('page'), known('voice')],
  incomplete: [],
  notOffered: []
}

const repoint: Repoint = {
  face: { from: null, to: { id, name: '' } },
  voice: { from: null, to: { id, name: '' } }
}

test('every call about PALs and pages, against a mock that refuses what the document does not allow', async () => {
  await listAll(provider, connection, 'persona', signal)
  await provider.get(connection, 'persona', id, signal)
  await provider.pagesOf?.(connection, id, signal)
  await provider.planner.gather(connection, facts, true, signal)
  await provider.probe(connection, 'page', id, signal, { mode: 'offline' })
  await provider.probe(connection, 'persona', id, signal, { mode: 'repoint', repoint })
  await provider.remove(connection, 'page', id, 'offline', signal)
  await provider.remove(connection, 'persona', id, 'repoint', signal, repoint)
  await provider.remove(connection, 'page', id, 'permanent', signal)
  await provider.remove(connection, 'persona', id, 'permanent', signal)
  const calls = [...new Set(prism.requests.map(({ method, path }) => `${method} ${path}`))]
  for (const call of [
    'GET /v2/personas',
    `GET /v2/personas/${id}`,
    'GET /v2/deployments',
    `GET /v2/deployments/${id}`,
    `PATCH /v2/deployments/${id}`,
    `PATCH /v2/pals/${id}`,
    `DELETE /v2/deployments/${id}`,
    `DELETE /v2/personas/${id}`
  ]) {
    expect(calls).toContain(call)
  }
  expect(prism.violations).toEqual([])
  expect(prism.requests.filter(({ status }) => status >= 400)).toEqual([])
}, 60_000)
