import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import {
  accountId,
  asset,
  otherAccountId,
  refOf,
  startAt
} from '../../../test/main/storage/records.ts'
import { openIn, temporaryFolder } from '../../../test/main/storage/temporary-store.ts'
import { anyListed } from '../../shared/domain/any-asset.ts'
import type { AssetQuery, AssetRecord } from '../../shared/domain/asset.ts'
import { shownColumns, unfinishedQuery, writtenColumns } from './asset-table.ts'
import { applyMigration, migrations } from './migrations.ts'
import { openSql } from './sql.ts'

/** The step of the schema that brought notes, and what a script says to the search. */
const notesVersion = 19

/** Another value in each field, so that two that are exchanged are noticed. */
const full: AssetRecord = asset('v1', {
  ref: { ...refOf('v1'), kind: 'video' },
  name: 'Greeting',
  status: 'failed',
  statusRaw: 'error',
  progress: 12.5,
  model: 'phoenix-3',
  origin: 'stock',
  createdAt: '2026-01-01T00:00:00.000Z',
  updatedAt: '2026-01-02T00:00:00.000Z',
  errorMessage: 'No face was found.',
  posterId: 'a'.repeat(32),
  clipId: 'b'.repeat(32),
  parentId: refOf('r1').id,
  details: [{ name: 'script', value: 'Hello' }],
  presence: 'gone',
  firstSeenAt: '2026-01-03T00:00:00.000Z',
  movedAt: '2026-01-04T00:00:00.000Z',
  lastSeenAt: startAt
})

describe('the columns of an asset', () => {
  it('are those that are written, one for each field', () => {
    const sql = openSql(':memory:')
    for (const { up } of migrations) up(sql)
    const columns = sql.all<{ name: string }>('SELECT name FROM pragma_table_info(?)', 'asset')
    expect([...writtenColumns.keys()].sort()).toEqual(columns.map(({ name }) => name).sort())
    sql.close()
  })

  it('give back each field, also of a record that took the place of another', () => {
    const store = openIn(temporaryFolder())
    store.transaction((write) => {
      write.putAsset(asset('v1', { ref: full.ref }))
      write.putAsset(full)
    })
    expect(store.read.assetRecords(accountId, 'video')).toEqual([full])
    expect(store.read.asset(full.ref)).toEqual({
      ...full,
      deletion: null,
      isPinned: false,
      personId: null,
      parentName: null,
      childCount: 0
    })
  })
})

describe('what an asset is shown with', () => {
  const child = (kind: 'video' | 'version', id: string, changes: Partial<AssetRecord> = {}) =>
    asset(id, { ref: { ...refOf(id), kind }, parentId: refOf('r1').id, ...changes })

  const filled = (parent: Partial<AssetRecord> = {}) => {
    const store = openIn(temporaryFolder())
    store.transaction((write) => {
      write.putAsset(asset('r1', { name: 'Amara', ...parent }))
      write.putAsset(asset('r1', { ref: { ...refOf('r1'), kind: 'model' }, name: 'voice' }))
      for (const id of ['v1', 'v2', 'v3']) write.putAsset(child('video', id))
      write.putAsset(child('video', 'v4', { presence: 'gone' }))
      write.putAsset(
        child('video', 'v5', { ref: { ...refOf('v5', otherAccountId), kind: 'video' } })
      )
      write.putAsset(child('version', 'x1'))
    })
    return (kind: AssetQuery['kind']) =>
      store.read.assets({ ...anyListed, kind, sort: 'name-asc', limit: 10 }).rows
  }

  it('is the name of its parent, of the same account', () => {
    const listed = filled()
    expect(listed('video').map(({ parentName }) => parentName)).toEqual([
      'Amara',
      'Amara',
      'Amara',
      null
    ])
    expect(listed('version').map(({ parentName }) => parentName)).toEqual(['voice'])
    expect(listed('replica').map(({ parentName }) => parentName)).toEqual([null])
  })

  it('is no name where the parent has none, and that of one that is gone', () => {
    expect(filled({ name: '' })('video')[0]?.parentName).toBeNull()
    expect(filled({ presence: 'gone' })('video')[0]?.parentName).toBe('Amara')
  })

  it('is how many children of its kind and account are listed', () => {
    const listed = filled()
    expect(listed('replica').map(({ childCount }) => childCount)).toEqual([3])
    expect(listed('model').map(({ childCount }) => childCount)).toEqual([1])
    expect(listed('video').map(({ childCount }) => childCount)).toEqual([0, 0, 0, 0])
  })

  it('is found in indices alone, so that a page of a long listing stays quick', () => {
    const sql = openSql(':memory:')
    for (const { up } of migrations) up(sql)
    const plan = sql
      .all<{ detail: string }>(`EXPLAIN QUERY PLAN SELECT ${shownColumns} FROM asset a`)
      .map(({ detail }) => detail)
    sql.close()
    // The few details of one row are no table.
    const scans = plan.filter((step) => step.startsWith('SCAN') && !step.includes('json_each'))
    expect(scans).toEqual(['SCAN a'])
    expect(plan).toContainEqual(
      expect.stringContaining('child USING COVERING INDEX asset_of_parent')
    )
  })
})

describe('what is worth watching', () => {
  it('is found by its own index', () => {
    const sql = openSql(':memory:')
    for (const { up } of migrations) up(sql)
    const plan = sql.all<{ detail: string }>(`EXPLAIN QUERY PLAN ${unfinishedQuery}`)
    sql.close()
    expect(plan.map(({ detail }) => detail)).toEqual([
      expect.stringContaining('USING INDEX asset_unfinished')
    ])
  })
})

describe('the orders of columns', () => {
  const idsBy = (sort: AssetQuery['sort'], kind: AssetQuery['kind']): readonly string[] => {
    const store = openIn(temporaryFolder())
    const told = (name: string, value: string) => ({ details: [{ name, value }] })
    const put = (id: string, changes: Partial<AssetRecord>, of: AssetQuery['kind'] = 'model') =>
      store.transaction((write) => {
        write.putAsset(asset(id, { ref: { ...refOf(id), kind: of }, ...changes }))
      })
    put('p/a', told('run_count', '9'))
    put('p/b', told('run_count', '100'))
    put('p/c', told('found_in', 'trainings'))
    put('x1', { parentId: refOf('p/c').id, ...told('is_latest', 'true') }, 'version')
    put('x2', { parentId: refOf('p/a').id, ...told('deployed_by', 'live') }, 'version')
    put('x3', { parentId: refOf('p/c').id, ...told('is_latest', 'false') }, 'version')
    put('r1', { name: 'Zoe', progress: 20, model: 'b', updatedAt: null }, 'replica')
    put('r2', { name: 'Adam', progress: 10, model: 'a', updatedAt: startAt }, 'replica')
    put('v1', { parentId: refOf('r1').id }, 'video')
    put('v2', { parentId: refOf('r2').id }, 'video')
    put('v3', {}, 'video')
    return store.read.assets({ ...anyListed, kind, sort, limit: 10 }).rows.map(({ ref }) => ref.id)
  }

  it.each<[AssetQuery['sort'], AssetQuery['kind'], readonly string[]]>([
    ['runs-desc', 'model', ['p/b', 'p/a', 'p/c']],
    ['runs-asc', 'model', ['p/a', 'p/b', 'p/c']],
    ['found-in-asc', 'model', ['p/c', 'p/a', 'p/b']],
    ['versions-desc', 'model', ['p/c', 'p/a', 'p/b']],
    ['used-by-desc', 'version', ['x1', 'x2', 'x3']],
    ['of-model-asc', 'version', ['x2', 'x1', 'x3']],
    ['made-with-asc', 'video', ['v2', 'v1', 'v3']],
    ['progress-desc', 'replica', ['r1', 'r2']],
    ['model-asc', 'replica', ['r2', 'r1']],
    ['updated-asc', 'replica', ['r2', 'r1']]
  ])('%s', (sort, kind, ids) => {
    expect(idsBy(sort, kind)).toEqual(ids)
  })
})

describe('a video is found by its script', () => {
  const clip = (script: string | null) =>
    asset('v1', {
      ref: full.ref,
      details: script === null ? [] : [{ name: 'script', value: script }]
    })
  const query = (search: string): AssetQuery => ({ ...anyListed, kind: 'video', limit: 10, search })

  it('as it was told last', () => {
    const store = openIn(temporaryFolder())
    const found = (search: string) => store.read.assets(query(search)).total
    store.transaction((write) => write.putAsset(clip('Willkommen an Bord, Señora')))
    expect([found('senora'), found('bord replica'), found('welcome')]).toEqual([1, 1, 0])
    store.transaction((write) => write.putAsset(clip('Welcome aboard')))
    expect([found('senora'), found('welcome')]).toEqual([0, 1])
    store.transaction((write) => write.putAsset(clip(null)))
    expect(found('welcome')).toBe(0)
  })

  it('that an earlier version stored', () => {
    const folder = temporaryFolder()
    const before = openIn(folder)
    before.transaction((write) => write.putAsset(clip('Welcome aboard')))
    before.close()
    const sql = openSql(join(folder, 'library.sqlite'))
    for (const table of ['asset_text', 'note', 'note_tag']) sql.exec(`DROP TABLE ${table}`)
    for (const step of migrations.filter(({ version }) => version === notesVersion))
      applyMigration(sql, step)
    expect(sql.all('SELECT id, source, text FROM asset_text')).toEqual([
      { id: 'v1', source: 'script', text: 'welcome aboard' }
    ])
    sql.close()
  })
})
