import { expect, it } from 'vitest'
import { account, accountId, deletion, otherAccountId } from '../../../test/main/storage/records.ts'
import { openIn, temporaryFolder } from '../../../test/main/storage/temporary-store.ts'
import type { ProofRecord } from '../ports/store.ts'

const look = (id: string, operationId: string, dueAt: string): ProofRecord => ({
  id,
  operationId,
  what: 'asset',
  address: null,
  dueAt,
  checkedAt: null,
  result: null
})

it('looks that are due in the same hour of an account count as one, soonest first', () => {
  const store = openIn(temporaryFolder())
  store.transaction((write) => {
    write.putAccount(account())
    write.putAccount(account({ id: otherAccountId }))
    write.putOperation(deletion('r1', { assetName: 'Amara' }))
    write.putOperation(deletion('r2', { assetName: 'Ben' }))
    write.putOperation(deletion('r3', { assetName: 'Chen', accountId: otherAccountId }))
    write.putProof(look('prf_1', 'op-r1', '2026-03-02T10:20:00.000Z'))
    write.putProof(look('prf_2', 'op-r2', '2026-03-02T10:10:00.000Z'))
    write.putProof({ ...look('prf_3', 'op-r1', '2026-03-02T10:20:00.000Z'), what: 'hosted' })
    write.putProof(look('prf_4', 'op-r3', '2026-03-02T10:30:00.000Z'))
    write.putProof(look('prf_5', 'op-r1', '2026-05-30T10:20:00.000Z'))
    write.putProof({
      ...look('prf_6', 'op-r1', '2026-03-01T10:20:00.000Z'),
      checkedAt: '2026-03-01T10:20:01.000Z',
      result: 'gone'
    })
  })
  expect(store.read.pendingProofs()).toEqual([
    { accountId, dueAt: '2026-03-02T10:10:00.000Z', count: 2, name: 'Amara' },
    { accountId: otherAccountId, dueAt: '2026-03-02T10:30:00.000Z', count: 1, name: 'Chen' },
    { accountId, dueAt: '2026-05-30T10:20:00.000Z', count: 1, name: 'Amara' }
  ])
})
