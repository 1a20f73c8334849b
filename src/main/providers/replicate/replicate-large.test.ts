import { describe, expect, test } from 'vitest'
import {
  id,
  own,
  start,
  told,
  unwrap
} from '../../../../test/main/providers/replicate/simulated-replicate.ts'
import { listAll } from '../../../../test/main/providers/whole-listing.ts'

const padded = (bytes: number) =>
  ({ kind: 'overwrite', fields: { padding: 'x'.repeat(bytes) } }) as const

const MIB = 1024 * 1024

describe('answers that are larger than usual', () => {
  test('a page of a list may be, anything else may not', async () => {
    const { sandbox, provider, connection, signal } = await start()
    sandbox.faults.add({ match: { path: /\/versions$/ }, effect: padded(3 * MIB) })
    const model = own('adaeze-headshots')
    const known = () => [model]
    const list = unwrap(await listAll(provider, connection, 'version', signal, known))
    expect(list).toMatchObject({ tooLarge: [], unreadableCount: 0 })
    expect(list.seenIds.size).toBe(sandbox.state.versionsOf(model).length)
    sandbox.faults.add({ match: { path: /adaeze-headshots$/ }, effect: padded(MIB) })
    expect(told(await provider.get(connection, 'model', model, signal))).toBe('too-large')
  })

  test('a page that is too large is named; the pages before it and the other lists are read', async () => {
    const { sandbox, provider, connection, signal } = await start({
      seedData: 'sample',
      pageSizes: { versions: 5 }
    })
    sandbox.faults.add({
      match: { path: /portrait-lora\/versions$/ },
      effect: padded(17 * MIB),
      afterSkipping: 1,
      times: 1
    })
    const known = () => [
      own('portrait-lora'),
      own('adaeze-headshots'),
      id(`${own('portrait-lora')}:abc`)
    ]
    const list = unwrap(await listAll(provider, connection, 'version', signal, known))
    expect(list.tooLarge).toEqual([
      { list: 'versions', page: 2, position: null, id: own('portrait-lora') }
    ])
    expect(list).toMatchObject({ goneIds: [], doubtfulIds: [], error: { where: 'too-large' } })
    const others = sandbox.state.versionsOf(own('adaeze-headshots')).length
    expect(list.assets).toHaveLength(5 + others)
  })

  test('a first page that is too large leaves what the other lists tell', async () => {
    const { sandbox, provider, connection, signal } = await start()
    sandbox.faults.add({
      match: { path: /\/predictions$/ },
      effect: padded(17 * MIB),
      times: 1
    })
    const list = unwrap(await listAll(provider, connection, 'model', signal))
    expect(list.tooLarge).toEqual([{ list: 'predictions', page: 1, position: null, id: null }])
    expect([...list.seenIds]).toContain(own('lobby-greeter'))
    expect(list.error).toMatchObject({ where: 'too-large' })
  })
})

describe('lists without an end', () => {
  const limits = { pages: 400, rows: 500, bytes: 4 * MIB }

  test.each([
    ['many', 10],
    ['large', 200_000]
  ])('versions, %s: the walk ends with its budget, and calls nothing gone', async (_, rowBytes) => {
    const endlessList = { list: 'versions', rows: 'fresh', rowBytes } as const
    const { sandbox, provider, connection, signal } = await start(
      { seedData: 'sample', endlessList },
      limits
    )
    const known = () => [own('portrait-lora'), id(`${own('portrait-lora')}:abc`)]
    const list = unwrap(await listAll(provider, connection, 'version', signal, known))
    expect(list).toMatchObject({ goneIds: [], error: { where: 'endless' } })
    const pages = sandbox.requests.filter(({ path }) => path.endsWith('/versions')).length
    expect(list.assets).toHaveLength(pages * 25)
    expect(pages).toBeLessThanOrEqual(20)
  })

  test('the same page again and again ends it at once', async () => {
    const endlessList = { list: 'versions', rows: 'same' } as const
    const { sandbox, provider, connection, signal } = await start({
      seedData: 'sample',
      endlessList
    })
    const known = () => [own('portrait-lora')]
    const list = unwrap(await listAll(provider, connection, 'version', signal, known))
    expect(list).toMatchObject({ goneIds: [], error: { where: 'incomplete' } })
    expect(sandbox.requests.filter(({ path }) => path.endsWith('/versions'))).toHaveLength(2)
  })

  test('predictions: the newest are enough, and each model they name is looked at within the budget', async () => {
    const endlessList = { list: 'predictions', rows: 'fresh' } as const
    const { sandbox, provider, connection, signal } = await start(
      { seedData: 'sample', endlessList },
      limits
    )
    const list = unwrap(await listAll(provider, connection, 'model', signal))
    expect(sandbox.requests.filter(({ path }) => path.endsWith('/predictions'))).toHaveLength(5)
    expect(list.error).toMatchObject({ where: 'endless' })
    expect(sandbox.requests.length).toBeLessThan(2 * limits.pages)
  })
})
