import type { Draft, DraftId } from '../../shared/domain/draft.ts'

export interface DraftChange {
  readonly changed: readonly Draft[]
  readonly removedIds?: readonly DraftId[]
}

/** The drafts after a change, in their order; new ones follow. What did not change stays the same object. */
export const mergeDrafts = (
  held: readonly Draft[],
  { changed, removedIds = [] }: DraftChange
): readonly Draft[] => {
  const removed = new Set(removedIds)
  const news = new Map(changed.map((draft) => [draft.id, draft]))
  const kept = held.filter(({ id }) => !removed.has(id)).map((draft) => news.get(draft.id) ?? draft)
  const known = new Set(held.map(({ id }) => id))
  return [...kept, ...changed.filter(({ id }) => !known.has(id))]
}
