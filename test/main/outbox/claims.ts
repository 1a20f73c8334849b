import type { Operation } from '../../../src/main/ports/store.ts'
import { batchState, itemState, waitText } from '../../../src/renderer/text/batch-words.ts'
import { eventText } from '../../../src/renderer/text/history-words.ts'
import { assetKindSchema } from '../../../src/shared/domain/asset.ts'
import type { Batch, BatchItem } from '../../../src/shared/domain/batch.ts'
import type { HistoryEvent } from '../../../src/shared/domain/history.ts'
import { t } from '../../../src/shared/messages/messages.ts'
import type { Exchange } from '../desks/test-time.ts'
import type { Stage } from './stories.ts'

/** What a request to delete met, by the logs of both ends of the wire. */
interface Request {
  readonly number: number
  readonly at: string
  /** What the server sent; null if nothing. */
  readonly status: number | null
  /** What arrived in whole here; null if nothing did. */
  readonly answer: Exchange['answer']
  /** The server did what it was asked, or began to. */
  readonly hasActed: boolean
}

/** One try by the records, with the request that it was by the logs. */
interface Try {
  readonly attempt: number
  readonly at: string
  readonly end: HistoryEvent | null
  readonly request: Request | null
}

interface Look {
  readonly at: string
  readonly found: 'there' | 'says-deleted' | 'gone'
}

/** Everything that is known of one deletion from outside the app, and the records it is to be held against. */
interface Truth {
  readonly who: string
  readonly operation: Operation
  readonly path: string
  readonly tries: readonly Try[]
  readonly looks: readonly Look[]
  /** How the server shows the thing now. */
  readonly now: 'there' | 'says-deleted' | 'gone'
}

const numberHeader = 'x-test-number'

const pathOf = ({ assetKind, assetId }: Operation): string => {
  const id = assetId ?? ''
  if (assetKind === 'model') return `/v1/models/${id}`
  if (assetKind === 'version') return `/v1/models/${id.replace(':', '/versions/')}`
  return `/v2/${assetKind}s/${id}`
}

/** The id that the log of deletions names. */
const loggedId = ({ assetKind, assetId }: Operation): string =>
  assetKind === 'version' ? (assetId?.split(':')[1] ?? '') : (assetId ?? '')

const deletionsAt = ({ server }: Stage, operation: Operation): readonly number[] => {
  const log: readonly { id: string; atMs: number; outcome: string }[] =
    server.sandbox.state.deletions
  return log
    .filter(
      ({ id, outcome }) => id === loggedId(operation) && /done|accepted|repeated/.test(outcome)
    )
    .map(({ atMs }) => atMs)
}

const requestsFor = (stage: Stage, operation: Operation): readonly Request[] => {
  const acted = deletionsAt(stage, operation)
  const { exchanges } = stage.desk.time
  return stage.desk.sandbox.requests
    .filter(({ method, path }) => method === 'DELETE' && path === pathOf(operation))
    .map(({ at, status, headers, processed }) => {
      const number = Number(headers[numberHeader])
      const hasActed = processed === 1 && acted.includes(Date.parse(at))
      return { number, at, status, answer: exchanges[number]?.answer ?? null, hasActed }
    })
}

const readFound = ({ status, text }: NonNullable<Exchange['answer']>): Look['found'] | null => {
  if (status === 404 || status === 410) return text.startsWith('<') ? null : 'gone'
  if (status === 400) return /invalid \w+_id/i.test(text) ? 'gone' : null
  if (status !== 200 || !text.startsWith('{')) return null
  return /"status":"deleted"/.test(text) ? 'says-deleted' : 'there'
}

const looksAt = ({ desk }: Stage, path: string): readonly Look[] =>
  desk.time.exchanges.flatMap(({ at, method, path: asked, answer }): Look[] => {
    if (method !== 'GET' || asked !== path || answer === null) return []
    const found = readFound(answer)
    return found === null ? [] : [{ at, found }]
  })

const shownNow = ({ server }: Stage, operation: Operation): Truth['now'] => {
  if (server.kind === 'replicate') {
    const { state } = server.sandbox
    const id = operation.assetId ?? ''
    if (operation.assetKind === 'model') return state.model(id) === undefined ? 'gone' : 'there'
    const [model = '', version] = id.split(':')
    const isThere = state.model(model) !== undefined
    return isThere && state.versionsOf(model).some((row) => row.id === version) ? 'there' : 'gone'
  }
  const { state } = server.sandbox
  const rows = [...state.replicas, ...state.videos, ...state.conversations, ...state.personas]
  const row = rows.find(({ id }) => id === operation.assetId)
  if (row === undefined) return 'gone'
  return state.isDeleted(row) ? 'says-deleted' : 'there'
}

const triesOf = (
  records: readonly HistoryEvent[],
  requests: readonly Request[],
  nextAt: string
): readonly Try[] => {
  const begun = records.filter(({ type }) => type === 'deletion-tried')
  return begun.map((record, index) => {
    const { attempt } = record.body
    const end = records.find(({ body }) => body['attempt'] === attempt && 'sent' in body) ?? null
    const untilAt = begun[index + 1]?.at ?? nextAt
    const own = requests.filter(({ at }) => at >= record.at && at < untilAt)
    if (own.length > 1) throw new Error(`${own.length} requests for one try`)
    return { attempt: Number(attempt), at: record.at, end, request: own[0] ?? null }
  })
}

const endOfTime = '9999'

const truthOf = (stage: Stage, operation: Operation, all: readonly HistoryEvent[]): Truth => {
  const records = all.filter(({ operationId }) => operationId === operation.id)
  const path = pathOf(operation)
  const later = all.find(
    ({ type, operationId, assetId, assetKind, at }) =>
      type === 'deletion-tried' &&
      operationId !== operation.id &&
      assetId === operation.assetId &&
      assetKind === operation.assetKind &&
      at > (records.find((record) => record.type === 'deletion-tried')?.at ?? endOfTime)
  )
  return {
    who: stage.server.kind === 'tavus' ? 'Tavus' : 'Replicate',
    operation,
    path,
    tries: triesOf(records, requestsFor(stage, operation), later?.at ?? endOfTime),
    looks: looksAt(stage, path),
    now: shownNow(stage, operation)
  }
}

// --- What a request met ------------------------------------------------------------------------------------------

const lastTry = ({ tries }: Truth): Try | null =>
  tries.findLast(({ end }) => end?.body['sent'] !== 'no') ?? null

const hasArrived = ({ tries }: Truth): boolean => tries.some(({ request }) => request !== null)
const hasActed = ({ tries }: Truth): boolean =>
  tries.some(({ request }) => request?.hasActed === true)

const statusOf = (one: Try | null): number | null => one?.request?.answer?.status ?? null
const textOf = (one: Try | null): string => one?.request?.answer?.text.trim() ?? ''
const isPage = (one: Try | null): boolean => textOf(one).startsWith('<')

/** Nothing that could be read as an answer came in whole. */
const isLost = (one: Try | null): boolean =>
  one !== null && !isRedirected(one) && (statusOf(one) === null || statusOf(one) === 408)

const isRedirected = (one: Try | null): boolean => {
  const status = one?.request?.status ?? 0
  return status >= 300 && status < 400
}

const isUnknown = (one: Try | null): boolean => {
  const status = statusOf(one)
  if (isPage(one)) return false
  return status === 404 || status === 410 || (status === 400 && /invalid \w+_id/i.test(textOf(one)))
}

const isTaken = (one: Try | null, who: string): boolean => {
  const status = statusOf(one) ?? 0
  if (isPage(one)) return false
  return who === 'Replicate' ? status === 200 || status === 204 : status >= 200 && status < 300
}

const isRefused = (one: Try | null): boolean => {
  const status = statusOf(one) ?? 0
  return status >= 400 && status < 500 && status !== 408
}

const isUnusable = (one: Try | null, who: string): boolean =>
  one?.request?.status !== null &&
  !isRedirected(one) &&
  (isPage(one) || (!isRefused(one) && statusOf(one) !== null && !!who) || isLost(one))

const sawAfter = (truth: Truth, found: Look['found'], until = endOfTime): boolean => {
  const since = lastTry(truth)?.at ?? endOfTime
  return truth.looks.some((look) => look.found === found && look.at >= since && look.at <= until)
}

const waitedFor = (truth: Truth, ms: number): boolean =>
  truth.looks.some(
    ({ at, found }) =>
      found === 'there' && Date.parse(at) - Date.parse(lastTry(truth)?.at ?? at) >= ms
  )

// --- Sentences ---------------------------------------------------------------------------------------------------

type Claim<Context> = readonly [
  pattern: RegExp,
  isAllowed: (context: Context, found: RegExpExecArray) => boolean
]

/** Null if the sentence is allowed; else why it is not. */
const judge = <Context>(
  sentence: string,
  claims: readonly Claim<Context>[],
  context: Context
): string | null => {
  for (const [pattern, isAllowed] of claims) {
    const found = pattern.exec(sentence)
    if (found !== null) return isAllowed(context, found) ? null : `false: “${sentence}”`
  }
  return `not known: “${sentence}”`
}

const who = '(?:Tavus|Replicate)'
const whole = (pattern: string): RegExp => new RegExp(`^${pattern}$`)

/** What came in place of an answer, in the words of the window. */
const lostClaims: readonly Claim<Truth>[] = [
  [/^The response was lost\./, (truth) => isLost(lastTry(truth))],
  [/^The request was redirected( to \S+)?;/, (truth) => isRedirected(lastTry(truth))],
  [/^The response couldn’t be used\./, (truth) => isUnusable(lastTry(truth), truth.who)],
  [
    new RegExp(`^${who} responded with an error \\((\\d+)\\)\\.`),
    (truth, [, status]) => statusOf(lastTry(truth)) === Number(status)
  ],
  [
    new RegExp(`^${who} responded that it doesn’t know this item\\.`),
    (truth) => isUnknown(lastTry(truth))
  ]
]

const isLostAs = (truth: Truth, text: string): boolean => judge(text, lostClaims, truth) === null

const itemClaims: readonly Claim<Truth>[] = [
  [/^(Planned|On hold|Queued|Canceled, not sent|Not sent)$/, (truth) => !hasArrived(truth)],
  [whole(`Queued again: ${who} is limiting requests`), (truth) => statusOf(lastTry(truth)) === 429],
  [
    whole(`Queued again: ${who} refused while versions are being deleted`),
    (truth) => isRefused(lastTry(truth)) && truth.operation.assetKind === 'model'
  ],
  [whole(`Waiting for a response from ${who}`), (truth) => truth.tries.at(-1)?.end === null],
  [
    whole(`${who} accepted; deletion takes a few minutes`),
    (truth) => statusOf(lastTry(truth)) === 202
  ],
  [
    whole(`${who} accepted, but it was still listed after 15 minutes`),
    (truth) => statusOf(lastTry(truth)) === 202 && waitedFor(truth, 15 * 60_000)
  ],
  [
    whole(`${who} accepted; no longer listed when checked`),
    (truth) => statusOf(lastTry(truth)) === 202 && sawAfter(truth, 'gone')
  ],
  [
    whole(`${who} confirmed the (permanent )?deletion`),
    (truth, [, isForGood]) =>
      isTaken(lastTry(truth), truth.who) &&
      (isForGood !== undefined) === (truth.operation.mode === 'permanent')
  ],
  [
    /^Listed as deleted; unclear whether permanently$/,
    (truth) => sawAfter(truth, 'says-deleted') && truth.operation.mode === 'permanent'
  ],
  [
    /^(No longer listed|Listed as deleted)\. (.+)$/,
    (truth, [, seen, lost = '']) =>
      sawAfter(truth, seen === 'No longer listed' ? 'gone' : 'says-deleted') &&
      isLostAs(truth, lost)
  ],
  [
    /^Already (listed as )?deleted$/,
    (truth, [, isListed]) =>
      isUnknown(lastTry(truth)) &&
      !hasActed(truth) &&
      sawAfter(truth, isListed === undefined ? 'gone' : 'says-deleted')
  ],
  [
    whole(`Not found at ${who}; not counted as deleted`),
    (truth) => isUnknown(lastTry(truth)) && !hasActed(truth)
  ],
  [whole(`Not deleted: ${who} is limiting requests`), (truth) => statusOf(lastTry(truth)) === 429],
  [
    whole(`Not deleted: ${who} responded that it doesn’t know this item, but it’s still listed`),
    (truth) => isUnknown(lastTry(truth)) && sawAfter(truth, 'there')
  ],
  [
    /^Not deleted, still listed\. (.+)$/,
    (truth, [, lost = '']) => isLostAs(truth, lost) && sawAfter(truth, 'there')
  ],
  [/^Not deleted$/, (truth) => isRefused(lastTry(truth))],
  [
    /^(.+) Still listed; checking again\.$/,
    (truth, [, lost = '']) => isLostAs(truth, lost) && sawAfter(truth, 'there')
  ],
  [/^(.+) The outcome is unknown so far\.$/, (truth, [, lost = '']) => isLostAs(truth, lost)],
  [
    whole(`Canceled, not deleted: ${who} had refused the request`),
    (truth) => isRefused(lastTry(truth)) && !hasActed(truth)
  ]
]

interface Told {
  readonly truth: Truth
  readonly record: HistoryEvent
  /** The try that the record belongs to; for a look of our own the last one before it. */
  readonly one: Try | null
}

const found = ({ truth, record }: Told, what: Look['found']): boolean => {
  const last = truth.looks.findLast(({ at }) => at <= record.at)
  return last?.found === what
}

const askedAt = ({ one }: Told): Truth['tries'] => (one === null ? [] : [one])
const asTruth = (told: Told): Truth => ({ ...told.truth, tries: askedAt(told) })

const recordClaims: readonly Claim<Told>[] = [
  [
    /^(permanent )?deletion .*(requested by you|scheduled|on hold; nothing sent yet|paused|resumed)/,
    () => true
  ],
  [/^sending (permanent )?deletion request/, () => true],
  [/^the request was not sent/, ({ one }) => one !== null && one.request === null],
  [
    whole(`${who} is limiting requests; another request follows`),
    ({ one }) => statusOf(one) === 429
  ],
  [
    whole(`${who} accepted the deletion; this takes a few minutes`),
    ({ one }) => statusOf(one) === 202
  ],
  [
    whole(`${who} confirmed the (permanent )?deletion`),
    ({ one, truth }, [, isForGood]) =>
      isTaken(one, truth.who) &&
      (isForGood !== undefined) === (truth.operation.mode === 'permanent')
  ],
  [whole(`${who} responded that it doesn’t know this item`), ({ one }) => isUnknown(one)],
  [/^not deleted yet/, ({ one }) => isRefused(one)],
  [/^not deleted/, ({ one }) => isRefused(one)],
  [
    /^the request was sent, the response was lost$/,
    ({ one }) => isLost(one) && one?.request !== null
  ],
  [
    /^the app closed before a response came; unclear whether the request was sent$/,
    ({ one }) => isLost(one)
  ],
  [
    new RegExp(`^outcome unknown\\. ${who} responded with an error \\((\\d+)\\)\\.$`),
    ({ one }, [, status]) => statusOf(one) === Number(status)
  ],
  [
    /^outcome unknown\. The response couldn’t be used\.$/,
    ({ one, truth }) => isUnusable(one, truth.who)
  ],
  [/^outcome unknown\. The request was redirected/, ({ one }) => isRedirected(one)],
  [/^checked: no longer listed$/, (told) => found(told, 'gone')],
  [/^checked: listed as deleted$/, (told) => found(told, 'says-deleted')],
  [
    /^checked: listed as deleted; unclear whether permanently$/,
    (told) => found(told, 'says-deleted') && told.truth.operation.mode === 'permanent'
  ],
  [
    /^checked: (no longer listed|listed as deleted)\. (.+)$/,
    (told, [, seen, lost = '']) =>
      found(told, seen === 'no longer listed' ? 'gone' : 'says-deleted') &&
      isLostAs(asTruth(told), lost)
  ],
  [
    new RegExp(`^checked: still listed 15 minutes after ${who} accepted the deletion$`),
    (told) =>
      found(told, 'there') && statusOf(told.one) === 202 && waitedFor(told.truth, 15 * 60_000)
  ],
  [/^checked: still listed/, (told) => found(told, 'there')],
  [whole(`checked: not found at ${who}`), (told) => found(told, 'gone') && isUnknown(told.one)],
  [
    /^deletion (of \S+ items? )?(undone|stopped) before it was sent/,
    ({ truth }) => !hasArrived(truth)
  ],
  [
    whole(`deletion canceled: ${who} had refused the request`),
    ({ truth }) => isRefused(lastTry(truth)) && !hasActed(truth)
  ],
  [/^checked again: removed$/, (told) => found(told, 'gone')],
  [/^checked again: listed as deleted$/, (told) => found(told, 'says-deleted')],
  [/^checked again: still listed$/, () => true],
  [/^found again after its deletion/, () => true]
]

const assetClaims: readonly Claim<{ readonly truths: readonly Truth[]; readonly at: string }>[] = [
  [
    /^removed outside this app$/,
    ({ truths, at }) =>
      !truths.some(({ tries }) =>
        tries.some(({ request }) => request?.hasActed === true && request.at <= at)
      )
  ]
]

const outcomeClaims: readonly Claim<Truth>[] = [
  [/^Confirmed\./, (truth) => isTaken(lastTry(truth), truth.who)],
  [/^Accepted\./, (truth) => statusOf(lastTry(truth)) === 202],
  [/^(Already gone|Not found)\./, (truth) => isUnknown(lastTry(truth))],
  [/^Not deleted\./, (truth) => isRefused(lastTry(truth))],
  [/^Answer lost\./, (truth) => isLost(lastTry(truth))],
  [
    /^No usable response\./,
    (truth) => !isRefused(lastTry(truth)) || isUnknown(lastTry(truth)) || isPage(lastTry(truth))
  ],
  [/^Canceled, not sent\./, (truth) => !hasArrived(truth)]
]

// --- Everything that is told -------------------------------------------------------------------------------------

const viewOf = ({ desk }: Stage, { id, batchId }: Operation): BatchItem | null =>
  desk.items(batchId ?? '').find(({ operationId }) => operationId === id) ?? null

/** Requests of one deletion: at most one that may have done something. */
const checkRequests = ({ tries, operation }: Truth): readonly string[] => {
  const arrived = tries.filter(({ request }) => request !== null)
  const before = arrived.slice(0, -1)
  const mayRepeat = (one: Try): boolean =>
    statusOf(one) === 429 ||
    (operation.assetKind === 'model' && isRefused(one) && one.request?.hasActed !== true)
  return before.every(mayRepeat) ? [] : [`${arrived.length} requests for one deletion`]
}

/** Each try says whether it left; the server's log knows. */
const checkTries = ({ tries }: Truth): readonly string[] =>
  tries.flatMap(({ end, request }) => {
    const sent = end?.body['sent']
    const status = end?.body['httpStatus']
    const answered = request?.answer?.status ?? null
    return [
      ...(sent === 'no' && request !== null ? ['a request that left is told as not sent'] : []),
      ...(sent === 'yes' && request === null ? ['an answer to a request that never came'] : []),
      ...(sent === 'yes' && typeof status === 'number' && answered !== status
        ? [`answered ${answered}, told as ${status}`]
        : [])
    ]
  })

const checkItem = (stage: Stage, truth: Truth, isCalm: boolean): readonly string[] => {
  const view = viewOf(stage, truth.operation)
  if (view === null) return []
  const { text } = itemState(view, truth.who)
  const wrong = judge(text, itemClaims, truth)
  const dead =
    isCalm && view.state === 'unclear' && truth.now !== 'says-deleted'
      ? [`still not clear, though everything answers: “${text}”`]
      : []
  const denied =
    isCalm && hasActed(truth) && truth.now === 'gone' && /^Not deleted/.test(text)
      ? [`deleted, told as “${text}”`]
      : []
  return [...(wrong === null ? [] : [`item ${wrong}`]), ...dead, ...denied]
}

const checkRecords = (truth: Truth, records: readonly HistoryEvent[]): readonly string[] =>
  records
    .filter(({ operationId }) => operationId === truth.operation.id)
    .flatMap((record) => {
      const { attempt } = record.body
      const before = truth.tries.filter(
        ({ at, end }) => at <= record.at && end?.body['sent'] !== 'no'
      )
      const one = truth.tries.find((each) => each.attempt === attempt) ?? before.at(-1) ?? null
      const wrong = judge(eventText(record), recordClaims, { truth, record, one })
      return wrong === null ? [] : [`history ${wrong}`]
    })

const checkVanished = (
  truths: readonly Truth[],
  records: readonly HistoryEvent[]
): readonly string[] =>
  records
    .filter(({ type }) => type === 'asset-vanished')
    .flatMap((record) => {
      const own = truths.filter(({ operation }) => operation.assetId === record.assetId)
      if (/had been requested/.test(eventText(record))) return []
      const wrong = judge(eventText(record), assetClaims, { truths: own, at: record.at })
      return wrong === null ? [] : [`history ${wrong}`]
    })

const checkLibrary = ({ desk }: Stage, { operation, now }: Truth): readonly string[] => {
  const kind = assetKindSchema.safeParse(operation.assetKind)
  if (!kind.success) return []
  const asset = desk.store.read.asset(desk.ref(kind.data, operation.assetId ?? ''))
  const isListed = asset?.presence === 'listed'
  return isListed === (now === 'there')
    ? []
    : [`the server shows it ${now}, the library ${asset?.presence}`]
}

const countOf = (truths: readonly Truth[]): number =>
  truths.filter(({ tries }) => tries.some(({ end }) => end?.body['sent'] !== 'no')).length

const batchClaims: readonly Claim<readonly Truth[]>[] = [
  [/^Undone; nothing was deleted$/, (truths) => !truths.some(hasActed)],
  [
    /^(?:Canceled; )?(\d+) of (\d+) .*before/,
    (truths, [, count, total]) =>
      countOf(truths) === Number(count) && truths.length === Number(total)
  ],
  [/^Nothing|^Paused\. Nothing is sent/, () => true],
  [/./, () => true]
]

const checkBatch = (stage: Stage, batch: Batch, truths: readonly Truth[]): readonly string[] => {
  const own = truths.filter(({ operation }) => viewIn(stage, batch, operation))
  const texts = [
    batchState(batch, stage.desk.time.clock.nowMs()).text,
    waitText(batch, own[0]?.who ?? '')
  ].filter((text) => text !== '')
  return texts.flatMap((text) => {
    const wrong = judge(text, batchClaims, own)
    return wrong === null ? [] : [`batch ${wrong}`]
  })
}

const viewIn = ({ desk }: Stage, { id }: Batch, operation: Operation): boolean =>
  desk.items(id).some(({ operationId }) => operationId === operation.id)

const checkReceipt = async (
  { desk }: Stage,
  { id }: Batch,
  truths: readonly Truth[]
): Promise<readonly string[]> => {
  const made = await desk.receipt(id)
  if (made === null) return []
  const wrong = made.isGood ? [] : ['the receipt is not found good']
  for (const item of made.receipt.items) {
    const truth = truths.find(({ operation }) => operation.id === item.operationId)
    if (truth === undefined) return [...wrong, 'a receipt about an operation that is not there']
    const { tries } = truth
    const arrived = tries.filter(({ request }) => request !== null).length
    const perhaps = tries.filter(
      ({ end, request }) => end?.body['sent'] === 'unknown' && request === null
    )
    const most = arrived + perhaps.length
    if (item.timesSent < arrived || item.timesSent > most) {
      wrong.push(`receipt: sent ${item.timesSent} times, the server saw ${arrived}`)
    }
    if (item.answer === null) continue
    const { outcome, httpStatus } = item.answer
    const given = statusOf(lastTry(truth))
    if (httpStatus !== null && httpStatus !== given) {
      wrong.push(`receipt: answered ${httpStatus}, it was ${given}`)
    }
    const false_ = judge(
      `${t(`receipt.outcome.${outcome ?? 'none'}`)}. ${t(`receipt.meaning.${outcome ?? 'none'}`)}`,
      outcomeClaims,
      truth
    )
    if (false_ !== null) wrong.push(`receipt ${false_}`)
  }
  return wrong
}

/** Everything that is told and that the logs of the server do not bear out. */
export const falseWords = async (stage: Stage, isCalm: boolean): Promise<readonly string[]> => {
  const { desk } = stage
  const records = desk.events()
  const ids = new Set(records.flatMap(({ operationId }) => operationId ?? []))
  const operations = [...ids].flatMap((id) => desk.store.read.operation(id) ?? [])
  const truths = operations.map((operation) => truthOf(stage, operation, records))
  const perOperation = truths.flatMap((truth) =>
    [
      ...checkRequests(truth),
      ...checkTries(truth),
      ...checkItem(stage, truth, isCalm),
      ...checkRecords(truth, records),
      ...(isCalm ? checkLibrary(stage, truth) : [])
    ].map((wrong) => `${truth.path}: ${wrong}`)
  )
  const perBatch: string[] = []
  for (const batch of desk.batches()) {
    perBatch.push(...checkBatch(stage, batch, truths))
    if (isCalm) perBatch.push(...(await checkReceipt(stage, batch, truths)))
  }
  const asked = new Map<string, number>()
  for (const { path } of truths) asked.set(path, (asked.get(path) ?? 0) + 1)
  const unasked = [...asked].flatMap(([path, count]) =>
    count > stage.timesAsked
      ? [`${path}: ${count} deletions, asked for ${stage.timesAsked} times`]
      : []
  )
  return [...perOperation, ...checkVanished(truths, records), ...perBatch, ...unasked]
}
