import { statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import {
  account,
  accountId,
  asset,
  deletion,
  happening,
  otherAccountId,
  refOf,
  startAt
} from '../../../test/main/storage/records.ts'
import {
  appendMany,
  backupNames,
  openIn,
  temporaryFolder
} from '../../../test/main/storage/temporary-store.ts'
import type { AssetQuery } from '../../shared/domain/asset.ts'
import type { HistoryQuery } from '../../shared/domain/history.ts'
import type { Operation, StoreWrites } from '../ports/store.ts'
import { applyMigration, latestVersion, type Migration, migrations } from './migrations.ts'
import { openSql } from './sql.ts'

const everything: AssetQuery = {
  kind: 'replica',
  accountId: null,
  origin: 'all',
  statuses: null,
  models: null,
  createdSinceAt: null,
  presence: 'all',
  parentId: null,
  personId: null,
  tag: null,
  search: '',
  sort: 'created-desc',
  offset: 0,
  limit: 100
}
const allHistory: HistoryQuery = {
  search: '',
  accountId: null,
  asset: null,
  group: 'all',
  beforeSeq: null,
  limit: 100
}

describe('what is put in comes back the same after a restart', () => {
  const draft = { id: 'drf_aaaaaaaa', json: `{"accountId":"${accountId}","model":"phoenix-4"}` }
  const failed = deletion('r2', {
    state: 'refused',
    finishedAt: startAt,
    httpStatus: 403,
    error: { kind: 'provider-refused', status: 403, said: 'no' }
  })

  it('accounts, assets, operations, drafts, meta', () => {
    const folder = temporaryFolder()
    const first = openIn(folder)
    const records = [account(), account({ id: otherAccountId, savedKey: null, isSample: true })]
    first.transaction((write) => {
      for (const record of records) write.putAccount(record)
      write.putAsset(asset('r1', { progress: 12.5, errorMessage: 'ünï 🙂', createdAt: null }))
      write.putOperation(failed)
      write.putDraft(draft)
      write.putMeta('salt', 'abc')
    })
    first.close()

    const { read } = openIn(folder)
    expect(read.accounts()).toEqual(records)
    expect(read.account(otherAccountId)).toEqual(records[1])
    expect(read.assetRecords(accountId, 'replica')).toEqual([
      asset('r1', { progress: 12.5, errorMessage: 'ünï 🙂', createdAt: null })
    ])
    expect(read.operations(['refused'])).toEqual([failed])
    expect(read.drafts()).toEqual([draft])
    expect(read.meta('salt')).toBe('abc')
    expect(read.meta('pepper')).toBeNull()
  })

  it('a later put takes the place of the earlier one', () => {
    const store = openIn(temporaryFolder())
    store.transaction((write) => {
      write.putAccount(account())
      write.putAccount(account({ name: 'Renamed', isReadOnly: true }))
      write.putAsset(asset('r1'))
      write.putAsset(asset('r1', { name: 'Bea', status: 'failed' }))
      write.putOperation(deletion('r1', { state: 'queued' }))
      write.putOperation(deletion('r1', { state: 'done', finishedAt: startAt }))
      write.putDraft(draft)
      write.putDraft({ ...draft, json: '{"accountId":null}' })
      write.putMeta('salt', 'a')
      write.putMeta('salt', 'b')
    })
    expect(store.read.accounts()).toEqual([account({ name: 'Renamed', isReadOnly: true })])
    expect(store.read.asset(refOf('r1'))).toMatchObject({ name: 'Bea', status: 'failed' })
    expect(store.read.operations(['queued', 'done']).map((op) => op.state)).toEqual(['done'])
    expect(store.read.drafts()).toEqual([{ ...draft, json: '{"accountId":null}' }])
    expect(store.read.meta('salt')).toBe('b')
  })

  it('an account that is removed leaves its history, its drafts and its open operations', () => {
    const store = openIn(temporaryFolder())
    store.transaction((write) => {
      write.putAccount(account())
      write.putAsset(asset('r1'))
      write.putAsset(asset('r2', { ref: refOf('r2', otherAccountId) }))
      write.putDraft(draft)
      write.putOperation(deletion('r1', { id: 'open', state: 'unclear' }))
      write.putOperation(deletion('r1', { id: 'closed', state: 'done' }))
      write.append(happening())
      write.removeAccount(accountId)
    })
    expect(store.read.accounts()).toEqual([])
    expect(store.read.assets(everything).rows.map((row) => row.ref.id)).toEqual(['r2'])
    expect(store.read.drafts()).toEqual([draft])
    expect(store.read.operations(['unclear', 'done']).map((op) => op.id)).toEqual(['open'])
    expect(store.read.history(allHistory).rows).toHaveLength(1)
  })
})

describe('the library', () => {
  const filled = () => {
    const store = openIn(temporaryFolder())
    store.transaction((write) => {
      write.putAsset(asset('r1', { name: 'Ánna', createdAt: '2026-01-03T00:00:00.000Z' }))
      write.putAsset(
        asset('r2', { name: 'bob 100%', status: 'training', createdAt: '2026-01-01T00:00:00.000Z' })
      )
      write.putAsset(asset('r3', { name: 'Cy_d', status: 'failed', origin: null, createdAt: null }))
      write.putAsset(
        asset('s4', { name: 'Stock Dee', origin: 'stock', createdAt: '2026-01-02T00:00:00.000Z' })
      )
      write.putAsset(
        asset('r5', {
          ref: refOf('r5', otherAccountId),
          name: 'Eve',
          status: 'preview',
          presence: 'gone',
          createdAt: '2026-01-04T00:00:00.000Z'
        })
      )
    })
    return store
  }

  it.each<[string, Partial<AssetQuery>, readonly string[]]>([
    ['newest first; unknown counts as first seen', {}, ['r3', 'r5', 'r1', 's4', 'r2']],
    ['oldest first', { sort: 'created-asc' }, ['r2', 's4', 'r1', 'r5', 'r3']],
    ['by name, accents and case aside', { sort: 'name-asc' }, ['r1', 'r2', 'r3', 'r5', 's4']],
    ['by name backwards', { sort: 'name-desc' }, ['s4', 'r5', 'r3', 'r2', 'r1']],
    ['by status, unfinished first', { sort: 'status' }, ['r2', 'r5', 'r3', 'r1', 's4']],
    ['by status backwards', { sort: 'status-desc' }, ['s4', 'r1', 'r3', 'r5', 'r2']],
    ['by id', { sort: 'id-asc' }, ['r1', 'r2', 'r3', 'r5', 's4']],
    ['by id backwards, a range', { sort: 'id-desc', offset: 1, limit: 2 }, ['r5', 'r3']],
    ['by type, the untold last', { sort: 'type-desc' }, ['s4', 'r1', 'r2', 'r5', 'r3']],
    ['by account', { sort: 'account-asc', search: 'r' }, ['r1', 'r2', 'r3', 'r5']],
    ['own, with those of untold origin', { origin: 'own' }, ['r3', 'r5', 'r1', 'r2']],
    ['stock', { origin: 'stock' }, ['s4']],
    ['listed', { presence: 'listed' }, ['r3', 'r1', 's4', 'r2']],
    ['gone', { presence: 'gone' }, ['r5']],
    ['statuses', { statuses: ['training', 'failed'] }, ['r3', 'r2']],
    ['no status', { statuses: [] }, []],
    ['one account', { accountId: otherAccountId }, ['r5']],
    ['videos', { kind: 'video' }, []],
    ['search without accents', { search: 'anna' }, ['r1']],
    ['search for an id', { search: 'S4' }, ['s4']],
    ['search for two words in any order', { search: 'dee stock' }, ['s4']],
    ['a percent sign is itself', { search: '%' }, ['r2']],
    ['an underscore is itself', { search: '_' }, ['r3']],
    ['a quote finds nothing and breaks nothing', { search: `'; DROP TABLE asset --` }, []],
    ['a range', { offset: 1, limit: 2 }, ['r5', 'r1']],
    ['past the end', { offset: 10 }, []]
  ])('%s', (_what, query, ids) => {
    const page = filled().read.assets({ ...everything, ...query })
    expect(page.rows.map((row) => row.ref.id)).toEqual(ids)
  })

  it.each<Partial<AssetQuery>>([
    {},
    { sort: 'created-asc' },
    { sort: 'name-asc' },
    { sort: 'name-desc' },
    { sort: 'status' },
    { sort: 'status-desc' },
    { sort: 'type-desc' },
    { sort: 'id-desc', origin: 'own' },
    { presence: 'listed', origin: 'own', sort: 'name-desc' }
  ])('knows the place of each in %o', (query) => {
    const { read } = filled()
    const { rows } = read.assets({ ...everything, ...query })
    const places = rows.map(({ ref }) =>
      read.assetPlace({ ...everything, ...query, offset: 2, limit: 1 }, ref)
    )
    expect(places).toEqual(rows.map((_row, index) => index))
  })

  it('knows no place for what is not in the listing', () => {
    const { read } = filled()
    const query: AssetQuery = { ...everything, presence: 'listed' }
    expect(read.assetPlace(query, refOf('r5', otherAccountId))).toBeNull()
    expect(read.assetPlace(query, refOf('r1', otherAccountId))).toBeNull()
    expect(read.assetPlace({ ...query, search: 'bob' }, refOf('r1'))).toBeNull()
  })

  it.each<[string, string, number, Partial<AssetQuery>, string | null]>([
    ['a name, accents and case aside', 'AN', 0, {}, 'r1'],
    ['a name before a word of an earlier one', 'd', 0, { sort: 'name-desc' }, 's4'],
    ['the next from a place on', 'e', 2, {}, 'r5'],
    ['around the end', 'bob', 5, {}, 'r2'],
    ['with a space', 'stock d', 0, {}, 's4'],
    ['nothing within a word', 'nna', 0, {}, null],
    ['nothing outside the listing', 'e', 0, { presence: 'listed' }, null],
    ['a sign as itself', '%', 0, {}, null]
  ])('finds by what is typed: %s', (_what, text, from, query, id) => {
    const { read } = filled()
    const asked: AssetQuery = { ...everything, ...query }
    const found = read.assetTyped(asked, text, from)
    expect(found?.ref.id ?? null).toBe(id)
    if (found !== null) expect(read.assets(asked).rows[found.place]?.ref).toEqual(found.ref)
  })

  it('sorts anew once something was written', () => {
    const store = filled()
    const byId = (): readonly string[] =>
      store.read.assets({ ...everything, sort: 'id-asc' }).rows.map(({ ref }) => ref.id)
    expect(byId()[0]).toBe('r1')
    store.transaction((write) => write.putAsset(asset('a0')))
    expect(byId()[0]).toBe('a0')
  })

  it('the total counts all rows, not those of the range', () => {
    const page = filled().read.assets({ ...everything, origin: 'own', offset: 1, limit: 2 })
    expect(page.total).toBe(4)
  })

  it('counts anew after a write, and past the end', () => {
    const store = filled()
    const total = (query: Partial<AssetQuery>) =>
      store.read.assets({ ...everything, ...query }).total
    const few = { origin: 'own', limit: 2 } as const
    expect([total(few), total({ limit: 1 }), total({ offset: 9 }), total({ offset: 3 })]).toEqual([
      4, 5, 5, 5
    ])
    store.transaction((write) => write.putAsset(asset('r6')))
    expect([total(few), total({ limit: 1 })]).toEqual([5, 6])
  })

  it('counts what is listed, its own by status', () => {
    const { read } = filled()
    const counts = { own: 3, stock: 1, ready: 1, unfinished: 1, failed: 1 }
    expect(read.counts(null).byKind.replica).toEqual(counts)
    expect(read.counts(accountId).byKind.replica).toEqual(counts)
    expect(read.counts(otherAccountId).byKind.replica.own).toBe(0)
  })

  it('knows what is unfinished and still listed', () => {
    expect(
      filled()
        .read.unfinishedAssets()
        .map((one) => one.ref.id)
    ).toEqual(['r2'])
  })
})

describe('what became of a deletion', () => {
  const later = '2026-03-01T11:00:00.000Z'
  it.each<[string, readonly Partial<Operation>[], string | null]>([
    ['none', [], null],
    ['queued', [{ state: 'queued' }], 'waiting'],
    ['sent', [{ state: 'sent' }], 'in-flight'],
    ['planned', [{ state: 'planned' }], 'held'],
    ['held', [{ state: 'held' }], 'held'],
    ['accepted', [{ state: 'accepted' }], 'accepted'],
    ['accepted without an end', [{ state: 'accepted', found: 'there' }], 'overdue'],
    ['unclear', [{ state: 'unclear' }], 'unclear'],
    ['done and seen since', [{ state: 'done', finishedAt: startAt }], 'asked-still-listed'],
    ['gone and seen since', [{ state: 'already-gone', finishedAt: startAt }], 'asked-still-listed'],
    ['done, not seen since', [{ state: 'done', finishedAt: later }], null],
    ['not found', [{ state: 'not-found', finishedAt: startAt }], null],
    ['refused', [{ state: 'refused' }], null],
    ['canceled', [{ state: 'canceled' }], null],
    ['unclear, then a refused one', [{ state: 'unclear' }, { state: 'refused' }], 'unclear'],
    ['unclear, then a new one', [{ state: 'unclear' }, { state: 'sent' }], 'in-flight'],
    ['another kind', [{ kind: 'rename', mode: null, state: 'sent' }], null],
    ['another account', [{ accountId: otherAccountId }], null]
  ])('%s', (_what, operations, state) => {
    const store = openIn(temporaryFolder())
    store.transaction((write) => {
      write.putAsset(asset('r1', { lastSeenAt: '2026-03-01T10:30:00.000Z' }))
      for (const [index, changes] of operations.entries()) {
        write.putOperation(deletion('r1', { id: `op-${index}`, ...changes }))
      }
    })
    const told = store.read.asset(refOf('r1'))?.deletion ?? null
    expect(told?.state ?? null).toBe(state)
    expect(store.read.assets(everything).rows.map((row) => row.deletion)).toEqual([told])
  })

  it('is not told of an asset that is gone', () => {
    const store = openIn(temporaryFolder())
    store.transaction((write) => {
      write.putAsset(asset('r1', { presence: 'gone', lastSeenAt: later }))
      write.putOperation(deletion('r1', { state: 'done', finishedAt: startAt }))
    })
    expect(store.read.asset(refOf('r1'))?.deletion).toBeNull()
  })
})

describe('the history', () => {
  const filled = () => {
    const store = openIn(temporaryFolder())
    store.transaction((write) => {
      write.append(happening({ type: 'account-added', assetId: null, assetName: null }))
      write.append(happening({ assetId: 'r79ab12', assetName: 'Anna-Lena Müller' }))
      write.append(happening({ type: 'deletion-asked', operationId: 'op-1', assetId: 'r2' }))
      write.append(
        happening({ type: 'asset-vanished', operationId: 'op-1', assetName: 'By this app' })
      )
      write.append(happening({ type: 'asset-status-changed', body: { said: 'lips out of frame' } }))
      write.append(
        happening({ type: 'creation-asked', accountId: otherAccountId, accountName: 'Lab' })
      )
      write.append(
        happening({
          type: 'video-uploaded',
          ...{
            accountId: null,
            accountName: null,
            assetKind: null,
            assetId: null,
            assetName: null
          },
          body: { file: 'take.mp4' }
        })
      )
    })
    return store
  }

  it.each<[string, Partial<HistoryQuery>, readonly number[]]>([
    ['all, newest first', {}, [7, 6, 5, 4, 3, 2, 1]],
    ['uploads', { group: 'uploads' }, [7]],
    ['uploads, searched', { group: 'uploads', search: 'take' }, [7]],
    ['deletions', { group: 'deletions' }, [3]],
    ['creations and what became of them', { group: 'creations' }, [6, 5]],
    ['elsewhere: not by this app', { group: 'elsewhere' }, [2]],
    ['an account', { accountId: otherAccountId }, [6]],
    ['an asset', { asset: refOf('r2') }, [3]],
    ['the start of a word', { search: 'mull' }, [2]],
    ['the start of an id', { search: 'r79' }, [2]],
    ['an account name', { search: 'lab' }, [6]],
    ['a type', { search: 'deletion-asked' }, [3]],
    ['a word of the body', { search: 'LIPS' }, [5]],
    ['two words', { search: 'lena anna' }, [2]],
    ['within a group', { search: 'anna', group: 'deletions' }, [3]],
    ['query words are plain words', { search: 'NOT anna OR' }, []],
    ['quotes, stars, brackets', { search: '"anna"* ( -lena ^:' }, [2]],
    ['only signs', { search: '"*' }, []],
    ['NUL', { search: 'anna\0lena' }, [2]],
    ['older than', { beforeSeq: 3 }, [2, 1]],
    ['older than, searched', { beforeSeq: 3, search: 'studio' }, [2, 1]]
  ])('%s', (_what, query, seqs) => {
    const page = filled().read.history({ ...allHistory, ...query })
    expect(page.rows.map((row) => row.seq)).toEqual(seqs)
    expect(page.hasMore).toBe(false)
  })

  it.each(['', 'studio'])('pages backwards (search "%s")', (search) => {
    const { read } = filled()
    const first = read.history({ ...allHistory, search, limit: 2 })
    expect(first.hasMore).toBe(true)
    const beforeSeq = first.rows.at(-1)?.seq ?? null
    const second = read.history({ ...allHistory, search, limit: 10, beforeSeq })
    expect(second.hasMore).toBe(false)
    const seqs = [...first.rows, ...second.rows].map((row) => row.seq)
    expect(seqs).toEqual(search === '' ? [7, 6, 5, 4, 3, 2, 1] : [5, 4, 3, 2, 1])
  })

  it('streams every record in order, over several slices', () => {
    const store = openIn(temporaryFolder())
    store.transaction((write) => {
      for (let index = 0; index < 1203; index += 1) write.append(happening())
    })
    const seqs = [...store.read.eachHistoryEvent()].map((event) => event.seq)
    expect(seqs).toEqual(Array.from({ length: 1203 }, (_, index) => index + 1))
    expect(store.read.historyHead()?.seq).toBe(1203)
  })

  it('tells of appended records once they are stored', () => {
    const store = openIn(temporaryFolder())
    const told: number[] = []
    store.onAppended((headSeq) => told.push(headSeq))
    store.transaction((write) => {
      write.append(happening())
      write.append(happening())
      expect(told).toEqual([])
    })
    store.transaction((write) => write.putMeta('a', 'b'))
    expect(told).toEqual([2])
  })
})

describe('a transaction', () => {
  it('leaves nothing behind when the work throws', () => {
    const store = openIn(temporaryFolder())
    const work = (write: StoreWrites): void => {
      write.putAsset(asset('r1'))
      write.append(happening())
      throw new Error('a bug')
    }
    expect(() => store.transaction(work)).toThrow('a bug')
    expect(store.read.assets(everything).total).toBe(0)
    expect(store.read.historyHead()).toBeNull()
    expect(store.transaction((write) => write.append(happening()))).toMatchObject({ ok: true })
  })

  it('is followed, where it failed, by what follows the last one that did not', async () => {
    const store = openIn(temporaryFolder())
    appendMany(store, 3)
    const failing = (write: StoreWrites): void => {
      write.append(happening())
      throw new Error('a bug')
    }
    expect(() => store.transaction(failing)).toThrow('a bug')
    appendMany(store, 2)
    expect(await store.checkHistory(null)).toMatchObject({ isIntact: true, checkedCount: 5 })
  })

  it('cannot be begun inside another one, wait, or be written to after its end', () => {
    const store = openIn(temporaryFolder())
    let kept: StoreWrites | null = null
    expect(() => store.transaction(() => store.transaction(() => null))).toThrow('inside another')
    expect(() => store.transaction(() => Promise.resolve())).toThrow('cannot wait')
    store.transaction((write) => {
      kept = write
    })
    expect(() => (kept as StoreWrites | null)?.putMeta('a', 'b')).toThrow('after its end')
  })

  it('keeps a NUL as U+FFFD, wherever it comes, and what is stored with it', async () => {
    const store = openIn(temporaryFolder())
    const result = store.transaction((write) => {
      write.putMeta('before', '\0x')
      write.putAsset(asset('r1', { name: 'An\0na' }))
      write.putAccount(account({ name: 'Stu\0dio' }))
      write.append(happening({ assetName: 'An\0na', body: { said: 'a\0b' } }))
    })
    expect(result).toMatchObject({ ok: true })
    expect(store.read.meta('before')).toBe('\ufffdx')
    expect(store.read.asset(refOf('r1'))?.name).toBe('An\ufffdna')
    expect(store.read.accounts()[0]?.name).toBe('Stu\ufffddio')
    expect(store.read.history(allHistory).rows[0]).toMatchObject({
      assetName: 'An\ufffdna',
      body: { said: 'a\ufffdb' }
    })
    expect((await store.checkHistory(null)).isIntact).toBe(true)
  })

  it('keeps as much of a text as a record can hold', async () => {
    const store = openIn(temporaryFolder())
    const result = store.transaction((write) =>
      write.append(
        happening({ assetName: `${'x'.repeat(499)}🙂`, body: { said: 'y'.repeat(5000) } })
      )
    )
    expect(result).toMatchObject({ ok: true })
    const [row] = store.read.history(allHistory).rows
    expect(row?.assetName).toBe(`${'x'.repeat(499)}\ufffd`)
    expect(row?.body['said']).toBe('y'.repeat(1000))
    expect((await store.checkHistory(null)).isIntact).toBe(true)
  })

  it('keeps halves of characters in a form that still fits its hash', async () => {
    const store = openIn(temporaryFolder())
    store.transaction((write) =>
      write.append(happening({ assetName: 'a\ud800b', body: { said: '\udc00' } }))
    )
    expect(store.read.history(allHistory).rows[0]?.assetName).toBe('a\ufffdb')
    expect((await store.checkHistory(null)).isIntact).toBe(true)
  })

  it('is over before a listener that throws is heard', () => {
    const store = openIn(temporaryFolder())
    store.onAppended(() => {
      throw new Error('a bug elsewhere')
    })
    expect(store.transaction((write) => write.append(happening()))).toMatchObject({ ok: true })
  })
})

describe('the files', () => {
  it.skipIf(process.platform === 'win32')('belong to their owner alone', () => {
    const folder = join(temporaryFolder(), 'data')
    const store = openIn(folder)
    store.transaction((write) => write.append(happening()))
    const rights = (path: string): number => statSync(path).mode & 0o777
    expect(rights(folder)).toBe(0o700)
    for (const name of ['library.sqlite', 'library.sqlite-wal', 'library.sqlite-shm']) {
      expect(rights(join(folder, name))).toBe(0o600)
    }
  })

  it('work in a folder with signs in its name', () => {
    const folder = join(temporaryFolder(), 'a %41 #b 🙂 ö')
    openIn(folder).transaction((write) => write.putMeta('a', 'b'))
    expect(openIn(folder).read.meta('a')).toBe('b')
  })
})

describe('schema steps', () => {
  const nextVersion = latestVersion(migrations) + 1
  const following: Migration = {
    version: nextVersion,
    up: (sql) => sql.exec(`ALTER TABLE account ADD COLUMN note TEXT NOT NULL DEFAULT 'none'`)
  }
  const broken: Migration = {
    version: nextVersion,
    up: (sql) => {
      sql.exec('ALTER TABLE account ADD COLUMN note TEXT')
      sql.exec('ALTER TABLE nothing ADD COLUMN note TEXT')
    }
  }

  it('come one after another, each from every older version', () => {
    expect(migrations.map((step) => step.version)).toEqual(migrations.map((_, index) => index + 1))
    const steps = [...migrations, following]
    for (const known of migrations) {
      const file = join(temporaryFolder(), 'old.sqlite')
      const sql = openSql(file)
      for (const step of steps) {
        applyMigration(sql, step)
        if (step.version === known.version) sql.exec(`INSERT INTO meta VALUES ('a', 'b')`)
      }
      expect(sql.all('PRAGMA user_version')).toEqual([{ user_version: nextVersion }])
      expect(sql.all('SELECT * FROM meta')).toEqual([{ key: 'a', value: 'b' }])
      sql.close()
    }
  })

  it('keep what was stored, with a backup of how it was', async () => {
    const folder = temporaryFolder()
    const old = openIn(folder)
    old.transaction((write) => {
      write.putAccount(account())
      write.append(happening())
    })
    old.close()
    const store = openIn(folder, { migrations: [...migrations, following] })
    expect(store.health()).toEqual({ state: 'ok' })
    expect(store.read.accounts()).toEqual([account()])
    expect((await store.checkHistory(null)).isIntact).toBe(true)
    expect(backupNames(folder)).toEqual([
      expect.stringMatching(new RegExp(`^before-v${nextVersion}-`))
    ])
  })

  it('that fail leave the older schema whole, readable and not written to', () => {
    const folder = temporaryFolder()
    const old = openIn(folder)
    old.transaction((write) => write.putAccount(account()))
    old.close()
    const store = openIn(folder, { migrations: [...migrations, broken] })
    expect(store.health()).toEqual({ state: 'read-only' })
    expect(store.read.accounts()).toEqual([account()])
    expect(store.transaction((write) => write.putMeta('a', 'b'))).toEqual({
      ok: false,
      error: { kind: 'storage-failed', reason: 'no-access' }
    })
    store.close()
    expect(openIn(folder).health()).toEqual({ state: 'ok' })
  })
})

describe('voices and the replicas that name them', () => {
  const named = (original: string | null, chosen: string | null) =>
    [
      ['original_voice_id', original],
      ['default_voice_id', chosen]
    ].flatMap(([name, value]) => (name && value ? [{ name, value }] : []))
  const voiceRef = (id: string) => ({ ...refOf(id), kind: 'voice' as const })
  const voice = (id: string, name: string) => ({ ...asset(id), ref: voiceRef(id), name })

  it('are found from either side, only what is listed, and only of the account', () => {
    const store = openIn(temporaryFolder())
    const { read } = store
    store.transaction((write) => {
      write.putAccount(account())
      write.putAccount(account({ id: otherAccountId }))
      write.putAsset(voice('v1', 'Mia'))
      write.putAsset(voice('v2', 'Narrator'))
      write.putAsset({ ...asset('r1', { name: 'Zoe' }), details: named('v1', 'v2') })
      write.putAsset({ ...asset('r2', { name: 'Mia' }), details: named('v1', 'v1') })
      write.putAsset({
        ...asset('r3', { name: 'Gone' }),
        details: named('v1', 'v1'),
        presence: 'gone'
      })
      write.putAsset({ ...asset('r4'), details: [{ name: 'script', value: 'v1' }] })
      const elsewhere = refOf('r5', otherAccountId)
      write.putAsset({ ...asset('r5'), ref: elsewhere, details: named('v1', 'v1') })
    })
    expect(read.voiceUses(voiceRef('v1'))).toEqual([
      { ref: refOf('r2'), name: 'Mia', how: ['original', 'default'] },
      { ref: refOf('r1'), name: 'Zoe', how: ['original'] }
    ])
    expect(read.voiceUses(refOf('r1'))).toEqual([
      { ref: voiceRef('v1'), name: 'Mia', how: ['original'] },
      { ref: voiceRef('v2'), name: 'Narrator', how: ['default'] }
    ])
    expect(read.voiceUses(refOf('r4'))).toEqual([])
    expect(read.voiceUses({ ...refOf('r1'), kind: 'video' })).toEqual([])
  })

  it('so are PALs with the face that they show and the voice that they speak with', () => {
    const store = openIn(temporaryFolder())
    const { read } = store
    const palRef = (id: string) => ({ ...refOf(id), kind: 'persona' as const })
    const speaking = [{ name: 'voice_id', value: 'v1' }]
    store.transaction((write) => {
      write.putAccount(account())
      write.putAsset(voice('v1', 'Narrator'))
      write.putAsset(asset('r1', { name: 'Zoe' }))
      const pal = { ...asset('p1', { name: 'Guide' }), ref: palRef('p1') }
      write.putAsset({ ...pal, parentId: refOf('r1').id, details: speaking })
      const gone = { ...asset('p2'), ref: palRef('p2'), presence: 'gone' as const }
      write.putAsset({ ...gone, parentId: refOf('r1').id, details: speaking })
      const other = { ...asset('p3'), ref: palRef('p3') }
      write.putAsset({ ...other, details: [{ name: 'external_voice_id', value: 'v1' }] })
    })
    expect(read.voiceUses(palRef('p1'))).toEqual([
      { ref: voiceRef('v1'), name: 'Narrator', how: ['own'] },
      { ref: refOf('r1'), name: 'Zoe', how: ['shows'] }
    ])
    expect(read.voiceUses(voiceRef('v1'))).toEqual([
      { ref: palRef('p1'), name: 'Guide', how: ['own'] }
    ])
    expect(read.voiceUses(refOf('r1'))).toEqual([
      { ref: palRef('p1'), name: 'Guide', how: ['shows'] }
    ])
    expect(read.asset(palRef('p1'))).toMatchObject({ parentName: 'Zoe', voiceName: 'Narrator' })
    expect(read.asset(palRef('p3'))?.voiceName).toBeUndefined()
  })
})
