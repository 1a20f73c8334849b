import { isStepChange, type StepChange, type TargetKind } from '../../shared/catalogue/kinds.ts'
import { type ProviderId, providerIds, providerName } from '../../shared/catalogue/providers.ts'
import type { Batch, BatchItem, ProofCheck } from '../../shared/domain/batch.ts'
import { cautionCodes } from '../../shared/domain/caution-codes.ts'
import type { CautionCode } from '../../shared/domain/deletion.ts'
import type { PlanChange } from '../../shared/domain/plan.ts'
import { t } from '../../shared/messages/messages.ts'
import { assertNever } from '../../shared/result.ts'
import type { StateTone, StateWords } from './asset-words.ts'
import { countOfKind } from './kind-words.ts'
import { cautionText } from './plan-words.ts'
import {
  anyOf,
  clockTime,
  spanShort,
  spanWords,
  timeSince,
  waitWords,
  whenText
} from './time-words.ts'

/** The parts of a batch that words need, so that tests say only what they are about. */
export type BatchFacts = Pick<
  Batch,
  | 'scope'
  | 'mode'
  | 'title'
  | 'state'
  | 'waitsFor'
  | 'waitsUntilAt'
  | 'runAt'
  | 'total'
  | 'counts'
  | 'changed'
  | 'names'
  | 'timeLeftMs'
  | 'lastError'
>

/** "Mia Chen", "12 replicas": what an ordinary deletion is of. */
const plainSubject = ({ title, total, names }: BatchFacts, of: TargetKind | null): string =>
  total > 1
    ? countOfKind(total, of)
    : ([title, names[0] ?? ''].find((name) => name.trim() !== '') ?? countOfKind(1, of))

/** "Mia Chen", "12 replicas", "the likeness of Mia Chen": within a sentence. */
export const batchSubject = (batch: BatchFacts, of: TargetKind | null): string =>
  batch.scope === 'assets'
    ? plainSubject(batch, of)
    : t(`batches.subject.${batch.scope}`, { name: batch.title })

/** The same as a heading. A name is written as its owner writes it. */
export const batchHeading = (batch: BatchFacts, of: TargetKind | null): string =>
  batch.scope === 'assets'
    ? plainSubject(batch, of)
    : t(`batches.heading.${batch.scope}`, { name: batch.title })

/** Beside the countdown, which says the seconds. */
export const holdText = (subject: string): string => t('batches.deletingIn', { subject })

/** Read out once, when the hold begins. */
export const holdSpoken = (subject: string, ms: number): string =>
  t('batches.deletingSpoken', { subject, time: waitWords(ms) })

/** Why a hold does not run, or what waits after it with nothing sent, for the eye and the ear alike; null while its clock does. */
export const stillHoldText = (
  { waitsFor, heldUntilAt }: Pick<Batch, 'waitsFor' | 'heldUntilAt'>,
  { subject }: { readonly subject: string },
  canUndo: boolean
): string | null => {
  if (waitsFor === 'restart') {
    return canUndo ? t('batches.still.restart', { subject }) : t('batches.still.open', { subject })
  }
  if (heldUntilAt !== null) return null
  return waitsFor === 'connection' || waitsFor === 'key' || waitsFor === 'sleep'
    ? t(`batches.still.${waitsFor}`, { subject })
    : t('batches.still.paused', { subject })
}

const words = (tone: StateTone, text: string): StateWords => ({ tone, text })

/** Where the whole is, in a line. */
export const batchState = (batch: BatchFacts, nowMs: number): StateWords => {
  switch (batch.state) {
    case 'scheduled':
      return words(
        'busy',
        batch.runAt === null
          ? t('batches.state.scheduled')
          : t('batches.state.scheduledFor', { when: whenText(batch.runAt, nowMs) })
      )
    case 'held':
      return words('busy', t('batches.state.held'))
    case 'running':
      return words(
        'busy',
        batch.timeLeftMs === null
          ? t('batches.state.running')
          : t('batches.state.runningLeft', { time: waitWords(batch.timeLeftMs) })
      )
    case 'waiting':
      return words('warn', t('batches.state.waiting'))
    case 'finished':
      return finishedState(batch)
    case 'canceled':
      return words('quiet', canceledText(batch))
    default:
      return assertNever(batch.state)
  }
}

const finishedState = ({ counts, total, lastError }: BatchFacts): StateWords => {
  if (counts.refused > 0) {
    return words('bad', t('batches.state.refused', { count: counts.refused }))
  }
  if (counts.unclear > 0) {
    return words('warn', t('batches.state.unclear', { count: counts.unclear }))
  }
  if (counts.accepted > 0) {
    return words('warn', t('batches.count.stillListed', { count: counts.accepted }))
  }
  if (counts.canceled > 0) {
    return lastError === null
      ? words('quiet', canceledText({ counts, total }))
      : words('bad', t('batches.count.canceled', { count: counts.canceled }))
  }
  return counts['not-found'] > 0
    ? words('warn', t('batches.state.someNotFound'))
    : words('good', t('batches.state.completed'))
}

/** How much was left when it was canceled; its own counts say what became of the rest. */
const canceledText = ({ counts, total }: Pick<BatchFacts, 'counts' | 'total'>): string =>
  counts.canceled === total
    ? t('batches.state.undone')
    : t('batches.state.canceledAfter', { count: total - counts.canceled, total })

/** "35 deleted (confirmed by Tavus) · 2 not deleted · 163 remaining": only what there is. */
export const countsText = (
  { counts, changed = { done: 0, gone: 0 }, state }: BatchFacts,
  who: string
): string => {
  const open = counts.planned + counts.held + counts.queued + counts.sent
  // A batch ends only once what was accepted is no longer waited for.
  const accepted = state === 'finished' ? 'stillListed' : 'accepted'
  const parts = [
    ['changed', changed.done + changed.gone],
    ['done', counts.done - changed.done],
    ['gone', counts.gone - changed.gone],
    [accepted, counts.accepted],
    ['already-gone', counts['already-gone']],
    ['not-found', counts['not-found']],
    ['unclear', counts.unclear],
    ['refused', counts.refused],
    ['canceled', counts.canceled],
    ['open', open]
  ] as const
  return parts
    .flatMap(([key, count]) => (count > 0 ? [t(`batches.count.${key}`, { count, who })] : []))
    .join(' · ')
}

/** Why it waits, and what ends that. */
export const waitText = (batch: BatchFacts, who: string): string => {
  const { waitsFor, waitsUntilAt, total } = batch
  const left = batch.counts.planned + batch.counts.held + batch.counts.queued
  switch (waitsFor) {
    case null:
      return ''
    case 'person':
      return left === total ? t('batches.wait.person') : t('batches.wait.personRest')
    case 'restart':
      return left === total
        ? t('batches.wait.restart')
        : t('batches.wait.restartRest', { left, total })
    case 'pace':
      return waitsUntilAt === null
        ? t('batches.wait.pace', { who })
        : t('batches.wait.paceUntil', { who, time: clockTime(waitsUntilAt) })
    default:
      return t(`batches.wait.${waitsFor}`, { who })
  }
}

const isCautionCode = (code: string | null): code is CautionCode =>
  code !== null && (cautionCodes as readonly string[]).includes(code)

/** One difference since the plan was shown. */
export const changeText = ({ what, kind, name, detail }: PlanChange): string => {
  const thing = name.trim() === '' ? t('things.nameless', { kind }) : name
  const byMs = Number(detail)
  const span = spanWords(byMs)
  switch (what) {
    case 'caution':
      return isCautionCode(detail)
        ? t('batches.change.caution', { thing, caution: cautionText(detail) })
        : t('batches.change.otherCaution', { thing })
    case 'address':
      return t('batches.change.address', { name, address: detail ?? '' })
    case 'key':
      return t('batches.change.key', { name })
    case 'kept':
      return t('batches.change.kept', { thing })
    case 'clock-moved':
      return byMs > 0
        ? t('batches.change.clockForward', { span })
        : t('batches.change.clockBack', { span })
    case 'clock-differs':
      return byMs > 0
        ? t('batches.change.clockAhead', { span })
        : t('batches.change.clockBehind', { span })
    default:
      return detail === null || detail === ''
        ? t(`batches.change.${what}`, { thing })
        : t(`batches.changeTo.${what}`, { thing, detail })
  }
}

/** The parts of a deletion that words need. */
export type ItemFacts = Pick<
  BatchItem,
  'state' | 'mode' | 'error' | 'found' | 'httpStatus' | 'sentAt'
>

/** What came in place of an answer that settles it, as a sentence. */
export const lostAnswer = (
  { error, httpStatus }: Pick<ItemFacts, 'error' | 'httpStatus'>,
  who: string
): string => {
  switch (error?.kind) {
    case 'not-found':
      return t('answer.notFound', { who })
    case 'provider-down':
      return t('answer.error', { who, status: String(error.status) })
    case 'unexpected-response':
      return error.where === 'redirect' ? redirectText(error.toOrigin) : t('answer.unusable')
    case 'bug':
      return t('answer.bug', { reference: error.reference })
    default:
      return httpStatus === null
        ? t('answer.lost')
        : t('answer.status', { who, status: String(httpStatus) })
  }
}

/** Where the request was redirected to, as far as that is known. */
export const redirectText = (origin: unknown): string =>
  typeof origin === 'string'
    ? t('answer.redirectedTo', { host: origin.replace(/^https:\/\//, '') })
    : t('answer.redirected')

const unclearText = (item: ItemFacts, who: string): string => {
  if (item.found === 'says-deleted') return t('batches.item.saysDeleted')
  const lost = lostAnswer(item, who)
  return item.found === 'there'
    ? t('batches.item.unclearListed', { lost })
    : t('batches.item.unclear', { lost })
}

/** The answer was an acceptance, or no usable one; the rest is what the app itself saw. */
const goneText = (item: ItemFacts, who: string): string => {
  const { httpStatus, found } = item
  if (httpStatus === 202) return t('batches.item.acceptedGone', { who })
  const lost =
    httpStatus === null
      ? lostAnswer(item, who)
      : t('answer.error', { who, status: String(httpStatus) })
  return found === 'says-deleted'
    ? t('batches.item.listedAsDeleted', { lost })
    : t('batches.item.gone', { lost })
}

const refusedText = (item: ItemFacts, who: string): string => {
  if (item.error?.kind === 'rate-limited') return t('batches.item.refusedPace', { who })
  if (item.found === 'says-deleted') return unclearText(item, who)
  if (item.found !== 'there') return t('batches.item.refused')
  return item.error?.kind === 'provider-refused'
    ? t('batches.item.refusedUnknown', { who })
    : t('batches.item.refusedListed', { lost: lostAnswer(item, who) })
}

const queuedState = ({ error, sentAt }: ItemFacts, who: string): StateWords => {
  if (sentAt === null) return words('quiet', t('batches.item.queued'))
  return words(
    'warn',
    error?.kind === 'provider-refused'
      ? t('batches.item.queuedVersions', { who })
      : t('batches.item.queuedPace', { who })
  )
}

const canceledState = ({ error, sentAt }: ItemFacts, who: string): StateWords => {
  const tone = error === null ? 'quiet' : 'warn'
  if (sentAt !== null) return words(tone, t('batches.item.canceledLate', { who }))
  return words(tone, error === null ? t('batches.item.canceled') : t('batches.item.notSent'))
}

/** Where a change is, once it was answered or looked at; null: as of a deletion. */
const changeState = (
  { state, found }: Pick<ItemFacts, 'state' | 'found'>,
  mode: StepChange,
  who: string
): StateWords | null => {
  const isOffline = mode === 'offline'
  switch (state) {
    case 'done':
      return words(
        'good',
        isOffline
          ? t('batches.item.doneOffline', { who })
          : t('batches.item.doneRepointed', { who })
      )
    case 'gone':
    case 'already-gone':
      return words(
        'good',
        found === 'gone'
          ? t('batches.item.alreadyGone')
          : isOffline
            ? t('batches.item.seenOffline')
            : t('batches.item.seenRepointed')
      )
    case 'refused':
      return words('bad', t('batches.item.notChanged'))
    case 'unclear':
      return words('warn', t('batches.item.changeUnclear'))
    default:
      return null
  }
}

/** Where one deletion is, claiming no more than is known. */
export const itemState = (item: ItemFacts, who: string): StateWords => {
  const { state, mode, found } = item
  const changed = isStepChange(mode) ? changeState(item, mode, who) : null
  if (changed !== null) return changed
  switch (state) {
    case 'planned':
      return words('quiet', t('batches.item.planned'))
    case 'held':
      return words('busy', t('batches.item.held'))
    case 'queued':
      return queuedState(item, who)
    case 'sent':
      return words('busy', t('batches.item.sent', { who }))
    case 'accepted':
      return found === 'there'
        ? words('warn', t('batches.item.acceptedListed', { who }))
        : words('busy', t('batches.item.accepted', { who }))
    case 'done':
      return words(
        'good',
        mode === 'permanent'
          ? t('batches.item.donePermanent', { who })
          : t('batches.item.done', { who })
      )
    case 'gone':
      return words('good', goneText(item, who))
    case 'already-gone':
      return words(
        'good',
        found === 'says-deleted'
          ? t('batches.item.alreadyListedAsDeleted')
          : t('batches.item.alreadyGone')
      )
    case 'not-found':
      return words('warn', t('batches.item.notFound', { who }))
    case 'refused':
      return words('bad', refusedText(item, who))
    case 'unclear':
      return words('warn', unclearText(item, who))
    case 'canceled':
      return canceledState(item, who)
    default:
      return assertNever(state)
  }
}

/** The error beside that, unless the state has told it already. */
export const errorToTell = ({ state, error, found }: ItemFacts): BatchItem['error'] => {
  const isTold =
    state === 'unclear' ||
    state === 'queued' ||
    found !== null ||
    (state === 'refused' && error?.kind === 'rate-limited')
  return isTold ? null : error
}

const checkTones: Readonly<Record<NonNullable<ProofCheck['result']>, StateTone>> = {
  gone: 'good',
  'says-deleted': 'good',
  unreachable: 'good',
  'still-there': 'warn',
  reachable: 'warn',
  unknown: 'quiet'
}

/** "Listing: removed (checked after 1 hr)", or when it will be checked. */
export const checkLine = (
  check: ProofCheck,
  since: string,
  nowMs: number,
  mode: BatchItem['mode'] = 'permanent'
): StateWords => {
  const what = t(`checks.what.${check.what}`)
  if (check.checkedAt === null || check.result === null) {
    return words('quiet', t('checks.due', { what, when: whenText(check.dueAt, nowMs) }))
  }
  const isOffline = mode === 'offline' && check.result === 'says-deleted'
  const result = t(`checks.result.${isOffline ? 'offline' : check.result}`)
  const span = spanShort(Date.parse(check.checkedAt) - Date.parse(since))
  return words(
    checkTones[check.result],
    span === null ? t('checks.atOnce', { what, result }) : t('checks.after', { what, result, span })
  )
}

/** "Deletion, 2 hours ago", for the list of an asset. */
export const askedWhen = ({ askedAt, mode }: Pick<BatchItem, 'askedAt' | 'mode'>, nowMs: number) =>
  t('batches.askedWhen', { mode, time: timeSince(askedAt, nowMs) })

/** Who decides: the provider of all the accounts, or any of theirs. */
export const whoOf = (among: readonly ProviderId[]): string =>
  anyOf([...new Set(among.length === 0 ? providerIds : among)].map(providerName))
