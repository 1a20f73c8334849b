import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Prism, startPrism } from '../../../../e2e/prism.ts'
import { fixedConnection } from '../../../../test/main/providers/fixed-connection.ts'
import { createTestHttp } from '../../../../test/main/providers/test-http.ts'
import { listAll } from '../../../../test/main/providers/whole-listing.ts'
import { assetIdSchema } from '../../../shared/domain/asset.ts'
import { systemClock } from '../../clock.ts'
import type { Connection } from '../../ports/provider.ts'
import { createTavusProvider } from './tavus-provider.ts'

const id = assetIdSchema.parse('c0123456789abc')
const { signal } = new AbortController()
const provider = createTavusProvider({ http: createTestHttp(systemClock) })
let prism: Prism
let connection: Connection

beforeAll(async () => {
  prism = await startPrism('conformance/tavus-conversations.yaml')
  connection = fixedConnection(prism.origin, 'key_0123456789abcdef')
}, 60_000)
afterAll(() => prism.close())

test('every call about conversations, against a mock that refuses what the documents do not allow', async () => {
  const listed = await listAll(provider, connection, 'conversation', signal)
  expect(listed).toMatchObject({ ok: true, value: { assets: [{ id, name: 'A visit' }] } })
  expect(await provider.get(connection, 'conversation', id, signal)).toMatchObject({
    ok: true,
    value: { found: { id } }
  })
  expect(await provider.readTranscript?.(connection, 'conversation', id, signal)).toEqual({
    ok: true,
    value: { lines: [{ by: 'visitor', role: 'user', text: 'Good morning' }], isCut: false }
  })
  for (const mode of ['soft', 'permanent'] as const) {
    expect(await provider.remove(connection, 'conversation', id, mode, signal)).toMatchObject({
      ok: true,
      value: { outcome: 'removed', httpStatus: 204 }
    })
  }
  expect(prism.violations).toEqual([])
  expect(prism.requests.map(({ method, query }) => [method, query])).toEqual([
    ['GET', { limit: '100', page: '1' }],
    ['GET', {}],
    ['GET', { verbose: 'true' }],
    ['DELETE', {}],
    ['DELETE', { hard: 'true' }]
  ])
})
