import { keeperName, kinds, type TargetKind } from '../../shared/catalogue/kinds.ts'
import type { Asset } from '../../shared/domain/asset.ts'
import { capital } from './capital.ts'
import { countOf, number } from './time-words.ts'

/** "12 replicas", or "12 items" where they are of several kinds. */
export const countOfKind = (count: number, kind: TargetKind | null): string =>
  countOf(count, kind === null ? 'item' : kinds[kind].noun)

/** "Replicas", as the title of all of them. */
export const kindsTitle = (kind: TargetKind): string => capital(kinds[kind].plural)

/** "Conversations", as a heading. */
export const kindHeading = (kind: TargetKind, count: number): string => {
  const name = count === 1 ? kinds[kind].noun : kinds[kind].plural
  return `${name.charAt(0).toUpperCase()}${name.slice(1)}`
}

/** "3 of 12". */
export const partOf = (part: number, whole: number): string => `${number(part)} of ${number(whole)}`

/** Who keeps things of a kind, within a sentence. */
export const keeperText = (kind: TargetKind | null): string =>
  kind === null ? 'the provider' : keeperName(kind)

/** Who keeps things of several kinds, within a sentence. */
export const whoKeepsAll = (among: readonly TargetKind[]): string => {
  const [first, ...others] = [...new Set(among.map(keeperName))]
  return first === undefined || others.length > 0 ? 'the provider' : first
}

/** The entry that deletes for good; Replicate knows no other way. */
export const deleteForGoodText = (kind: TargetKind): string =>
  !kinds[kind].hasSoftDelete ? `Delete ${kinds[kind].noun}…` : 'Delete permanently…'

/** A face of one's own, which videos, conversations and personas may carry too. */
export const isWholeLikeness = ({ ref, origin }: Pick<Asset, 'ref' | 'origin'>): boolean =>
  ref.kind === 'replica' && origin !== 'stock'
