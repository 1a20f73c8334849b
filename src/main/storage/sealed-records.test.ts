import { expect, it } from 'vitest'
import { storeOfVersion13 } from '../../../test/main/storage/older-store.ts'
import { happening } from '../../../test/main/storage/records.ts'
import {
  appendMany,
  openIn,
  tamper,
  temporaryFolder
} from '../../../test/main/storage/temporary-store.ts'

it('goes on from the records of version 13, which stay as they are, with sealed ones', async () => {
  const folder = temporaryFolder()
  storeOfVersion13(folder, [happening({ assetId: 'r1' }), happening({ assetId: 'r2' })])
  const store = openIn(folder)
  appendMany(store, 2)
  const seals = [...store.read.eachHistoryEvent()].map(({ seal }) => seal?.salt?.length ?? null)
  expect(seals).toEqual([null, null, 36, 36])
  expect(await store.checkHistory(null)).toMatchObject({ isIntact: true, checkedCount: 4 })
})

it('seals names and what somebody wrote, and nothing that the rest is understood by', () => {
  const store = openIn(temporaryFolder())
  const body = {
    status: 'failed',
    statusRaw: 'error',
    reason: 'Ana does not read the text',
    count: 1
  }
  store.transaction((write) => write.append(happening({ type: 'asset-status-changed', body })))
  store.transaction((write) =>
    write.append(happening({ type: 'deletion-failed', body: { reason: 'offline', said: 'Ana' } }))
  )
  expect([...store.read.eachHistoryEvent()].map(({ seal }) => seal?.keys)).toEqual([
    ['reason'],
    ['said']
  ])
})

it.each([
  ['a seal that cannot be read', `UPDATE history SET seal = '{"ke' WHERE seq = 2`],
  ['no seal', 'UPDATE history SET seal = NULL WHERE seq = 2'],
  [
    'another salt',
    `UPDATE history SET seal = replace(seal, '"salt":"', '"salt":"A') WHERE seq = 2`
  ],
  ['a mark that cannot be read', `UPDATE history SET forgotten = '{"by' WHERE seq = 2`],
  [
    'a mark of what nobody forgot',
    `UPDATE history SET forgotten = '{"by":3,"at":"x"}' WHERE seq = 2`
  ]
])('gives away %s', async (_what, tampering) => {
  const folder = temporaryFolder()
  const store = openIn(folder)
  appendMany(store, 3)
  store.close()
  tamper(folder, tampering)
  const check = await openIn(folder).checkHistory(null)
  expect(check).toMatchObject({ isIntact: false, firstBadSeq: 2 })
})
