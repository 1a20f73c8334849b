import { kinds, type TargetKind } from '../../shared/catalogue/kinds.ts'
import { type ProviderId, providerIds, providerName } from '../../shared/catalogue/providers.ts'
import type { Batch, BatchItem, ProofCheck } from '../../shared/domain/batch.ts'
import { cautionCodes } from '../../shared/domain/caution-codes.ts'
import type { CautionCode } from '../../shared/domain/deletion.ts'
import type { PlanChange } from '../../shared/domain/plan.ts'
import { assertNever } from '../../shared/result.ts'
import type { StateWords } from './asset-words.ts'
import { capital } from './capital.ts'
import { redirectedTo } from './history-words.ts'
import { countOfKind } from './kind-words.ts'
import { cautionText } from './plan-words.ts'
import {
  anyOf,
  clockTime,
  countOf,
  dayAndTime,
  number,
  spanWords,
  timeSince,
  waitWords
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
  | 'names'
  | 'timeLeftMs'
  | 'lastError'
>

/** "Mia Chen", "12 replicas", "the likeness of Mia Chen". */
export const batchSubject = (batch: BatchFacts, of: TargetKind | null): string => {
  const { scope, title, total, names } = batch
  switch (scope) {
    case 'likeness':
      return `the likeness of ${title}`
    case 'person':
      return `everything of ${title}`
    case 'teardown':
      return `model ${title} with its versions`
    case 'cleanup':
      return `old versions of ${title}`
    case 'assets':
      if (total > 1) return countOfKind(total, of)
      return [title, names[0] ?? ''].find((name) => name.trim() !== '') ?? countOfKind(1, of)
    default:
      return assertNever(scope)
  }
}

/** The same at the start of a line. Only our own words take a capital: a name is written as its owner writes it. */
export const batchHeading = (batch: BatchFacts, of: TargetKind | null): string =>
  batch.scope === 'assets' ? batchSubject(batch, of) : capital(batchSubject(batch, of))

/** What stands beside the countdown, which says the seconds. */
export const holdText = (subject: string): string => `Deleting ${subject} in`

export const secondsShort = (ms: number): string => `${Math.ceil(ms / 1000)} s`

/** Read out once, when the hold begins. */
export const holdSpoken = (subject: string, ms: number): string =>
  `Deleting ${subject} in ${waitWords(ms)}. Undo takes it back.`

const holdPausedText = (heading: string): string => `${heading}: held, clock stopped`

const heldAtSleep = (subject: string): string => `Held when the computer slept: ${subject}`

const heldAtRestart = (subject: string): string => `Held when the app closed: ${subject}`

const openAtRestart = (subject: string): string => `Under way when the app closed: ${subject}`

/** Why a hold does not run, or what waits after it with nothing sent, for the eye and the ear alike; null while its clock does. */
export const stillHoldText = (
  { waitsFor, heldUntilAt }: Pick<Batch, 'waitsFor' | 'heldUntilAt'>,
  names: { readonly subject: string; readonly heading: string },
  canUndo: boolean
): string | null => {
  if (waitsFor === 'restart') {
    return canUndo ? heldAtRestart(names.subject) : openAtRestart(names.subject)
  }
  if (heldUntilAt !== null) return null
  if (waitsFor === 'connection') return `${names.heading}: waiting for connection`
  if (waitsFor === 'key') return `${names.heading}: waiting for the key`
  return waitsFor === 'sleep' ? heldAtSleep(names.subject) : holdPausedText(names.heading)
}

/** Where the whole stands, in a line. */
export const batchState = (batch: BatchFacts, nowMs: number): StateWords => {
  switch (batch.state) {
    case 'scheduled':
      return {
        tone: 'busy',
        text: batch.runAt === null ? 'Scheduled' : `Scheduled for ${dayAndTime(batch.runAt, nowMs)}`
      }
    case 'held':
      return { tone: 'busy', text: 'Held. Nothing was sent.' }
    case 'running':
      return { tone: 'busy', text: runningText(batch) }
    case 'waiting':
      return { tone: 'warn', text: 'Waiting' }
    case 'finished':
      return finishedState(batch)
    case 'canceled':
      return { tone: 'quiet', text: canceledText(batch) }
    default:
      return assertNever(batch.state)
  }
}

const runningText = ({ timeLeftMs }: BatchFacts): string =>
  timeLeftMs === null ? 'Under way' : `Under way, ${waitWords(timeLeftMs)} left`

const finishedState = ({ counts, total, lastError }: BatchFacts): StateWords => {
  if (counts.refused > 0) {
    return { tone: 'bad', text: `${number(counts.refused)} not deleted` }
  }
  if (counts.unclear > 0) {
    return { tone: 'warn', text: `Not clear yet for ${number(counts.unclear)}.` }
  }
  if (counts.accepted > 0) {
    return { tone: 'warn', text: `${number(counts.accepted)} accepted, still there` }
  }
  if (counts.canceled > 0) {
    return lastError === null
      ? { tone: 'quiet', text: canceledText({ counts, total }) }
      : { tone: 'bad', text: `${number(counts.canceled)} not sent` }
  }
  if (counts['not-found'] > 0) return { tone: 'warn', text: 'Ended; some were not known there' }
  return { tone: 'good', text: 'Ended' }
}

/** How much was canceled; what became of the rest is told by its own counts. */
const canceledText = ({ counts, total }: Pick<BatchFacts, 'counts' | 'total'>): string =>
  counts.canceled === total
    ? 'Undone; nothing was deleted'
    : `${number(counts.canceled)} of ${number(total)} canceled`

/** "35 accepted as deleted · 2 not deleted · 163 to go": only what there is. */
export const countsText = ({ counts, state }: BatchFacts, who: string): string => {
  const open = counts.planned + counts.held + counts.queued + counts.sent
  const parts: readonly (readonly [number, string])[] = [
    [counts.done, `deleted, says ${who}`],
    [counts.gone, 'gone when checked'],
    // A batch ends only once what was accepted is no longer waited for.
    [counts.accepted, state === 'finished' ? 'accepted, still there' : 'accepted, being removed'],
    [counts['already-gone'], 'already gone'],
    [counts['not-found'], `not known to ${who}`],
    [counts.unclear, 'not clear yet'],
    [counts.refused, 'not deleted'],
    [counts.canceled, 'not sent'],
    [open, 'to go']
  ]
  return parts
    .filter(([count]) => count > 0)
    .map(([count, text]) => `${number(count)} ${text}`)
    .join(' · ')
}

/** Why it waits, and what ends that. */
export const waitText = (batch: BatchFacts, who: string): string => {
  const left = batch.counts.planned + batch.counts.held + batch.counts.queued
  switch (batch.waitsFor) {
    case null:
      return ''
    case 'person':
      return left === batch.total
        ? 'Paused. Nothing is sent until you resume.'
        : 'Paused. Nothing more is sent until you resume.'
    case 'restart':
      return left === batch.total
        ? 'Held when the app closed. Resume or Undo.'
        : `${number(left)} of ${number(batch.total)} still to go when the app closed. Resume, or cancel the rest.`
    case 'sleep':
      return 'Held when the computer slept. Resume or Undo.'
    case 'connection':
      return 'No connection. It continues automatically once the plan has been checked again.'
    case 'key':
      return `${capital(who)} does not take the account’s key, or it cannot be read. Nothing more is sent.`
    case 'pace':
      return batch.waitsUntilAt === null
        ? `${capital(who)} limits the rate of requests. The next one follows automatically.`
        : `${capital(who)} limits the rate of requests. The next one follows automatically at ${clockTime(batch.waitsUntilAt)}.`
    case 'changed':
      return 'Something changed since you looked. Nothing more is sent until you resume.'
    case 'clock':
      return 'Scheduled, but this computer’s clock cannot be trusted. Nothing is sent until you resume.'
    case 'storage':
      return 'The database cannot be written, so nothing is sent. It goes on when it can.'
    default:
      return assertNever(batch.waitsFor)
  }
}

const isCautionCode = (code: string | null): code is CautionCode =>
  code !== null && (cautionCodes as readonly string[]).includes(code)

const movedText = (byMs: number): string =>
  `This computer’s clock moved ${byMs > 0 ? 'forward' : 'back'} by ${spanWords(byMs)}.`

const differsText = (byMs: number): string =>
  `This computer’s clock is ${spanWords(byMs)} ${byMs > 0 ? 'ahead of' : 'behind'} the provider’s.`

/** One difference since the plan was shown. */
export const changeText = ({ what, kind, name, detail }: PlanChange): string => {
  const thing = name.trim() === '' ? `A ${kinds[kind].noun}` : name
  const more = detail === null || detail === '' ? '' : ` (${detail})`
  switch (what) {
    case 'added':
      return `${thing} is new${more}.`
    case 'vanished':
      return `${thing} is gone${more}.`
    case 'renamed':
      return `${thing} has another name now${more}.`
    case 'status':
      return `${thing} is in another state now${more}.`
    case 'caution':
      return `${thing}: ${isCautionCode(detail) ? cautionText(detail) : 'something speaks against it.'}`
    case 'not-readable':
      return `${thing} could not be read${more}.`
    case 'address':
      return `Account ${name} has another address now: ${detail ?? ''}. What was confirmed for the old address is not sent there. Resume leaves it out.`
    case 'key':
      return `Account ${name} has another key now. What was confirmed with the old key is not sent with it. Resume leaves it out.`
    case 'kept':
      return `${thing} is one of those to keep now, or that could not be checked.`
    case 'clock-moved':
      return movedText(Number(detail))
    case 'clock-differs':
      return differsText(Number(detail))
    default:
      return assertNever(what)
  }
}

/** The parts of a deletion that words need. */
export type ItemFacts = Pick<
  BatchItem,
  'state' | 'mode' | 'error' | 'found' | 'httpStatus' | 'sentAt'
>

/** What came in place of an answer that settles it. */
export const lostAnswer = (
  { error, httpStatus }: Pick<ItemFacts, 'error' | 'httpStatus'>,
  who: string
) => {
  switch (error?.kind) {
    case 'not-found':
      return `${capital(who)} answered that it does not know it`
    case 'provider-down':
      return `${capital(who)} answered with an error (${error.status})`
    case 'unexpected-response':
      return error.where === 'redirect'
        ? `The request was redirected${redirectedTo(error.toOrigin ?? null)}; the redirect was not followed`
        : 'The answer could not be used'
    case 'bug':
      return `The app failed while sending it (reference ${error.reference})`
    default:
      return httpStatus === null ? 'The answer was lost' : `${capital(who)} answered ${httpStatus}`
  }
}

const unclearText = (item: ItemFacts, who: string): string => {
  if (item.found === 'says-deleted') return 'It says it is deleted; whether for good is not known'
  const lost = lostAnswer(item, who)
  return item.found === 'there'
    ? `${lost}. Still there; checking again.`
    : `${lost}. What happened is not known yet.`
}

/** The answer was an acceptance, or no usable one; the rest is the app's own look. */
const goneText = (item: ItemFacts, who: string): string => {
  const { httpStatus, found } = item
  const seen = found === 'says-deleted' ? 'It says it is deleted' : 'Gone'
  if (httpStatus === 202) return `${capital(who)} accepted; gone when checked`
  if (httpStatus !== null) return `${seen}; ${who} had answered with an error (${httpStatus})`
  return `${seen}; ${lowered(lostAnswer(item, who), who)}`
}

const refusedText = (item: ItemFacts, who: string): string => {
  if (item.error?.kind === 'rate-limited') return `Not deleted: ${who} limits the rate of requests`
  if (item.found === 'says-deleted') return unclearText(item, who)
  if (item.found !== 'there') return 'Not deleted'
  return item.error?.kind === 'provider-refused'
    ? `Not deleted: ${who} answered that it does not know it, but it is still there`
    : `Not deleted: ${lowered(lostAnswer(item, who), who)}, and it is still there`
}

const lowered = (text: string, who: string): string =>
  text.startsWith(who) ? text : text.charAt(0).toLowerCase() + text.slice(1)

/** Where one deletion stands, claiming no more than is known. */
export const itemState = (item: ItemFacts, who: string): StateWords => {
  const { state, mode, error, found, sentAt } = item
  switch (state) {
    case 'planned':
      return { tone: 'quiet', text: 'Planned' }
    case 'held':
      return { tone: 'busy', text: 'Held' }
    case 'queued':
      return sentAt === null
        ? { tone: 'quiet', text: 'In line' }
        : { tone: 'warn', text: `In line again: ${whyAgain(item, who)}` }
    case 'sent':
      return { tone: 'busy', text: `Asking ${who}` }
    case 'accepted':
      return found === 'there'
        ? {
            tone: 'warn',
            text: `${capital(who)} accepted, but it was still there after 15 minutes`
          }
        : { tone: 'busy', text: `${capital(who)} accepted; removal takes a few minutes` }
    case 'done':
      return {
        tone: 'good',
        text:
          mode === 'permanent'
            ? `${capital(who)} accepted, permanently`
            : `${capital(who)} accepted`
      }
    case 'gone':
      return { tone: 'good', text: goneText(item, who) }
    case 'already-gone':
      return {
        tone: 'good',
        text: found === 'says-deleted' ? 'Already deleted, it says' : 'Already gone'
      }
    case 'not-found':
      return { tone: 'warn', text: `${capital(who)} does not know it; not counted as deleted` }
    case 'refused':
      return { tone: 'bad', text: refusedText(item, who) }
    case 'unclear':
      return { tone: 'warn', text: unclearText(item, who) }
    case 'canceled':
      return error === null
        ? { tone: 'quiet', text: sentAt === null ? 'Canceled, not sent' : canceledLate(who) }
        : { tone: 'warn', text: sentAt === null ? 'Not sent' : canceledLate(who) }
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

const canceledLate = (who: string): string =>
  `Canceled, not deleted: ${who} had refused the request`

/** Why one request was not the last. */
const whyAgain = ({ error }: ItemFacts, who: string): string =>
  error?.kind === 'provider-refused'
    ? `${who} refused it while versions are being removed`
    : `${who} limits the rate of requests`

const checkedThings: Readonly<Record<ProofCheck['what'], string>> = {
  asset: 'Read back',
  thumbnail: 'Thumbnail link',
  download: 'Download link',
  stream: 'Stream link',
  hosted: 'Page link'
}

const checkResults: Readonly<Record<NonNullable<ProofCheck['result']>, string>> = {
  gone: 'gone',
  'says-deleted': 'says that it is deleted',
  'still-there': 'still there',
  reachable: 'can still be reached',
  unreachable: 'cannot be reached any more',
  unknown: 'could not be told'
}

const steps: readonly (readonly [number, string])[] = [
  [86_400_000, 'd'],
  [3_600_000, 'h'],
  [60_000, 'min']
]

/** "1 h later", "at once". */
const laterText = (fromAt: string, at: string): string => {
  const ms = Date.parse(at) - Date.parse(fromAt)
  const step = steps.find(([unitMs]) => ms >= unitMs)
  return step === undefined ? 'at once' : `${number(Math.round(ms / step[0]))} ${step[1]} later`
}

/** "Read back 1 h later: gone", or when it will be looked at. */
export const checkLine = (check: ProofCheck, since: string, nowMs: number): StateWords => {
  const thing = checkedThings[check.what]
  if (check.checkedAt === null || check.result === null) {
    return { tone: 'quiet', text: `${thing}: next look ${dayAndTime(check.dueAt, nowMs)}` }
  }
  const isBad = check.result === 'still-there' || check.result === 'reachable'
  const isGood = ['gone', 'says-deleted', 'unreachable'].includes(check.result)
  return {
    tone: isBad ? 'warn' : isGood ? 'good' : 'quiet',
    text: `${thing} ${laterText(since, check.checkedAt)}: ${checkResults[check.result]}`
  }
}

/** "Deletion asked 2 hours ago" and how it ended, for the list of an asset. */
export const askedWhen = (item: Pick<BatchItem, 'askedAt' | 'mode'>, nowMs: number): string =>
  `${item.mode === 'permanent' ? 'Permanent deletion' : 'Deletion'}, ${timeSince(item.askedAt, nowMs)}`

/** Who decides: the provider of all the accounts, or any of theirs. */
export const whoOf = (among: readonly ProviderId[]): string =>
  anyOf([...new Set(among.length === 0 ? providerIds : among)].map(providerName))

/** How many deletions are open, behind the button that shows them. */
export const openCountText = (count: number): string =>
  count === 0 ? 'Nothing under way' : `${countOf(count, 'deletion')} under way`
