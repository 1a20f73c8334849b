import { expect, test } from 'vitest'
import {
  id,
  start,
  told,
  unwrap
} from '../../../../test/main/providers/replicate/simulated-replicate.ts'
import { REPLICATE_CANARIES } from '../../../sandbox/canaries.ts'

const mediaDir = new URL('../../../../resources/sample/', import.meta.url).pathname

const begin = async () => {
  const started = await start({ seedData: 'sample', mediaDir })
  const { predictions } = started.sandbox.state
  const versions = [
    ...new Set(predictions.map(({ model, version }) => id(`${model}:${version ?? 'none'}`)))
  ]
  return { ...started, predictions, versions }
}

test('what predictions made is found by its version, in one walk, without what was put in', async () => {
  const { provider, connection, signal, sandbox, versions } = await begin()
  const { urls, isComplete } = unwrap(await provider.listOutputs(connection, versions, signal))
  expect(isComplete).toBe(true)
  expect(urls.size).toBeGreaterThan(0)
  expect([...urls.values()].flat().every((url) => url.startsWith(sandbox.origin))).toBe(true)
  expect(JSON.stringify([...urls])).not.toContain(REPLICATE_CANARIES.predictionInput)
  expect(new Set(sandbox.requests.map(({ path }) => path))).toEqual(new Set(['/v1/predictions']))
})

test('nothing is asked where there is no version', async () => {
  const { provider, connection, signal, sandbox } = await begin()
  expect(unwrap(await provider.listOutputs(connection, [], signal)).urls.size).toBe(0)
  expect(sandbox.requests).toEqual([])
})

test('what other versions made is left alone, and a list that fails is no empty one', async () => {
  const { provider, connection, signal, sandbox } = await begin()
  const other = id(`somebody/else:${'0'.repeat(64)}`)
  expect(unwrap(await provider.listOutputs(connection, [other], signal)).urls.size).toBe(0)
  sandbox.faults.add({
    match: { path: '/v1/predictions' },
    effect: { kind: 'answer', status: 410, body: { detail: 'Gone.' } }
  })
  expect(told(await provider.listOutputs(connection, [other], signal))).not.toBe('ok')
})
