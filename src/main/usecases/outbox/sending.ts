import type { HistoryEventType } from '../../../shared/catalogue/history-events.ts'
import type { TargetRef } from '../../../shared/domain/asset.ts'
import type { AppError } from '../../../shared/errors.ts'
import { assertNever, fail, type Result } from '../../../shared/result.ts'
import type { Provider, RemovalAnswer } from '../../ports/provider.ts'
import type { AccountRecord, Operation } from '../../ports/store.ts'
import type { LiveBatch } from './batch-book.ts'
import { readinessOf } from './batch-rules.ts'
import { type ItemEvent, nextItemState } from './item-machine.ts'
import { movedPart } from './moved-items.ts'
import type { OutboxContext } from './outbox-context.ts'
import { attemptOf, canceledOf, itemEvent, outcomeOf } from './outbox-events.ts'
import { createPostponing } from './postponing.ts'
import type { ReadingBack } from './reading-back.ts'
import { type Stop, stopFor, type Verdict, verdictOf } from './removal-verdict.ts'
import { assetOf, settleItem } from './settle-item.ts'
import { isAskedByTwin, twinError } from './twin.ts'

type AccountId = AccountRecord['id']

export interface SendingDeps {
  readonly reading: ReadingBack
  /** Looks at what is left of a batch. */
  readonly review: (live: LiveBatch) => void
  /** Nothing more of the account is sent for now. */
  readonly onStop: (accountId: AccountId, stop: Stop) => void
  /** The account has another address or key now, so it was not made. */
  readonly onMoved: (live: LiveBatch) => void
  /** The attempt could not be written down, so it was not made. */
  readonly onStorage: (live: LiveBatch) => void
}

const answerRecords = {
  done: 'deletion-answered',
  accepted: 'deletion-accepted',
  refused: 'deletion-failed'
} as const

/** What the record says became of the try, where that is not how the deletion stands now. */
const outcomes: Readonly<Partial<Record<Verdict['event']['kind'], string>>> = {
  'not-known': 'not-known',
  'rate-limited': 'rate-limited',
  'refused-for-now': 'refused-for-now',
  'not-sent': 'not-sent'
}

/** The record that ends a try. */
const recordOf = ({ event }: Verdict): HistoryEventType => {
  switch (event.kind) {
    case 'answered':
      return answerRecords[event.answer]
    case 'not-known':
      return 'deletion-answered'
    case 'rate-limited':
      return 'deletion-rate-limited'
    case 'refused-for-now':
      return 'deletion-failed'
    case 'answer-lost':
      return 'deletion-unclear'
    case 'not-sent':
      return 'deletion-not-sent'
    default:
      return assertNever(event)
  }
}

/** Another try would not leave either. */
const isForGood = ({ kind }: AppError): boolean =>
  kind === 'key-changed' || kind === 'invalid-input'

/** The only place that asks a provider to delete: attempt on disk, request, result on disk (security R3). */
export const createSending = (ctx: OutboxContext, deps: SendingDeps) => {
  const { store, clock, book, lanes } = ctx
  const waiting = new Set<AccountId>()
  const postponing = createPostponing(clock)
  /** Those that are looked at just before they are asked for. */
  const looking = new Set<Operation['id']>()

  const next = (item: Operation, event: ItemEvent): Operation['state'] => {
    const state = nextItemState(item.state, event)
    if (state === null) throw new Error(`A deletion that is ${item.state} cannot be ${event.kind}`)
    return state
  }

  const canBeSent = (live: LiveBatch, item: Operation): boolean =>
    item.state === 'queued' &&
    !looking.has(item.id) &&
    !postponing.isWaiting(item.id) &&
    readinessOf(item, (id) => live.items.get(id), deps.reading.isOnItsWay) === 'ready'

  const pick = (accountId: AccountId): { live: LiveBatch; item: Operation } | null => {
    for (const live of book.all()) {
      if (live.record.state !== 'running' || !live.isCleared) continue
      for (const item of live.items.values()) {
        if (item.accountId === accountId && canBeSent(live, item)) return { live, item }
      }
    }
    return null
  }

  /** Why the deletion must not be sent any more, although it was confirmed. */
  const objection = (item: Operation, account: AccountRecord): AppError | null => {
    if (account.isReadOnly) return { kind: 'read-only-account' }
    if (isAskedByTwin(store, item)) return twinError
    const asset = assetOf(store, item)
    if (asset?.isPinned !== true) return null
    return { kind: 'invalid-input', issues: [{ field: 'ref', code: 'pinned', said: null }] }
  }

  const cancel = (item: Operation, error: AppError): void => {
    const state = next(item, { kind: 'canceled' })
    const canceled: Operation = { ...item, state, error, finishedAt: clock.nowAt() }
    const body = canceledOf(canceled, error.kind)
    settleItem(ctx, canceled, [itemEvent(store, 'deletion-canceled', canceled, body)])
  }

  const ask = async (item: Operation, account: AccountRecord): Promise<Result<RemovalAnswer>> => {
    try {
      return await ctx
        .providerOf(account)
        .remove(
          ctx.keyRing.connect(account, item.keyFingerprint),
          item.assetKind,
          item.assetId as TargetRef['id'],
          item.mode ?? 'soft',
          new AbortController().signal
        )
    } catch (error) {
      // Nobody can tell how far it came, and a deletion must not stay `sent` for ever.
      return fail({ kind: 'bug', reference: ctx.supervisor.report('deletions', error) })
    }
  }

  const afterVerdict = (
    item: Operation,
    verdict: Verdict,
    sentBeforeAt: string | null
  ): Operation => {
    const { event, httpStatus, error } = verdict
    const state = next(item, event)
    const isOver = state !== 'accepted' && state !== 'unclear' && state !== 'queued'
    const sentAt = verdict.sent === 'no' ? sentBeforeAt : item.sentAt
    return { ...item, state, httpStatus, error, sentAt, finishedAt: isOver ? clock.nowAt() : null }
  }

  const note = (item: Operation, verdict: Verdict, sentBeforeAt: string | null): Operation => {
    const settled = afterVerdict(item, verdict, sentBeforeAt)
    const outcome = outcomes[verdict.event.kind]
    const body = {
      ...outcomeOf(settled),
      ...(outcome === undefined ? {} : { outcome }),
      ...attemptOf(settled),
      sent: verdict.sent
    }
    settleItem(ctx, settled, [itemEvent(store, recordOf(verdict), settled, body)])
    return settled
  }

  const adapt = (account: AccountRecord, verdict: Verdict): void => {
    const pace = ctx.providerOf(account).pace
    if (verdict.stop !== null) deps.onStop(account.id, verdict.stop)
    else if (verdict.event.kind !== 'answer-lost') lanes.good(account.id, pace)
    else if (lanes.lost(account.id)) deps.onStop(account.id, { reason: 'connection', forMs: null })
  }

  const follow = async (settled: Operation, account: AccountRecord): Promise<void> => {
    if (settled.state === 'accepted') deps.reading.watch(settled)
    if (settled.state === 'queued' && settled.error !== null && isForGood(settled.error)) {
      cancel(settled, settled.error)
    }
    if (settled.state === 'queued' && settled.error?.kind === 'provider-refused') {
      postpone(settled, settled.error)
    }
    if (settled.state !== 'unclear') return
    const read = await deps.reading.readBackOnce(settled)
    const stop = read.ok ? null : stopFor(read.error)
    if (stop !== null) deps.onStop(account.id, stop)
  }

  /** Asks for it later. Once that was done for long enough it is told as not sent, or with the last refusal. */
  const postpone = (item: Operation, error: AppError): void => {
    const pauseMs = postponing.postpone(item.id)
    if (pauseMs === null) {
      cancel(item, error)
      return
    }
    ctx.supervisor.start('deletions', async () => {
      await clock.wait(pauseMs, ctx.stopping)
      postponing.wake(item.id)
      pumpAccount(item.accountId)
    })
  }

  /** Looks at what has to be gone first, which may have come since the plan was checked. Meanwhile nobody else sends it. */
  const lookBefore = async (
    item: Operation,
    account: AccountRecord,
    mayRemove: NonNullable<Provider['mayRemove']>
  ): Promise<Result<'yes' | 'not-yet'>> => {
    const id = item.assetId as TargetRef['id']
    const connection = ctx.keyRing.connect(account, item.keyFingerprint)
    looking.add(item.id)
    try {
      return await mayRemove(connection, item.assetKind, id, ctx.stopping)
    } finally {
      looking.delete(item.id)
    }
  }

  /** False if it is not asked for now; whatever follows from that has been done. */
  const isReady = async (
    live: LiveBatch,
    item: Operation,
    account: AccountRecord,
    mayRemove: NonNullable<Provider['mayRemove']>
  ): Promise<boolean> => {
    const { turn } = live
    const look = await lookBefore(item, account, mayRemove)
    // Paused, canceled or changed meanwhile: whoever did that decides what follows.
    const isMeant = live.turn === turn && live.items.get(item.id) === item
    if (!isMeant || live.record.state !== 'running' || ctx.stopping.aborted) return false
    const now = store.read.account(account.id)
    if (now === null || objection(item, now) !== null) return false
    if (look.ok && look.value === 'yes') return true
    const stop = look.ok ? null : stopFor(look.error)
    const issues = [{ field: 'after', code: 'stays', said: null }]
    if (stop !== null) deps.onStop(account.id, stop)
    else postpone(item, look.ok ? { kind: 'invalid-input', issues } : look.error)
    return false
  }

  /** Only what waited for others of its plan was refused for their sake. */
  const mayPass =
    (item: Operation, account: AccountRecord) =>
    (error: AppError): boolean =>
      item.after.length > 0 &&
      postponing.hasPatience(item.id) &&
      ctx.providerOf(account).mayPass?.(item.assetKind, error) === true

  /** The request and what became of it. Whatever throws on the way, the deletion does not stay `sent`. */
  const answered = async (
    sent: Operation,
    account: AccountRecord,
    sentBeforeAt: string | null
  ): Promise<{ readonly verdict: Verdict; readonly settled: Operation }> => {
    const answer = await ask(sent, account)
    try {
      const verdict = verdictOf(answer, sent.attempt, mayPass(sent, account))
      return { verdict, settled: note(sent, verdict, sentBeforeAt) }
    } catch (error) {
      const bug = fail({
        kind: 'bug',
        reference: ctx.supervisor.report('deletions', error)
      } as const)
      const verdict = verdictOf(bug, sent.attempt)
      return { verdict, settled: note(sent, verdict, sentBeforeAt) }
    }
  }

  const send = async (live: LiveBatch, item: Operation, account: AccountRecord): Promise<void> => {
    const { mayRemove } = ctx.providerOf(account)
    if (mayRemove !== undefined && !(await isReady(live, item, account, mayRemove))) return
    // The other account's may have left while this one was looked at.
    if (isAskedByTwin(store, item)) return
    const sent: Operation = {
      ...item,
      state: next(item, { kind: 'sent' }),
      sentAt: clock.nowAt(),
      attempt: item.attempt + 1,
      error: null
    }
    const events = [itemEvent(store, 'deletion-tried', sent, attemptOf(sent))]
    const written = book.commit({ live, items: [sent], events })
    if (!written.ok) {
      deps.onStorage(live)
      return
    }
    const { verdict, settled } = await answered(sent, account, item.sentAt)
    if (live.pace !== null) live.pace = { ...live.pace, ended: live.pace.ended + 1 }
    adapt(account, verdict)
    await follow(settled, account)
  }

  const sendNext = (accountId: AccountId, live: LiveBatch, item: Operation): void => {
    const account = store.read.account(accountId)
    if (account === null) {
      cancel(item, { kind: 'not-found' })
      deps.review(live)
      return
    }
    if (movedPart(item, account) !== null) {
      deps.onMoved(live)
      return
    }
    const error = objection(item, account)
    if (error !== null) {
      cancel(item, error)
      deps.review(live)
      return
    }
    lanes.begin(accountId, ctx.providerOf(account).pace)
    const goOn = (): void => {
      lanes.end(accountId)
      deps.review(live)
      pumpAccount(accountId)
    }
    ctx.supervisor.start('deletions', () => send(live, item, account).finally(goOn))
  }

  const wakeLater = (accountId: AccountId, waitMs: number): void => {
    if (waiting.has(accountId)) return
    waiting.add(accountId)
    ctx.supervisor.start('deletions', async () => {
      await clock.wait(waitMs, ctx.stopping)
      waiting.delete(accountId)
      pumpAccount(accountId)
    })
  }

  const idlePace = { parallel: 1, gapMs: 0 }

  const pumpAccount = (accountId: AccountId): void => {
    while (!ctx.stopping.aborted) {
      const account = store.read.account(accountId)
      const pace = account === null ? idlePace : ctx.providerOf(account).pace
      const waitMs = lanes.waitMs(accountId, pace)
      const found = waitMs === null ? null : pick(accountId)
      if (waitMs === null || found === null) return
      if (waitMs > 0) {
        wakeLater(accountId, waitMs)
        return
      }
      sendNext(accountId, found.live, found.item)
    }
  }

  /** Sends whatever of the batch may be sent now. */
  const pump = (live: LiveBatch): void => {
    const accountIds = new Set([...live.items.values()].map(({ accountId }) => accountId))
    for (const accountId of accountIds) pumpAccount(accountId)
  }

  return { pump, cancel, canBeSent }
}
