import type { Asset, TargetKind } from '../../shared/domain/asset.ts'
import { assertNever } from '../../shared/result.ts'
import { countOf, number } from './time-words.ts'

/** What a thing of a kind is called. */
export const kindNoun = (kind: TargetKind): string => {
  switch (kind) {
    case 'replica':
    case 'video':
    case 'model':
    case 'version':
    case 'conversation':
    case 'persona':
      return kind
    default:
      return assertNever(kind)
  }
}

/** "12 replicas", or "12 items" where they are of several kinds. */
export const countOfKind = (count: number, kind: TargetKind | null): string =>
  countOf(count, kind === null ? 'item' : kindNoun(kind))

/** "Conversations", as a heading. */
export const kindHeading = (kind: TargetKind, count: number): string => {
  const noun = kindNoun(kind)
  const name = count === 1 ? noun : `${noun}s`
  return `${name.charAt(0).toUpperCase()}${name.slice(1)}`
}

/** "3 of 12". */
export const partOf = (part: number, whole: number): string => `${number(part)} of ${number(whole)}`

/** Who keeps things of a kind. */
export const whoKeeps = (kind: TargetKind | null): string =>
  kind === 'model' || kind === 'version' ? 'Replicate' : 'Tavus'

/** The same for things of several kinds, within a sentence. */
export const whoKeepsAll = (kinds: readonly TargetKind[]): string => {
  const [first, ...others] = [...new Set(kinds.map(whoKeeps))]
  return first === undefined || others.length > 0 ? 'the provider' : first
}

/** The entry that deletes for good; Replicate knows no other way. */
export const deleteForGoodText = (kind: TargetKind): string =>
  whoKeeps(kind) === 'Replicate' ? `Delete ${kindNoun(kind)}…` : 'Delete permanently…'

/** A face of one's own, which videos, conversations and personas may carry too. */
export const isWholeLikeness = ({ ref, origin }: Pick<Asset, 'ref' | 'origin'>): boolean =>
  ref.kind === 'replica' && origin !== 'stock'
