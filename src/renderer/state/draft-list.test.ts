import { expect, it } from 'vitest'
import type { Draft, DraftId } from '../../shared/domain/draft.ts'
import { mergeDrafts } from './draft-list.ts'

const draft = (id: string, replicaName = ''): Draft => ({ id, replicaName }) as unknown as Draft
const id = (text: string) => text as DraftId

it('keeps order and identity of what did not change', () => {
  const [a, b, c] = [draft('a'), draft('b'), draft('c')]
  const merged = mergeDrafts([a, b, c], {
    changed: [draft('d'), draft('b', 'Priya')],
    removedIds: [id('a')]
  })
  expect(merged).toEqual([draft('b', 'Priya'), draft('c'), draft('d')])
  expect(merged[1]).toBe(c)
})

it('takes the same news twice, as an answer and as an event', () => {
  const once = mergeDrafts([], { changed: [draft('a')] })
  expect(mergeDrafts(once, { changed: [draft('a')] })).toEqual([draft('a')])
})
