import { describe, expect, it } from 'vitest'
import { accountId, asset, refOf, startAt } from '../../../test/main/storage/records.ts'
import { openIn, temporaryFolder } from '../../../test/main/storage/temporary-store.ts'
import type { AssetRecord } from '../../shared/domain/asset.ts'
import { writtenColumns } from './asset-table.ts'
import { migrations } from './migrations.ts'
import { openSql } from './sql.ts'

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
      personId: null
    })
  })
})
