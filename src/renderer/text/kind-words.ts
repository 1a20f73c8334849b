import { keeperName, kinds, type TargetKind, targetKinds } from '../../shared/catalogue/kinds.ts'
import { providers } from '../../shared/catalogue/providers.ts'
import type { Asset } from '../../shared/domain/asset.ts'
import { t } from '../../shared/messages/messages.ts'
import { anyOf } from './time-words.ts'

/** "12 replicas", or "12 items" where they are of several kinds. */
export const countOfKind = (count: number, kind: TargetKind | null): string =>
  t('kinds.count', { count, kind: kind ?? 'other' })

/** "Replicas", as the title of all of them. */
export const kindsTitle = (kind: TargetKind): string => kindHeading(kind, 2)

/** "Conversation" of one, "Conversations" of more. */
export const kindHeading = (kind: TargetKind, count: number): string =>
  t('kinds.heading', { kind, count })

/** "3 of 12". */
export const partOf = (part: number, whole: number): string => t('common.partOf', { part, whole })

/** Who keeps things of several kinds: the one provider, or any of theirs, in the catalogue's order. */
export const whoKeepsAll = (among: readonly TargetKind[]): string => {
  const keepers = new Set((among.length === 0 ? targetKinds : among).map(keeperName))
  const names = Object.values(providers).map(({ name }) => name)
  return anyOf(names.filter((name) => keepers.has(name)))
}

/** Who keeps things of a kind; any of the providers where the kind is not known. */
export const keeperText = (kind: TargetKind | null): string =>
  whoKeepsAll(kind === null ? [] : [kind])

/** The entry that deletes for good; Replicate knows no other way. */
export const deleteForGoodText = (kind: TargetKind): string =>
  t('kinds.deleteForGood', { kind: kinds[kind].hasSoftDelete ? 'other' : kind })

/** A face of one's own, which videos, conversations and personas may carry too. */
export const isWholeLikeness = ({ ref, origin }: Pick<Asset, 'ref' | 'origin'>): boolean =>
  ref.kind === 'replica' && origin !== 'stock'
