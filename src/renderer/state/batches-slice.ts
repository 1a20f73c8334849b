import type { TargetKind } from '../../shared/catalogue/kinds.ts'
import type { Batch } from '../../shared/domain/batch.ts'
import type { DeletionPlan } from '../../shared/domain/plan.ts'
import type { Bridge } from '../../shared/ipc/bridge.ts'
import type { Result } from '../../shared/result.ts'
import type { Slice } from './app-state.ts'
import { type BatchTurn, isEnded, newestUndoable, putBatch, sentCount, turnOf } from './batches.ts'
import type { Doing } from './notice.ts'

export interface BatchesSlice {
  /** Oldest first; those that ended stay until they are put away. */
  readonly batches: readonly Batch[]
  /** What the items of a batch are; a batch tells only how many. Mixed ones are not in it. */
  readonly batchKinds: ReadonlyMap<string, TargetKind>
  /** Those that were put away, newest first, as far as they were asked for; null while they are not shown. */
  readonly pastBatches: { readonly total: number; readonly rows: readonly Batch[] } | null
  readonly isDeletionsOpen: boolean
  readonly startBatches: (batches: readonly Batch[]) => void
  readonly noteBatch: (batch: Batch) => void
  /** Tells how deletions ended that nobody saw end: after a time until which the window was told of everything. */
  readonly tellEndedSince: (sinceAt: string | null) => void
  readonly openDeletions: () => void
  readonly closeDeletions: () => void
  /** Sends exactly this plan on its way. */
  readonly startPlan: (
    plan: DeletionPlan,
    typed: string | null,
    runAt: string | null
  ) => Promise<Result<Batch>>
  /** Takes back the newest deletion that is held. Answers false if there is none. */
  readonly undoDeletion: () => boolean
  readonly undoBatch: (batchId: string) => Promise<void>
  readonly pauseBatch: (batchId: string) => Promise<void>
  readonly resumeBatch: (batchId: string) => Promise<void>
  readonly cancelBatch: (batchId: string) => Promise<void>
  readonly retryBatch: (batchId: string) => Promise<void>
  readonly dismissBatch: (batchId: string) => Promise<void>
  /** Asks for those that were put away, and for more of them each time. */
  readonly loadPastBatches: () => Promise<void>
  readonly hidePastBatches: () => void
}

/** Most that one request may ask for. */
const pastAtOnce = 20

/** The kind of all steps, or null if they are of several. */
export const kindOfAll = (refs: readonly { readonly kind: TargetKind }[]): TargetKind | null => {
  const first = refs[0]?.kind ?? null
  return refs.every(({ kind }) => kind === first) ? first : null
}

export const createBatchesSlice =
  (bridge: Bridge): Slice<BatchesSlice> =>
  (set, get) => {
    const asked = new Set<string>()

    const noteKind = (batchId: string, kind: TargetKind | null): void => {
      asked.add(batchId)
      if (kind === null) return
      set((state) => ({ batchKinds: new Map(state.batchKinds).set(batchId, kind) }))
    }

    /** A batch of a likeness or a person is mixed; one that was chosen in the library is of one kind. */
    const learnKind = async ({ id, scope }: Batch): Promise<void> => {
      if (asked.has(id) || scope === 'likeness' || scope === 'person' || scope === 'teardown')
        return
      asked.add(id)
      const answer = await bridge.batchItems({ batchId: id, states: null, offset: 0, limit: 1 })
      const first = answer.ok ? answer.value.rows[0] : undefined
      if (first !== undefined) noteKind(id, first.target.kind)
    }

    const tellTurn = (turn: BatchTurn, now: Batch): void => {
      if (turn === 'none') return
      const kind = get().batchKinds.get(now.id) ?? null
      const providers = get()
        .accounts.filter(({ id }) => now.accountIds.includes(id))
        .map(({ provider }) => provider)
      get().tell({ kind: 'batch', turn, batch: now, of: kind, providers })
    }

    const ask = async (doing: Doing, request: Promise<Result<Batch>>): Promise<void> => {
      const answer = await request
      if (answer.ok) get().noteBatch(answer.value)
      else get().tellFailure(doing, answer.error)
    }

    /** The newest ones anew, as many as are wanted. */
    const readPast = async (count: number): Promise<void> => {
      const rows: Batch[] = []
      for (;;) {
        const answer = await bridge.batchPast({ offset: rows.length, limit: pastAtOnce })
        if (!answer.ok) {
          get().tellFailure('show-past', answer.error)
          return
        }
        rows.push(...answer.value.rows)
        const isAll = answer.value.rows.length < pastAtOnce
        if (!isAll && rows.length < count) continue
        set({ pastBatches: { total: answer.value.total, rows } })
        for (const batch of rows) void learnKind(batch)
        return
      }
    }

    return {
      batches: [],
      batchKinds: new Map(),
      pastBatches: null,
      isDeletionsOpen: false,
      startBatches: (batches) => {
        set({ batches })
        for (const batch of batches) void learnKind(batch)
      },
      noteBatch: (batch) => {
        const before = get().batches.find(({ id }) => id === batch.id) ?? null
        set((state) => ({ batches: putBatch(state.batches, batch) }))
        void learnKind(batch)
        tellTurn(turnOf(before, batch), batch)
        // What was sent meanwhile is told with the library, less often: to read the rows takes longer than to send one.
        if (before?.state !== batch.state) void get().reloadLibrary()
      },
      tellEndedSince: (sinceAt) => {
        if (sinceAt === null) return
        for (const batch of get().batches) {
          const isNews = isEnded(batch) && batch.endedAt !== null && batch.endedAt > sinceAt
          if (isNews && sentCount(batch) > 0) tellTurn('ended', batch)
        }
      },
      openDeletions: () => set({ isDeletionsOpen: true }),
      closeDeletions: () => set({ isDeletionsOpen: false, pastBatches: null }),
      startPlan: async (plan, typed, runAt) => {
        const refs = plan.steps.map(({ target }) => target)
        const answer = await bridge.deletionStart({
          planId: plan.planId,
          token: plan.token,
          mode: plan.choices.mode,
          typed,
          runAt
        })
        if (answer.ok) {
          noteKind(answer.value.id, kindOfAll(refs))
          get().noteBatch(answer.value)
        }
        return answer
      },
      undoDeletion: () => {
        const batch = newestUndoable(get().batches)
        if (batch === null) return false
        void get().undoBatch(batch.id)
        return true
      },
      undoBatch: (batchId) => ask('undo', bridge.batchUndo({ batchId })),
      pauseBatch: (batchId) => ask('pause', bridge.batchPause({ batchId })),
      resumeBatch: (batchId) => ask('resume', bridge.batchResume({ batchId })),
      cancelBatch: (batchId) => ask('cancel-rest', bridge.batchCancel({ batchId })),
      retryBatch: async (batchId) => {
        const answer = await bridge.batchRetry({ batchId })
        if (!answer.ok) {
          get().tellFailure('retry', answer.error)
          return
        }
        if (answer.value.plan === null) get().noteBatch(answer.value.batch)
        else get().showPlan(answer.value.plan)
      },
      dismissBatch: async (batchId) => {
        const answer = await bridge.batchDismiss({ batchId })
        if (!answer.ok) {
          get().tellFailure('dismiss', answer.error)
          return
        }
        set((state) => ({ batches: state.batches.filter(({ id }) => id !== batchId) }))
        get().tell({ kind: 'dismissed', undo: { of: 'dismiss', batchId } })
        if (get().pastBatches !== null) await readPast(get().pastBatches?.rows.length ?? 0)
      },
      loadPastBatches: () => readPast((get().pastBatches?.rows.length ?? 0) + pastAtOnce),
      hidePastBatches: () => set({ pastBatches: null })
    }
  }
