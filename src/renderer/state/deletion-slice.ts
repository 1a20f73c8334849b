import type { Asset, AssetRef } from '../../shared/domain/asset.ts'
import type { DeletionMode, DeletionOutcome, DeletionPlan } from '../../shared/domain/deletion.ts'
import type { AppError } from '../../shared/errors.ts'
import type { Bridge } from '../../shared/ipc/bridge.ts'
import { ok, type Result } from '../../shared/result.ts'
import type { Slice } from './app-state.ts'
import { assetKey } from './asset-key.ts'
import { type AsyncData, fromResult, loading } from './async-data.ts'

/** A permanent deletion that is being considered. */
export interface PermanentDeletion {
  readonly asset: Asset
  readonly plan: AsyncData<DeletionPlan>
  readonly run: 'no' | 'running' | { readonly error: AppError }
  /** True if the facts changed while the person was reading, so nothing was sent. */
  readonly hasChanged: boolean
}

export interface DeletionSlice {
  /** Keys of assets whose deletion was asked for and not answered yet. */
  readonly deleting: ReadonlySet<string>
  readonly permanent: PermanentDeletion | null
  readonly deleteSoftly: (asset: Asset) => Promise<void>
  /** Softly, all in one go; what becomes of each is told together. */
  readonly deleteMany: (refs: readonly AssetRef[]) => Promise<void>
  readonly openPermanent: (asset: Asset) => Promise<void>
  readonly closePermanent: () => void
  readonly runPermanent: (typedName: string) => Promise<void>
}

export const blockingCautions = (plan: DeletionPlan) =>
  plan.items.flatMap((item) => item.cautions.filter((caution) => caution.level === 'blocks'))

/** True if both plans say the same to the person who read the first. Token and time do not count. */
export const isSamePlan = (a: DeletionPlan, b: DeletionPlan): boolean =>
  JSON.stringify([a.mode, a.items, a.goes, a.stays]) ===
  JSON.stringify([b.mode, b.items, b.goes, b.stays])

/** A token about to run out is not worth sending. */
const tokenMarginMs = 5_000

export const isTokenFresh = (plan: DeletionPlan, nowMs: number): boolean =>
  Date.parse(plan.expiresAt) - nowMs > tokenMarginMs

export const createDeletionSlice =
  (bridge: Bridge): Slice<DeletionSlice> =>
  (set, get) => {
    const prepare = (ref: AssetRef, mode: DeletionMode) =>
      bridge.deletionPrepare({ refs: [ref], mode })

    const sendAll = async (
      plan: DeletionPlan,
      typedName: string | null
    ): Promise<Result<readonly DeletionOutcome[]>> => {
      const refs = plan.items.map((item) => item.ref)
      const keys = refs.map(assetKey)
      set((state) => ({ deleting: new Set([...state.deleting, ...keys]) }))
      const answer = await bridge.deletionRun({
        token: plan.token,
        refs,
        mode: plan.mode,
        typedName
      })
      set((state) => ({
        deleting: new Set([...state.deleting].filter((key) => !keys.includes(key)))
      }))
      void get().reloadLibrary()
      return answer
    }

    const send = async (
      plan: DeletionPlan,
      typedName: string | null
    ): Promise<Result<DeletionOutcome | null>> => {
      const answer = await sendAll(plan, typedName)
      return answer.ok ? ok(answer.value[0] ?? null) : answer
    }

    const tellOutcome = (asset: Asset, mode: DeletionMode, outcome: DeletionOutcome | null) => {
      if (outcome === null) return
      const account = get().accounts.find(({ id }) => id === asset.ref.accountId)
      get().tell({ kind: 'deletion', mode, outcome, accountName: account?.name ?? '' })
    }

    /** The plan to send: the one that was read, or a new one that says the same. */
    const freshPlan = async (read: DeletionPlan, asset: Asset): Promise<Result<DeletionPlan>> =>
      isTokenFresh(read, Date.now()) ? ok(read) : prepare(asset.ref, 'permanent')

    return {
      deleting: new Set(),
      permanent: null,
      deleteSoftly: async (asset) => {
        if (get().deleting.has(assetKey(asset.ref))) return
        const plan = await prepare(asset.ref, 'soft')
        if (!plan.ok) {
          get().tellFailure('delete', plan.error)
          return
        }
        const blocks = blockingCautions(plan.value)
        if (blocks.length > 0) {
          get().tell({ kind: 'deletion-blocked', name: asset.name, cautions: blocks })
          return
        }
        const outcome = await send(plan.value, null)
        if (outcome.ok) tellOutcome(asset, 'soft', outcome.value)
        else get().tellFailure('delete', outcome.error)
      },
      deleteMany: async (refs) => {
        const { deleting, tell, tellFailure } = get()
        const open = refs.filter((ref) => !deleting.has(assetKey(ref)))
        if (open.length === 0) return
        const plan = await bridge.deletionPrepare({ refs: open, mode: 'soft' })
        if (!plan.ok) {
          tellFailure('delete', plan.error)
          return
        }
        const outcomes = await sendAll(plan.value, null)
        if (!outcomes.ok) {
          tellFailure('delete', outcomes.error)
          return
        }
        const blocked = plan.value.items.filter((item) =>
          item.cautions.some((caution) => caution.level === 'blocks')
        )
        tell({ kind: 'deletions', outcomes: outcomes.value, blocked })
      },
      openPermanent: async (asset) => {
        set({ permanent: { asset, plan: loading, run: 'no', hasChanged: false } })
        const plan = await prepare(asset.ref, 'permanent')
        const open = get().permanent
        if (open?.asset !== asset) return
        set({ permanent: { ...open, plan: fromResult(plan) } })
      },
      closePermanent: () => {
        if (get().permanent?.run !== 'running') set({ permanent: null })
      },
      runPermanent: async (typedName) => {
        const open = get().permanent
        if (open === null || open.plan.kind !== 'ready' || open.run === 'running') return
        const read = open.plan.value
        set({ permanent: { ...open, run: 'running', hasChanged: false } })
        const plan = await freshPlan(read, open.asset)
        if (!plan.ok) {
          set({ permanent: { ...open, run: { error: plan.error } } })
          return
        }
        const nowOpen = { ...open, plan: { kind: 'ready', value: plan.value } } as const
        if (!isSamePlan(read, plan.value)) {
          set({ permanent: { ...nowOpen, run: 'no', hasChanged: true } })
          return
        }
        const outcome = await send(plan.value, typedName)
        if (!outcome.ok) {
          // The token is used up, so the next try needs a new plan.
          const again = await prepare(open.asset.ref, 'permanent')
          set({
            permanent: { ...open, plan: fromResult(again), run: { error: outcome.error } }
          })
          return
        }
        set({ permanent: null })
        tellOutcome(open.asset, 'permanent', outcome.value)
      }
    }
  }
