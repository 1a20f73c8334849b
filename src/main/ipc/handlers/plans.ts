import type { AssetRef } from '../../../shared/domain/asset.ts'
import { fail, ok, type Result } from '../../../shared/result.ts'
import type { LocalMedia } from '../../usecases/local-media.ts'
import type { Pins } from '../../usecases/plans/pins.ts'
import type { Plans } from '../../usecases/plans/plans.ts'
import type { Handlers } from '../dispatcher.ts'

export interface PlanHandlerDeps {
  readonly plans: Plans
  readonly pins: Pins
  readonly localMedia: Pick<LocalMedia, 'count'>
  readonly openPage: (
    ref: AssetRef,
    page: 'home' | 'settings'
  ) => Promise<Result<Record<string, never>>>
  /** Aborted when the app ends. */
  readonly stopping: AbortSignal
}

export const planHandlers = ({
  plans,
  pins,
  localMedia,
  openPage,
  stopping
}: PlanHandlerDeps): Pick<
  Handlers,
  | 'plan:make'
  | 'plan:choose'
  | 'plan:local'
  | 'plan:export'
  | 'plan:archive'
  | 'asset:pin'
  | 'asset:openPage'
> => ({
  'plan:make': ({ subject, choices }) => plans.make(subject, choices, stopping),
  'plan:choose': ({ planId, choices }) => plans.choose(planId, choices),
  'plan:local': async ({ planId }) => {
    const plan = plans.peek(planId)
    if (plan === null) return fail({ kind: 'not-found' })
    return ok(await localMedia.count(plan.steps.map(({ target }) => target)))
  },
  'plan:export': ({ planId }) => plans.exportPlan(planId),
  'plan:archive': ({ planId }) => plans.archive(planId, stopping),
  'asset:pin': ({ refs, isPinned }) => pins.setPinned(refs, isPinned),
  'asset:openPage': ({ ref, page }) => openPage(ref, page)
})
