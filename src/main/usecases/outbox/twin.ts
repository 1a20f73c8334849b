import type { TargetRef } from '../../../shared/domain/asset.ts'
import type { AppError } from '../../../shared/errors.ts'
import type { Operation, Store } from '../../ports/store.ts'
import { isSameServer } from '../../rules/api-address.ts'
import { isOverdue } from './batch-rules.ts'
import { assetOf } from './settle-item.ts'

/** Why the second of two deletions that are one is not sent. */
export const twinError: AppError = {
  kind: 'invalid-input',
  issues: [{ field: 'ref', code: 'twin', said: null }]
}

/** The same key at the same server. */
const hasSameConnection = (one: Operation, other: Operation): boolean =>
  one.keyFingerprint !== null &&
  one.keyFingerprint === other.keyFingerprint &&
  one.provider === other.provider &&
  one.origin !== null &&
  other.origin !== null &&
  isSameServer(one.origin, other.origin)

/** It left, and the thing was not listed again since. */
const isAsked = (store: Store, item: Operation, other: Operation): boolean => {
  const { state, found, finishedAt } = other
  if (state === 'sent' || state === 'unclear') return true
  if (state === 'accepted') return !isOverdue({ state, found })
  if (state !== 'done' && state !== 'gone' && state !== 'already-gone') return false
  if (other.batchId === item.batchId) return true
  const seenAt = assetOf(store, item)?.lastSeenAt
  return finishedAt !== null && (seenAt === undefined || finishedAt >= seenAt)
}

/**
 * True if the same thing was already asked to be deleted through another account with the same key at the same server.
 * Such accounts cannot be added any more, but there may be some from before that.
 */
export const isAskedByTwin = (store: Store, item: Operation): boolean => {
  if (item.keyFingerprint === null || item.assetId === null) return false
  const target = { kind: item.assetKind, id: item.assetId } as Pick<TargetRef, 'kind' | 'id'>
  return store.read
    .accounts()
    .filter(({ id, provider }) => id !== item.accountId && provider === item.provider)
    .flatMap(({ id }) => store.read.deletionsOf({ ...target, accountId: id } as TargetRef))
    .some(
      (other) =>
        (other.mode === item.mode || other.mode === 'permanent') &&
        hasSameConnection(item, other) &&
        isAsked(store, item, other)
    )
}
