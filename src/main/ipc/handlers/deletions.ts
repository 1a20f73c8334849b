import { ok } from '../../../shared/result.ts'
import type { Outbox } from '../../usecases/outbox/outbox.ts'
import type { Plans } from '../../usecases/plans/plans.ts'
import type { Handlers } from '../dispatcher.ts'

export const deletionHandlers = (
  outbox: Outbox,
  plans: Pick<Plans, 'take'>
): Pick<
  Handlers,
  | 'deletion:start'
  | 'batch:list'
  | 'batch:past'
  | 'batch:items'
  | 'batch:undo'
  | 'batch:pause'
  | 'batch:resume'
  | 'batch:cancel'
  | 'batch:retry'
  | 'batch:dismiss'
  | 'asset:deletions'
> => ({
  'deletion:start': ({ planId, token, mode, typed, runAt }) => {
    const confirmed = plans.take(planId, token, mode, typed)
    return confirmed.ok ? outbox.start(confirmed.value, runAt) : confirmed
  },
  'batch:list': () => ok(outbox.list()),
  'batch:past': (range) => ok(outbox.past(range)),
  'batch:items': ({ batchId, states, offset, limit }) =>
    outbox.items(batchId, states, { offset, limit }),
  'batch:undo': ({ batchId }) => outbox.undo(batchId),
  'batch:pause': ({ batchId }) => outbox.pause(batchId),
  'batch:resume': ({ batchId }) => outbox.resume(batchId),
  'batch:cancel': ({ batchId }) => outbox.cancel(batchId),
  'batch:retry': ({ batchId }) => outbox.retry(batchId),
  'batch:dismiss': ({ batchId }) => outbox.dismiss(batchId),
  'asset:deletions': ({ ref }) => outbox.deletionsOf(ref)
})
