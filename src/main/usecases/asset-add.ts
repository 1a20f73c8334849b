import type { AccountId } from '../../shared/domain/account.ts'
import type { Asset } from '../../shared/domain/asset.ts'
import { fail, ok, type Result } from '../../shared/result.ts'
import type { Clock } from '../ports/clock.ts'
import type { Emit } from '../ports/emit.ts'
import type { Finder, ObservedAsset, OnFound, Provider } from '../ports/provider.ts'
import type { AccountRecord, Store } from '../ports/store.ts'
import { findAccount } from './account-view.ts'
import { byHand, withFoundIn } from './found-in.ts'
import type { KeyRing } from './key-ring.ts'
import type { LibraryKeeper } from './library-keeper.ts'

export interface AssetAddDeps {
  readonly store: Store
  readonly keyRing: KeyRing
  readonly providerOf: (account: AccountRecord) => Provider
  /** Null: the account's provider lists everything, so nothing has to be named. */
  readonly finderOf: (account: AccountRecord) => Finder | null
  readonly clock: Clock
  readonly emit: Emit
}

const refuse = (code: string) =>
  fail({ kind: 'invalid-input', issues: [{ field: 'text', code, said: null }] })

const markedByHand = (asset: ObservedAsset): ObservedAsset => ({
  ...asset,
  details: withFoundIn([...asset.details, byHand], null)
})

/** Adding an asset that the person names, together with what it belongs to and what belongs to it. */
export const createAssetAdd = (deps: AssetAddDeps, { keepRows }: LibraryKeeper) => {
  const { store, clock } = deps
  const { signal } = new AbortController()

  /** A version's model, or a model's versions; what cannot be read now comes with the next refresh. */
  const readRelated = async (
    account: AccountRecord,
    { kind, id, parentId }: ObservedAsset
  ): Promise<readonly ObservedAsset[]> => {
    const provider = deps.providerOf(account)
    const connection = deps.keyRing.connect(account)
    const [top, below] = provider.kinds
    if (top !== undefined && kind !== top && parentId !== null) {
      const parent = await provider.get(connection, top, parentId, signal)
      return parent.ok && parent.value.found !== null ? [markedByHand(parent.value.found)] : []
    }
    if (below === undefined) return []
    const related: ObservedAsset[] = []
    const take: OnFound = async (found) => {
      related.push(...found)
      return ok(null)
    }
    await provider.list(connection, below, signal, take, () => [id])
    return related
  }

  return async (accountId: AccountId, text: string): Promise<Result<Asset>> => {
    const account = findAccount(store, accountId)
    if (!account.ok) return account
    const finder = deps.finderOf(account.value)
    if (finder === null) return refuse('not-offered')
    const named = finder.readName(text)
    if (!named.ok) return named
    const beganAt = clock.nowAt()
    const connection = deps.keyRing.connect(account.value)
    const looked = await deps
      .providerOf(account.value)
      .get(connection, named.value.kind, named.value.id, signal)
    if (!looked.ok) return looked
    const { found } = looked.value
    if (found === null) return fail({ kind: 'not-found' })
    for (const asset of [markedByHand(found), ...(await readRelated(account.value, found))]) {
      const kept = await keepRows(accountId, asset.kind, [asset], beganAt)
      if (!kept.ok) return kept
    }
    deps.emit('library:changed', { accountId })
    const stored = store.read.asset({ accountId, kind: found.kind, id: found.id })
    return stored === null ? fail({ kind: 'not-found' }) : ok(stored)
  }
}
