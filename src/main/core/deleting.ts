import { saveWhole } from '../files/save-file.ts'
import { loopbackOrigin } from '../usecases/drafts.ts'
import { createLocalMedia } from '../usecases/local-media.ts'
import { createOutbox } from '../usecases/outbox/outbox.ts'
import { createArchivePlan } from '../usecases/plans/archive-plan.ts'
import { createConfirmations } from '../usecases/plans/confirmations.ts'
import { createPins } from '../usecases/plans/pins.ts'
import { createPlans } from '../usecases/plans/plans.ts'
import { createProofs } from '../usecases/proofs.ts'
import type { Adapters } from './adapters.ts'
import type { UseCaseContext } from './use-cases.ts'

/** What a deletion goes through: its plan, then the outbox. */
export const createDeleting = (adapters: Adapters, context: UseCaseContext) => {
  const { store, keyRing, providerOf, clock, clockTrust, emit, log, supervisor } = adapters
  const { settings, outboxDesktop } = adapters
  const shared = { store, keyRing, providerOf, clock, emit, log }
  const plans = createPlans({
    ...shared,
    confirmations: createConfirmations(clock),
    askWhere: context.askWhere,
    writeText: saveWhole,
    saveArchive: createArchivePlan({
      ...shared,
      askFolder: context.askFolder,
      writer: adapters.archiveWriter,
      rememberLinks: context.assetLinks.remember,
      linksOf: context.assetLinks.of
    })
  })
  const pins = createPins({ store, clock, emit })
  let isSending = false
  const proofs = createProofs({
    ...shared,
    // Looks may be months ahead, and a clock that was set must not bring them all at once.
    clock: { ...clock, nowAt: clockTrust.nowAt },
    onFault: (error) => supervisor.report('later-looks', error),
    notifier: adapters.notifier,
    linksOf: context.assetLinks.of,
    isBusy: () => isSending,
    probeLink: (url, account, signal) =>
      adapters.probeLink({ url, allowLoopbackOrigin: loopbackOrigin(account.apiAddress) }, signal)
  })
  const localMedia = createLocalMedia({ store, media: adapters.media, emit, log })
  const outbox = createOutbox({
    ...shared,
    clockTrust,
    supervisor,
    recheck: plans.recheck,
    remake: plans.remake,
    holdSeconds: () => settings.get().holdSeconds,
    onGone: (operation) => {
      // The looks are planned first: they ask the links that are forgotten with the pictures.
      proofs.onGone(operation)
      supervisor.start('pictures', () => localMedia.onGone(operation))
    },
    onActivity: (activity) => {
      isSending = activity.isRunning
      outboxDesktop.onActivity(activity)
    },
    onAttention: outboxDesktop.onAttention
  })
  return { plans, pins, outbox, proofs, localMedia }
}
