import { describe, expect, it } from 'vitest'
import { asset, otherAccountId, refOf } from '../../../test/main/storage/records.ts'
import { openIn, temporaryFolder } from '../../../test/main/storage/temporary-store.ts'
import { anyListed } from '../../shared/domain/any-asset.ts'
import type { Asset, AssetQuery } from '../../shared/domain/asset.ts'

const names = [
  'Amara Osei',
  'Zoë Ødegård',
  '田中 花子',
  'R 1',
  'Ångström',
  '0 0',
  'take\u0000two',
  ''
]
/** More than is read at once, so that several parts have to fit together. */
const count = 7_003

const filled = () => {
  const store = openIn(temporaryFolder())
  store.transaction((write) => {
    for (let index = 0; index < count; index += 1) {
      const name = `${names[index % names.length]} ${index % 97}`
      const shared = {
        name,
        status: index % 5 === 0 ? ('failed' as const) : ('ready' as const),
        presence: index % 11 === 0 ? ('gone' as const) : ('listed' as const),
        createdAt: new Date(Date.UTC(2026, 0, 1) + (index % 1_000) * 60_000).toISOString()
      }
      write.putAsset(asset(`r${index}`, shared))
      // Two accounts can show the same stock, which nothing of the order tells apart.
      if (index % 2 === 0) {
        write.putAsset(asset(`r${index}`, { ...shared, ref: refOf(`r${index}`, otherAccountId) }))
      }
    }
    write.putNote(
      { what: 'asset', ref: refOf('r5') },
      { text: 'Signed by Amara', tags: ['Campaign'] },
      '2026-01-01T00:00:00.000Z'
    )
  })
  return store
}

const idOf = ({ ref }: Asset): string => ref.id

type Filled = ReturnType<typeof filled>

const prepare = (store: Filled, query: AssetQuery): number => {
  let parts = 1
  while (store.read.readSearchTexts(query)) parts += 1
  return parts
}

const query = (changes: Partial<AssetQuery>): AssetQuery => ({
  ...anyListed,
  kind: 'replica',
  limit: 40,
  ...changes
})

describe('a search in a listing that was read ahead', () => {
  const searches = [
    ...['a', 'am', 'amara', 'amara osei', 'osei amara 9', '0', '00', 'r1', 'r5', 'odegard zoe'],
    ...[
      '花子',
      '田',
      'signed',
      'signed amara',
      'campaign',
      'angstrom 3',
      'two',
      'nothing',
      ' a  1 '
    ]
  ]
  const listings: readonly Partial<AssetQuery>[] = [
    {},
    { sort: 'name-asc' },
    { sort: 'created-asc', presence: 'all' },
    { sort: 'status-desc', statuses: ['failed'] },
    { presence: 'gone', sort: 'name-desc' },
    { sort: 'id-asc' }
  ]

  it('finds what the database finds, in the same order, on every page', () => {
    const store = filled()
    for (const listing of listings) {
      const asked = searches.flatMap((search) =>
        [0, 40, 5_000].map((offset) => query({ ...listing, search, offset }))
      )
      const slow = asked.map(store.read.assets)
      prepare(store, query(listing))
      for (const [index, one] of asked.entries()) {
        const { total, rows } = store.read.assets(one)
        expect(total, JSON.stringify(one)).toBe(slow[index]?.total)
        expect(rows.map(idOf), JSON.stringify(one)).toEqual(slow[index]?.rows.map(idOf))
      }
    }
  })

  it('is read in parts, once', () => {
    const store = filled()
    expect(prepare(store, query({ presence: 'all' }))).toBe(4)
    expect(prepare(store, query({ presence: 'all', search: 'amara' }))).toBe(1)
  })

  it('knows of everything that was written since', () => {
    const store = filled()
    const found = () => store.read.assets(query({ search: 'brand new' })).total
    prepare(store, query({}))
    expect(found()).toBe(0)
    store.transaction((write) => write.putAsset(asset('r7', { name: 'Brand new' })))
    expect(found()).toBe(1)
    prepare(store, query({}))
    expect(found()).toBe(1)
  })

  it('begins anew when something is written while it is read', () => {
    const store = filled()
    expect(store.read.readSearchTexts(query({}))).toBe(true)
    store.transaction((write) => write.putAsset(asset('r7', { name: 'Brand new' })))
    prepare(store, query({}))
    expect(store.read.assets(query({ search: 'brand new' })).total).toBe(1)
  })
})
