import { targetKey } from '../../shared/catalogue/keys.ts'
import { kinds } from '../../shared/catalogue/kinds.ts'
import type { AccountId } from '../../shared/domain/account.ts'
import type { Asset, AssetRef } from '../../shared/domain/asset.ts'
import type { DeletionPlan } from '../../shared/domain/plan.ts'
import type { Bridge } from '../../shared/ipc/bridge.ts'
import { ok, type Result } from '../../shared/result.ts'
import type { Slice } from './app-state.ts'
import { isDeletionOutOfReach } from './library-reach.ts'
import { blockedSteps, firstChoices, withoutSteps } from './plans.ts'

export interface DeletionSlice {
  /** Keys of assets whose deletion is being asked for; soon after, the rows say themselves where it stands. */
  readonly deleting: ReadonlySet<string>
  /** One click: what can be deleted softly is held and can be undone; what cannot is asked about first. */
  readonly deleteSoftly: (asset: Asset) => Promise<void>
  readonly deleteMany: (refs: readonly AssetRef[]) => Promise<void>
  /** Protects assets from every deletion, or lifts that. */
  readonly pin: (refs: readonly AssetRef[], isPinned: boolean) => Promise<void>
  readonly openPage: (asset: Pick<Asset, 'ref'>, page: 'home' | 'settings') => Promise<void>
}

const onlyAccount = (refs: readonly AssetRef[]): AccountId | null => {
  const [only, ...others] = [...new Set(refs.map(({ accountId }) => accountId))]
  return others.length > 0 ? null : (only ?? null)
}

/** As many as one request may name. */
const pinnedAtOnce = 500

export const createDeletionSlice =
  (bridge: Bridge): Slice<DeletionSlice> =>
  (set, get) => {
    /** The plan without what blocks, so that one pinned face does not hold up the others. */
    const withoutBlocked = async (plan: DeletionPlan): Promise<Result<DeletionPlan>> => {
      const blocked = blockedSteps(plan)
      if (blocked.length === 0 || blocked.length === plan.steps.length) return ok(plan)
      const choices = withoutSteps(
        plan.choices,
        blocked.map(({ id }) => id)
      )
      return bridge.planChoose({ planId: plan.planId, choices })
    }

    const startSoft = async (refs: readonly AssetRef[]): Promise<void> => {
      const made = await bridge.planMake({
        subject: { scope: 'assets', refs: [...refs] },
        choices: firstChoices('assets', 'soft')
      })
      const plan = made.ok ? await withoutBlocked(made.value) : made
      if (!made.ok || !plan.ok) {
        if (!plan.ok) get().tellFailure('delete', plan.error, onlyAccount(refs))
        return
      }
      const blocked = blockedSteps(made.value)
      if (blocked.length > 0) get().tell({ kind: 'deletion-blocked', steps: blocked })
      if (blocked.length === made.value.steps.length) return
      const started = await get().startPlan(plan.value, null, null)
      if (!started.ok) get().tellFailure('delete', started.error, onlyAccount(refs))
    }

    return {
      deleting: new Set(),
      deleteSoftly: async (asset) => {
        if (asset.presence === 'gone') return
        const { ref } = asset
        if (isDeletionOutOfReach(get().sync, ref)) {
          get().tellFailure('delete', { kind: 'offline' }, ref.accountId)
        } else if (kinds[ref.kind].hasSoftDelete) await get().deleteMany([ref])
        else await get().openPermanent(asset)
      },
      deleteMany: async (refs) => {
        const open = refs.filter((ref) => !get().deleting.has(targetKey(ref)))
        const first = open[0]
        if (first === undefined) return
        if (!open.every(({ kind }) => kinds[kind].hasSoftDelete)) {
          await get().openPermanentMany(open)
          return
        }
        const keys = open.map(targetKey)
        set((state) => ({ deleting: new Set([...state.deleting, ...keys]) }))
        await startSoft(open)
        set((state) => ({
          deleting: new Set([...state.deleting].filter((key) => !keys.includes(key)))
        }))
      },
      pin: async (refs, isPinned) => {
        const changed: AssetRef[] = []
        for (let from = 0; from < refs.length; from += pinnedAtOnce) {
          const some = refs.slice(from, from + pinnedAtOnce)
          const answer = await bridge.assetPin({ refs: some, isPinned })
          if (!answer.ok) {
            get().tellFailure(isPinned ? 'pin' : 'unpin', answer.error)
            break
          }
          changed.push(...answer.value.changed)
        }
        if (changed.length > 0) {
          const undo = { of: 'pin', refs: changed, isPinned: !isPinned } as const
          get().tell({ kind: 'pinned', isPinned, count: changed.length, undo })
        }
        await get().reloadLibrary()
      },
      openPage: async ({ ref }, page) => {
        const answer = await bridge.assetOpenPage({ ref, page })
        if (!answer.ok) get().tellFailure('open-link', answer.error, ref.accountId)
      }
    }
  }
