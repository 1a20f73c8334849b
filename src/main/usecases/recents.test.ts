import { expect, it } from 'vitest'
import type { AssetRecord } from '../../../src/shared/domain/asset.ts'
import { asset, refOf } from '../../../test/main/storage/records.ts'
import { createRecents } from './recents.ts'

const begin = () => {
  const known = new Map<string, AssetRecord>()
  let changes = 0
  const recents = createRecents({
    asset: ({ id }) => known.get(id) ?? null,
    onChanged: () => {
      changes += 1
    }
  })
  const open = (id: string) => {
    known.set(id, asset(id))
    recents.note(refOf(id))
  }
  return {
    known,
    recents,
    open,
    changes: () => changes,
    names: () => recents.list().map(({ name }) => name)
  }
}

it('lists what was opened last first, once each, and no more than a menu shows', () => {
  const { open, names, changes } = begin()
  for (const id of ['r1', 'r2', 'r1', 'r1']) open(id)
  expect(names()).toEqual(['Replica r1', 'Replica r2'])
  expect(changes()).toBe(3)
  for (let number = 3; number < 20; number += 1) open(`r${number}`)
  expect(names()).toHaveLength(8)
  expect(names()[0]).toBe('Replica r19')
})

it('forgets what is gone, and calls the rest by their names of now', () => {
  const { known, open, names, recents, changes } = begin()
  for (const id of ['r1', 'r2', 'r3']) open(id)
  known.delete('r1')
  known.set('r2', asset('r2', { presence: 'gone' }))
  known.set('r3', asset('r3', { name: 'Amara' }))
  expect(names()).toEqual(['Amara'])
  const before = changes()
  recents.review()
  recents.review()
  expect(changes()).toBe(before + 1)
})
