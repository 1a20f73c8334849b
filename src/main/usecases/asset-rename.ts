import type { HistoryEventType } from '../../shared/catalogue/history-events.ts'
import { type Target, targetKey } from '../../shared/catalogue/keys.ts'
import type { Asset, AssetRef } from '../../shared/domain/asset.ts'
import type { HistoryBody } from '../../shared/domain/history.ts'
import { fail, ok, type Result } from '../../shared/result.ts'
import type { Clock } from '../ports/clock.ts'
import type { Emit } from '../ports/emit.ts'
import type { Provider } from '../ports/provider.ts'
import type { AccountRecord, Store } from '../ports/store.ts'
import { findWritableAccount } from './account-view.ts'
import { assetEvent } from './history-event.ts'
import type { KeyRing } from './key-ring.ts'
import { newId } from './new-id.ts'

/** Which names were given here, and since when; a listing that began before still has the old one. */
export interface GivenNames {
  /** From now on until the answer is called, the name is this app's to tell. */
  give(ref: AssetRef): () => void
  isGivenSince(target: Target, beganAt: string): boolean
}

export const createGivenNames = (clock: Pick<Clock, 'nowAt'>): GivenNames => {
  /** Null: its answer is not there yet. */
  const answeredAt = new Map<string, string | null>()
  return {
    give: (ref) => {
      answeredAt.set(targetKey(ref), null)
      return () => answeredAt.set(targetKey(ref), clock.nowAt())
    },
    isGivenSince: (target, beganAt) => {
      const at = answeredAt.get(targetKey(target))
      return at === null || (at !== undefined && at >= beganAt)
    }
  }
}

export interface RenameDeps {
  readonly store: Store
  readonly keyRing: KeyRing
  readonly providerOf: (account: AccountRecord) => Provider
  readonly clock: Clock
  readonly emit: Emit
}

/** Renaming at the provider, then here, with both on record. */
export const createRename = (deps: RenameDeps, names: GivenNames) => {
  const { store, clock } = deps

  return async (ref: AssetRef, name: string): Promise<Result<Asset>> => {
    const account = findWritableAccount(store, ref.accountId)
    const asset = store.read.asset(ref)
    if (!account.ok) return account
    if (asset === null) return fail({ kind: 'not-found' })
    const wanted = name.trim()
    if (wanted === '' || /\p{Cc}/u.test(wanted)) {
      return fail({
        kind: 'invalid-input',
        issues: [{ field: 'name', code: 'bad-name', said: null }]
      })
    }
    const { deletion: _worked, ...record } = asset
    const operationId = newId('op')
    const about = (type: HistoryEventType, body: HistoryBody) =>
      assetEvent(type, account.value, { ...ref, name: asset.name }, body, operationId)
    const asked = store.transaction((writes) =>
      writes.append(about('rename-asked', { to: wanted }))
    )
    if (!asked.ok) return asked
    const connection = deps.keyRing.connect(account.value)
    const signal = new AbortController().signal
    const provider = deps.providerOf(account.value)
    const given = names.give(ref)
    const answer = await provider.rename(connection, ref.kind, ref.id, wanted, signal)
    const stored = store.transaction((writes) => {
      if (answer.ok) {
        writes.putAsset({ ...record, name: wanted, lastSeenAt: clock.nowAt() })
        writes.append(about('rename-answered', { from: asset.name, to: wanted }))
      } else {
        writes.append(about('rename-failed', { reason: answer.error.kind }))
      }
    })
    given()
    deps.emit('library:changed', { accountId: ref.accountId })
    if (!answer.ok) return answer
    if (!stored.ok) return stored
    const renamed = store.read.asset(ref)
    return renamed === null ? fail({ kind: 'not-found' }) : ok(renamed)
  }
}
