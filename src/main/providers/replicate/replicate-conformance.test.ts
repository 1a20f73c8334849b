import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Prism, startPrism } from '../../../../e2e/prism.ts'
import { fixedConnection } from '../../../../test/main/providers/fixed-connection.ts'
import {
  factsOf,
  id,
  target,
  unwrap
} from '../../../../test/main/providers/replicate/simulated-replicate.ts'
import { createTestHttp } from '../../../../test/main/providers/test-http.ts'
import { listAll } from '../../../../test/main/providers/whole-listing.ts'
import { ok } from '../../../shared/result.ts'
import { systemClock } from '../../clock.ts'
import type { Connection } from '../../ports/provider.ts'
import { createReplicateProvider } from './replicate-provider.ts'

const model = id('north-light/anna-portraits')
const versions = ['5c', '7d'].map((pair) => id(`${model}:${pair.repeat(32)}`))
const { signal } = new AbortController()
let prism: Prism
let connection: Connection

const provider = createReplicateProvider({
  http: createTestHttp(systemClock)
})

beforeAll(async () => {
  prism = await startPrism('conformance/replicate-calls.yaml')
  connection = fixedConnection(prism.origin, 'r8_0123456789abcdef')
}, 60_000)
afterAll(() => prism.close())

test('every call, against a mock that refuses what the documents do not allow', async () => {
  expect(await provider.checkKey(connection, signal)).toEqual(ok(null))
  const models = unwrap(await listAll(provider, connection, 'model', signal))
  expect(models.assets.map((asset) => asset.id)).toEqual([model])
  expect(models.error).toBeUndefined()
  const known = () => [model]
  const found = unwrap(await listAll(provider, connection, 'version', signal, known))
  expect(found.assets.map((asset) => asset.id)).toEqual(versions)
  const [version = model] = versions
  expect(unwrap(await provider.get(connection, 'model', model, signal)).found?.id).toBe(model)
  expect(unwrap(await provider.get(connection, 'version', version, signal)).found?.id).toBe(version)
  expect(unwrap(await provider.probe(connection, 'version', version, signal))).toBe('there')
  const facts = factsOf([target(model)], 'teardown')
  const gathered = unwrap(await provider.planner.gather(connection, facts, true, signal))
  expect(gathered.targets).toHaveLength(3)
  expect(
    unwrap(await provider.remove(connection, 'version', version, 'permanent', signal))
  ).toEqual({ outcome: 'accepted', httpStatus: 202 })
  expect(unwrap(await provider.remove(connection, 'model', model, 'permanent', signal))).toEqual({
    outcome: 'removed',
    httpStatus: 204
  })

  const calls = new Set(prism.requests.map(({ method, path }) => `${method} ${path}`))
  const base = '/v1/models/north-light/anna-portraits'
  expect([...calls].sort()).toEqual([
    `DELETE ${base}`,
    `DELETE ${base}/versions/${'5c'.repeat(32)}`,
    'GET /v1/account',
    'GET /v1/deployments',
    `GET ${base}`,
    `GET ${base}/versions`,
    `GET ${base}/versions/${'5c'.repeat(32)}`,
    'GET /v1/predictions',
    'GET /v1/trainings'
  ])
  expect(prism.violations).toEqual([])
  expect(prism.requests.filter(({ status }) => status >= 400)).toEqual([])
}, 60_000)
