import type { AssetKind } from '../../shared/catalogue/kinds.ts'
import type { ObservedAsset, Provider } from '../ports/provider.ts'
import type { AccountRecord, Store } from '../ports/store.ts'
import type { KeyRing } from './key-ring.ts'
import { isUnexplained } from './library-changes.ts'

export interface FailureReasonsDeps {
  readonly store: Pick<Store, 'read'>
  readonly keyRing: KeyRing
  readonly providerOf: (account: AccountRecord) => Provider
}

/** Failed assets whose reason is asked for after one listing, and how many of them at the same time. */
const mostReasons = 20
const reasonsAtATime = 4

/** Asks for the reasons of what failed while one list is walked. */
export interface Reasons {
  /** The same assets; with their reason those whose failure is news. */
  explain(assets: readonly ObservedAsset[]): Promise<readonly ObservedAsset[]>
  /** Of failures that were known before and are still without a reason, those for which one was found now. */
  explainOld(): Promise<readonly ObservedAsset[]>
}

/**
 * Lists do not carry the reason of a failure, so it is asked for before the failure is stored: then the history's
 * record of it says why, whoever saw it first. What failed just now comes before what has long been without a reason.
 */
export const createFailureReasons =
  (deps: FailureReasonsDeps) =>
  (account: AccountRecord, kind: AssetKind, signal: AbortSignal): Reasons => {
    const old: ObservedAsset[] = []
    let left = mostReasons

    const ask = async (
      assets: readonly ObservedAsset[]
    ): Promise<ReadonlyMap<string, ObservedAsset>> => {
      const asked = assets.slice(0, left)
      left -= asked.length
      const told = new Map<string, ObservedAsset>()
      for (let from = 0; from < asked.length && !signal.aborted; from += reasonsAtATime) {
        const answers = await Promise.all(
          asked.slice(from, from + reasonsAtATime).map(({ id }) => {
            const connection = deps.keyRing.connect(account)
            return deps.providerOf(account).get(connection, kind, id, signal)
          })
        )
        for (const answer of answers) {
          const found = answer.ok ? answer.value.found : null
          if (found?.status === 'failed') told.set(found.id, found)
        }
      }
      return told
    }

    return {
      explain: async (assets) => {
        const failed = assets.filter(isUnexplained)
        if (failed.length === 0) return assets
        const ids = failed.map(({ id }) => id)
        const known = new Map(
          deps.store.read
            .assetRecordsOf(account.id, kind, ids)
            .map((record) => [record.ref.id, record])
        )
        const isOld = ({ id }: ObservedAsset): boolean => known.get(id)?.status === 'failed'
        const isUnknown = ({ id }: ObservedAsset): boolean =>
          (known.get(id)?.errorMessage ?? null) === null
        old.push(
          ...failed
            .filter(isOld)
            .filter(isUnknown)
            .slice(0, mostReasons - old.length)
        )
        const told = await ask(failed.filter((asset) => !isOld(asset)))
        return assets.map((asset) => told.get(asset.id) ?? asset)
      },
      explainOld: async () => [...(await ask(old)).values()]
    }
  }
