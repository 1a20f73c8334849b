import type { StepChange, TargetKind } from '../../shared/catalogue/kinds.ts'
import { anyListed } from '../../shared/domain/any-asset.ts'
import type { Archive } from '../../shared/domain/archive.ts'
import type { Asset, AssetRef } from '../../shared/domain/asset.ts'
import type {
  DeletionPlan,
  LocalMedia,
  PlanChoices,
  PlanStep,
  PlanSubject
} from '../../shared/domain/plan.ts'
import type { AppError } from '../../shared/errors.ts'
import type { Bridge } from '../../shared/ipc/bridge.ts'
import { ok, type Result } from '../../shared/result.ts'
import type { Slice } from './app-state.ts'
import { type AsyncData, fromResult, idle, loading } from './async-data.ts'
import {
  blockedSteps,
  firstChoices,
  isPermanent,
  isSamePlan,
  isTokenFresh,
  type KindChoice,
  withKindChoice,
  withoutSteps,
  withRepoint,
  withStep
} from './plans.ts'

/** A deletion that is being considered, in the dialog that shows its plan. */
export interface OpenPlan {
  readonly subject: PlanSubject
  /** What is known before the plan is there: the one asset it is about, or only how many. */
  readonly asset: Asset | null
  readonly kind: TargetKind
  readonly count: number
  readonly choices: PlanChoices
  readonly plan: AsyncData<DeletionPlan>
  /** Pictures and clips that this computer keeps of what the plan deletes; null until they are counted. */
  readonly local: LocalMedia | null
  /** Other choices are being worked out; the last plan stays on the screen. */
  readonly isChoosing: boolean
  /** Steps that were taken out, so that they can be put back. */
  readonly takenOut: readonly PlanStep[]
  readonly run: 'no' | 'running' | { readonly error: AppError }
  /** True if the facts changed while the person was reading, so nothing was started. */
  readonly hasChanged: boolean
  readonly archive: AsyncData<Archive>
  readonly exportedAs: string | null
}

export interface PlanSlice {
  readonly planDialog: OpenPlan | null
  readonly openPermanent: (asset: Asset) => Promise<void>
  /** All that is selected in the library. */
  readonly openPermanentMany: (refs: readonly AssetRef[]) => Promise<void>
  readonly openLikeness: (asset: Asset) => Promise<void>
  /** Everything tied to a person, or what hangs on a model. */
  readonly openSubject: (
    subject: PlanSubject,
    about: { readonly asset: Asset | null; readonly kind: TargetKind; readonly count: number }
  ) => Promise<void>
  /** What can be changed of a PAL: what it shows, or the pages that it is on. */
  readonly openPal: (asset: Asset, change: StepChange) => Promise<void>
  /** A plan that main made by itself, for trying again what was refused. */
  readonly showPlan: (plan: DeletionPlan) => void
  readonly closePlan: () => void
  readonly chooseForKind: (kind: TargetKind, choice: KindChoice) => Promise<void>
  /** What becomes of the pictures and clips on this computer. */
  readonly chooseForPictures: (choice: 'delete' | 'keep') => Promise<void>
  /** The faces or voices of an account that PALs can be repointed to, own ones first. */
  readonly listForRepoint: (
    accountId: AssetRef['accountId'],
    kind: 'replica' | 'voice'
  ) => Promise<readonly Asset[]>
  readonly chooseRepoint: (
    accountId: AssetRef['accountId'],
    kind: 'replica' | 'voice',
    asset: Asset | null
  ) => Promise<void>
  /** What becomes of the name on this computer. */
  readonly chooseForNames: (choice: 'forget' | 'keep') => Promise<void>
  readonly takeOutStep: (step: PlanStep) => Promise<void>
  readonly putBackStep: (step: PlanStep) => Promise<void>
  /** What cannot go stays, so that the rest can. */
  readonly leaveOutBlocked: () => Promise<void>
  /** Lifts the protection of what stands in the way, and looks again. */
  readonly unpinForPlan: (refs: readonly AssetRef[]) => Promise<void>
  readonly exportPlan: () => Promise<void>
  readonly archivePlan: () => Promise<void>
  /** Starts the plan that is shown; `runAt` null: now. */
  readonly runPlan: (typed: string | null, runAt: string | null) => Promise<void>
}

const opened = (
  subject: PlanSubject,
  asset: Asset | null,
  kind: TargetKind,
  count: number,
  choices: PlanChoices
): OpenPlan => ({
  subject,
  asset,
  kind,
  count,
  choices,
  plan: loading,
  local: null,
  isChoosing: false,
  takenOut: [],
  run: 'no',
  hasChanged: false,
  archive: idle,
  exportedAs: null
})

export const createPlanSlice =
  (bridge: Bridge): Slice<PlanSlice> =>
  (set, get) => {
    /** Counts what is opened and chosen, so that a late answer to an older question is told apart. */
    let asking = 0

    const change = (patch: Partial<OpenPlan>): void => {
      const open = get().planDialog
      if (open !== null) set({ planDialog: { ...open, ...patch } })
    }

    /** Shows a plan. A copy that was saved belongs to its plan; another one knows nothing of it. */
    const show = (plan: DeletionPlan, patch: Partial<OpenPlan> = {}): void => {
      const before = get().planDialog?.plan
      const isOther = before?.kind === 'ready' && before.value.planId !== plan.planId
      const saved = isOther ? { archive: idle } : {}
      change({ ...saved, plan: { kind: 'ready', value: plan }, ...patch })
      void countLocal(plan)
    }

    /** Told beside the plan, which does not wait for it. */
    const countLocal = async ({ planId }: DeletionPlan): Promise<void> => {
      const answer = await bridge.planLocal({ planId })
      const now = get().planDialog?.plan
      if (answer.ok && now?.kind === 'ready' && now.value.planId === planId) {
        change({ local: answer.value })
      }
    }

    const open = async (start: OpenPlan): Promise<void> => {
      asking += 1
      const mine = asking
      set({ planDialog: start })
      const plan = await bridge.planMake({ subject: start.subject, choices: start.choices })
      if (mine !== asking) return
      change({ plan: fromResult(plan) })
      if (plan.ok) void countLocal(plan.value)
    }

    const readyPlan = (): DeletionPlan | null => {
      const now = get().planDialog
      return now !== null && now.plan.kind === 'ready' && now.run !== 'running'
        ? now.plan.value
        : null
    }

    /** What blocks the plan that is shown and was not left out yet. */
    const blockedNow = (): readonly PlanStep[] => {
      const plan = readyPlan()
      const without = new Set(get().planDialog?.choices.without)
      return plan === null ? [] : blockedSteps(plan).filter(({ id }) => !without.has(id))
    }

    /** The same facts with these choices; facts that main no longer keeps are asked for again. */
    const planWith = async (
      planId: string,
      subject: PlanSubject,
      choices: PlanChoices
    ): Promise<Result<DeletionPlan>> => {
      const chosen = await bridge.planChoose({ planId, choices })
      if (chosen.ok || chosen.error.kind !== 'not-found') return chosen
      return bridge.planMake({ subject, choices })
    }

    const choose = async (
      toChoices: (before: PlanChoices) => PlanChoices,
      takenOut: (before: readonly PlanStep[]) => readonly PlanStep[]
    ): Promise<void> => {
      const plan = readyPlan()
      const now = get().planDialog
      if (plan === null || now === null) return
      asking += 1
      const mine = asking
      const choices = toChoices(now.choices)
      change({ choices, takenOut: takenOut(now.takenOut), isChoosing: true, hasChanged: false })
      const answer = await planWith(plan.planId, now.subject, choices)
      if (mine !== asking) return
      change({ isChoosing: false, ...(answer.ok ? {} : { run: { error: answer.error } }) })
      if (answer.ok) show(answer.value, { run: 'no' })
    }

    /** The plan to start: the one that was read, or one with a new confirmation that says the same. */
    const freshPlan = (now: OpenPlan, read: DeletionPlan): Promise<Result<DeletionPlan>> => {
      if (isTokenFresh(read, Date.now())) return Promise.resolve(ok(read))
      const { subject, choices } = now
      // What was saved belongs to this plan; and main reads a deep plan's facts anew before it runs.
      const keepsPlan = now.archive.kind === 'ready' || subject.scope !== 'assets'
      return keepsPlan
        ? planWith(read.planId, subject, choices)
        : bridge.planMake({ subject, choices })
    }

    return {
      planDialog: null,
      openPermanent: (asset) => {
        const subject: PlanSubject = { scope: 'assets', refs: [asset.ref] }
        return open(opened(subject, asset, asset.ref.kind, 1, firstChoices('assets', 'permanent')))
      },
      openPermanentMany: async (refs) => {
        const first = refs[0]
        if (first === undefined) return
        const subject: PlanSubject = { scope: 'assets', refs: [...refs] }
        const choices = firstChoices('assets', 'permanent')
        await open(opened(subject, null, first.kind, refs.length, choices))
      },
      openLikeness: (asset) =>
        get().openSubject(
          { scope: 'likeness', ref: asset.ref },
          { asset, kind: asset.ref.kind, count: 1 }
        ),
      openSubject: (subject, { asset, kind, count }) =>
        open(opened(subject, asset, kind, count, firstChoices(subject.scope, 'permanent'))),
      openPal: (asset, change) => {
        const byKind =
          change === 'repoint'
            ? ({ persona: 'repoint', page: 'keep' } as const)
            : ({ persona: 'keep', page: 'offline' } as const)
        const choices = { ...firstChoices('assets', 'permanent'), byKind }
        const subject: PlanSubject = { scope: 'assets', refs: [asset.ref] }
        return open(opened(subject, asset, asset.ref.kind, 1, choices))
      },
      listForRepoint: async (accountId, kind) => {
        const of = async (origin: 'own' | 'stock') => {
          const query = {
            ...anyListed,
            kind,
            accountId,
            origin,
            sort: 'name-asc',
            limit: 200
          } as const
          const page = await bridge.assetList(query)
          return page.ok ? page.value.rows : []
        }
        return [...(await of('own')), ...(await of('stock'))]
      },
      chooseRepoint: (accountId, kind, asset) =>
        choose(
          (before) => withRepoint(before, accountId, kind, asset),
          (before) => before
        ),
      showPlan: (plan) => {
        asking += 1
        const { subject, choices, steps } = plan
        const kind = steps[0]?.target.kind ?? 'replica'
        set({
          planDialog: {
            ...opened(subject, null, kind, steps.length, choices),
            plan: { kind: 'ready', value: plan }
          }
        })
        void countLocal(plan)
      },
      closePlan: () => {
        if (get().planDialog?.run === 'running') return
        asking += 1
        set({ planDialog: null })
      },
      chooseForKind: (kind, choice) =>
        choose(
          (before) => withKindChoice(before, kind, choice),
          (before) => before
        ),
      chooseForPictures: (pictures) =>
        choose(
          (before) => ({ ...before, pictures }),
          (before) => before
        ),
      chooseForNames: (names) =>
        choose(
          (before) => ({ ...before, names }),
          (before) => before
        ),
      takeOutStep: (step) =>
        choose(
          (before) => withoutSteps(before, [step.id]),
          (before) => [...before, step]
        ),
      putBackStep: (step) =>
        choose(
          (before) => withStep(before, step.id),
          (before) => before.filter(({ id }) => id !== step.id)
        ),
      leaveOutBlocked: async () => {
        // What is left out may be what something else waits for, which then blocks as well.
        for (let blocked = blockedNow(); blocked.length > 0; blocked = blockedNow()) {
          const ids = blocked.map(({ id }) => id)
          const held = blocked
          await choose(
            (before) => withoutSteps(before, ids),
            (before) => [...before, ...held]
          )
        }
      },
      unpinForPlan: async (refs) => {
        await get().pin(refs, false)
        await choose(
          (before) => before,
          (before) => before
        )
      },
      exportPlan: async () => {
        const plan = readyPlan()
        if (plan === null) return
        const answer = await bridge.planExport({ planId: plan.planId })
        if (!answer.ok) change({ run: { error: answer.error } })
        else if (answer.value.savedAs !== null) change({ exportedAs: answer.value.savedAs })
      },
      archivePlan: async () => {
        const plan = readyPlan()
        const before = get().planDialog?.archive ?? idle
        if (plan === null || before.kind === 'loading') return
        change({ archive: loading })
        const answer = await bridge.planArchive({ planId: plan.planId })
        if (!answer.ok) change({ archive: { kind: 'failed', error: answer.error } })
        else if (answer.value.archive === null) change({ archive: before })
        else change({ archive: { kind: 'ready', value: answer.value.archive } })
      },
      runPlan: async (typed, runAt) => {
        const read = readyPlan()
        const now = get().planDialog
        if (read === null || now === null || now.isChoosing) return
        change({ run: 'running', hasChanged: false })
        const plan = await freshPlan(now, read)
        if (!plan.ok) {
          change({ run: { error: plan.error } })
          return
        }
        show(plan.value)
        const hasLostCopy = now.archive.kind === 'ready' && plan.value.planId !== read.planId
        if (hasLostCopy || !isSamePlan(read, plan.value)) {
          change({ run: 'no', hasChanged: true })
          return
        }
        const started = await get().startPlan(
          plan.value,
          isPermanent(plan.value) ? typed : null,
          runAt
        )
        if (!started.ok) {
          // The confirmation is used up, so the next try needs a new one.
          const again = await planWith(plan.value.planId, now.subject, now.choices)
          const run = { error: started.error }
          if (again.ok) show(again.value, { run })
          else change({ plan: fromResult(again), run })
          return
        }
        set({ planDialog: null })
        // What is on its way is followed where all of it can be seen; a held one has its own words on every screen.
        if (isPermanent(plan.value) && plan.value.steps.length > 1) get().openDeletions()
      }
    }
  }
