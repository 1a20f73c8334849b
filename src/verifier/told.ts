import { canonicalJson, sha256 } from './json.ts'
import type {
  Receipt,
  ReceiptAnswer,
  ReceiptCheck,
  ReceiptItem,
  ReceiptOutcome,
  ReceiptRecord,
  ReceiptRequest
} from './receipt-shape.ts'

interface ToldBefore {
  readonly askedAt: string | null
  readonly sentAt: string | null
  readonly timesSent: number
  readonly answer: ReceiptAnswer | null
}

interface Told extends ToldBefore {
  readonly requests: readonly ReceiptRequest[]
  readonly checks: readonly ReceiptCheck[]
}

const outcomeTold = ({ type, body }: ReceiptRecord): ReceiptOutcome | null => {
  const outcome = body['outcome']
  switch (type) {
    case 'deletion-accepted':
      return 'accepted'
    case 'deletion-answered':
      // What the provider said; a look of the app's own may show otherwise.
      if (outcome === 'not-known') return 'not-found'
      return outcome === 'done' ||
        outcome === 'already-gone' ||
        outcome === 'not-found' ||
        outcome === 'accepted'
        ? outcome
        : null
    case 'deletion-failed':
      return outcome === 'canceled' ? 'canceled' : 'refused'
    case 'deletion-rate-limited':
      return 'refused'
    case 'deletion-canceled':
      return 'canceled'
    case 'deletion-unclear':
      return 'unclear'
    default:
      return null
  }
}

const textOrNull = (value: ReceiptRecord['body'][string] | undefined) =>
  typeof value === 'string' && value !== '' ? value : null

const answerOf = ({ at, body }: ReceiptRecord, outcome: ReceiptOutcome): ReceiptAnswer => {
  const httpStatus = body['httpStatus']
  return {
    outcome,
    httpStatus: typeof httpStatus === 'number' ? httpStatus : null,
    reason: textOrNull(body['reason']),
    said: textOrNull(body['said']),
    answeredAt: at
  }
}

const askingTypes = ['deletion-asked', 'deletion-scheduled', 'deletion-held']

/**
 * What reading back makes of the answer before it, in a receipt of version 1. That the thing is still there tells
 * nothing of a lost answer.
 */
const outcomeReadBack = (
  { type, body }: ReceiptRecord,
  before: ReceiptAnswer | null
): ReceiptOutcome | null => {
  if (type !== 'deletion-read-back') return null
  const outcome = body['outcome']
  if (outcome === 'not-found') return 'not-found'
  if (outcome !== 'done' && outcome !== 'already-gone') return null
  return before?.outcome === 'accepted' ? 'done' : 'already-gone'
}

/** What a receipt of version 1 says of one deletion, by the records it carries, in their order. */
export const toldInVersion1 = (records: readonly ReceiptRecord[]): ToldBefore => {
  let askedAt: string | null = null
  let sentAt: string | null = null
  let timesSent = 0
  let answer: ReceiptAnswer | null = null
  for (const record of records) {
    const { type, at } = record
    if (askingTypes.includes(type)) askedAt ??= at
    if (type === 'deletion-sent') {
      sentAt = at
      timesSent += 1
      answer = null
    }
    const outcome: ReceiptOutcome | null = outcomeTold(record) ?? outcomeReadBack(record, answer)
    if (outcome !== null) answer = answerOf(record, outcome)
  }
  return { askedAt, sentAt, timesSent, answer }
}

/** A try that is proven not to have left; the second is how earlier versions recorded it. */
const isNotSent = ({ type, body }: ReceiptRecord) =>
  type === 'deletion-not-sent' || (type === 'deletion-paused' && body['outcome'] === 'not-sent')

const linkNames = ['thumbnail', 'download', 'stream', 'hosted'] as const
const links: ReadonlyMap<unknown, ReceiptCheck['what']> = new Map(
  linkNames.map((what) => [what, what])
)

const seen: ReadonlyMap<unknown, ReceiptCheck['result']> = new Map([
  ['there', 'still-listed'],
  ['still-there', 'still-listed'],
  ['gone', 'gone'],
  ['says-deleted', 'says-deleted'],
  ['reachable', 'reachable'],
  ['unreachable', 'unreachable'],
  ['unknown', 'unknown']
])

/** A look of the app's own that a record tells of; null if it tells of none. */
const lookTold = ({ type, at, body }: ReceiptRecord): ReceiptCheck | null => {
  if (type === 'deletion-read-back') {
    const isAway = ['done', 'already-gone', 'not-found'].includes(String(body['outcome']))
    const result = seen.get(body['found']) ?? (isAway ? 'gone' : 'still-listed')
    return { kind: 'read-back', what: null, at, result }
  }
  if (type !== 'deletion-checked' && type !== 'deletion-drifted') return null
  const result = seen.get(body['result'])
  if (result === undefined) return null
  if (body['what'] === 'asset') return { kind: 'read-back', what: null, at, result }
  const what = links.get(body['what'])
  return what === undefined ? null : { kind: 'link', what, at, result }
}

/**
 * What the records of one deletion tell, in their order: all that a receipt may say about it. A try that is proven not
 * to have left is none; the answer is the one that was given, and no later look changes it.
 */
export const toldBy = (records: readonly ReceiptRecord[]): Told => {
  let askedAt: string | null = null
  const requests: ReceiptRequest[] = []
  let answer: ReceiptAnswer | null = null
  let answerBefore: ReceiptAnswer | null = null
  const checks: ReceiptCheck[] = []
  for (const record of records) {
    const { type, at, body } = record
    if (askingTypes.includes(type)) askedAt ??= at
    if (type === 'deletion-tried' || type === 'deletion-sent') {
      const where = { provider: textOrNull(body['provider']), origin: textOrNull(body['origin']) }
      requests.push({ at, left: 'unknown', ...where })
      answerBefore = answer
      answer = null
    }
    if (isNotSent(record)) {
      requests.pop()
      answer = answerBefore
    }
    const look = lookTold(record)
    if (look !== null) checks.push(look)
    const outcome = outcomeTold(record)
    // Called off after a refusal: the answer that was given stays.
    if (outcome === null || (outcome === 'canceled' && answer !== null)) continue
    answer = answerOf(record, outcome)
    const last = requests.at(-1)
    const hasLeft = outcome === 'unclear' ? answer.httpStatus !== null : outcome !== 'canceled'
    if (last !== undefined && (hasLeft || body['sent'] === 'yes')) {
      requests[requests.length - 1] = { ...last, left: 'yes' }
    }
  }
  const sentAt = requests.at(-1)?.at ?? null
  return { askedAt, sentAt, timesSent: requests.length, requests, answer, checks }
}

/** What the records tell of the accounts of some deletions: as they were called, and where their requests went. */
export const accountsTold = (
  items: readonly Pick<ReceiptItem, 'target' | 'requests'>[],
  records: readonly ReceiptRecord[]
): Receipt['accounts'] =>
  [...new Set(items.map(({ target }) => target.accountId))].map((id) => {
    const own = records.filter(({ accountId }) => accountId === id)
    const origins = items
      .filter(({ target }) => target.accountId === id)
      .flatMap(({ requests }) => requests.flatMap(({ origin }) => origin ?? []))
    return {
      id,
      name:
        own.findLast((record) => record.operationId !== null && record.accountName)?.accountName ??
        '',
      provider: textOrNull(
        own.findLast(({ body }) => textOrNull(body['provider']))?.body['provider']
      ),
      isSample: own.some(({ body }) => body['isSample'] === true),
      origins: [...new Set(origins)]
    }
  })

/** Whether the accounts of some deletions are those of sample data. */
export const sampleTold = (accounts: Receipt['accounts']): Receipt['sample'] => {
  const count = accounts.filter(({ isSample }) => isSample).length
  return count === 0 ? 'none' : count === accounts.length ? 'all' : 'some'
}

/** The time that a plan was scheduled for, by the records that ask for its deletions; null by hand. */
export const runAtTold = (records: readonly ReceiptRecord[]) =>
  textOrNull(records.find(({ type }) => askingTypes.includes(type))?.body['runAt'])

/**
 * What the history is told of a receipt before it is signed: SHA-256 over everything that the receipt says, and over
 * the hashes of the records it goes by.
 * `receipt`: without `chain` and `signature`, and its `records` without the one that will hold this.
 */
export const statementHash = (receipt: Pick<Receipt, 'records'>) => {
  const { records, ...said } = receipt
  return sha256(canonicalJson({ ...said, records: records.map((record) => record.hash) }))
}

/** The record that tells of the receipt itself. */
export const madeType = 'receipt-made'
