import { generateKeyPairSync } from 'node:crypto'
import type { ReceiptFacts, ReceiptItemFacts } from '../../../src/main/ports/receipt-issuer.ts'
import { makeReceipt, statementOf } from '../../../src/main/receipts/make-receipt.ts'
import { signReceipt } from '../../../src/main/receipts/sign-receipt.ts'
import type { SigningKey } from '../../../src/main/receipts/signing-key.ts'
import { fingerprintOf } from '../../../src/verifier/keys.ts'
import type { Receipt, ReceiptRecord } from '../../../src/verifier/receipt-shape.ts'
import { chainStart, recordHash } from '../../../src/verifier/record-hash.ts'

export const newKey = (): SigningKey => {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  const told = publicKey.export({ format: 'der', type: 'spki' }).toString('base64')
  return { publicKey: told, fingerprint: fingerprintOf(told), privateKey }
}

const beginMs = Date.parse('2026-11-22T09:14:02.310Z')
const accountId = 'acc_aaaaaaaa'
export const batchId = 'bat_11112222'

type Draft = Omit<ReceiptRecord, 'seq' | 'at' | 'monotonicMs' | 'runId' | 'prevHash' | 'hash'>

const recordOf = (draft: Draft, index: number, prevHash: string): ReceiptRecord => {
  const told = {
    ...draft,
    seq: index + 1,
    at: new Date(beginMs + index * 740).toISOString(),
    monotonicMs: 1200.5 + index * 740,
    runId: 'run_1',
    prevHash
  }
  return { ...told, hash: recordHash(told) }
}

/** Records as the store makes them, in one chain from the start. */
export const chained = (drafts: readonly Draft[]): readonly ReceiptRecord[] => {
  let prevHash = chainStart
  return drafts.map((draft, index) => {
    const record = recordOf(draft, index, prevHash)
    prevHash = record.hash
    return record
  })
}

/** How one deletion of a case went. */
export interface Told {
  readonly name: string
  readonly kind?: string
  readonly id?: string
  readonly mode?: 'soft' | 'permanent'
  readonly events: readonly (readonly [
    type: string,
    body: Readonly<Record<string, string | number | boolean | null>>
  ])[]
}

export const asked = ['deletion-asked', {}] as const
/** A try as earlier versions recorded it: without where it went. */
export const sentBefore = ['deletion-sent', {}] as const
export const triedAt = (origin: string, provider = 'tavus') =>
  ['deletion-tried', { attempt: 1, provider, origin }] as const
export const sent = triedAt('https://tavusapi.com')
export const notSent = [
  'deletion-not-sent',
  { outcome: 'not-sent', reason: 'offline', attempt: 1, sent: 'no' }
] as const
export const accepted = ['deletion-accepted', { outcome: 'accepted', httpStatus: 202 }] as const
export const look = (what: string, result: string) =>
  ['deletion-checked', { what, result, dueAt: '2026-11-22T09:20:00.000Z' }] as const
export const done = [
  'deletion-answered',
  { outcome: 'done', httpStatus: 204, reason: null, said: null }
] as const
export const refused = [
  'deletion-failed',
  {
    outcome: 'refused',
    httpStatus: 400,
    reason: 'provider-refused',
    said: 'Video is still in use by a deployment'
  }
] as const
export const lost = [
  'deletion-unclear',
  { outcome: 'unclear', httpStatus: 503, reason: 'provider-down', said: null }
] as const
export const foundGone = ['deletion-read-back', { outcome: 'already-gone', found: 'gone' }] as const
export const canceled = ['deletion-canceled', { outcome: 'canceled', reason: 'canceled' }] as const

const unrelated: Draft = {
  type: 'asset-first-seen',
  operationId: null,
  accountId,
  accountName: 'Studio North',
  assetKind: 'replica',
  assetId: 'r999',
  assetName: 'Somebody else',
  body: { status: 'ready' }
}

const draftsOf = (told: Told, index: number): readonly Draft[] =>
  told.events.map(([type, body]) => ({
    type,
    operationId: `op_${index}`,
    accountId,
    accountName: 'Studio North',
    assetKind: told.kind ?? 'video',
    assetId: told.id ?? `v${1000 + index}`,
    assetName: told.name,
    body: { mode: told.mode ?? 'permanent', batch: batchId, ...body }
  }))

/** The facts of a batch, with the whole history that they come from. */
export const factsOf = (
  all: readonly Told[],
  key: SigningKey,
  more: Partial<ReceiptFacts> = {}
): ReceiptFacts & { readonly history: readonly ReceiptRecord[] } => {
  const history = chained([unrelated, ...all.flatMap(draftsOf), unrelated, unrelated])
  const items = all.map(
    (told, index): ReceiptItemFacts => ({
      operationId: `op_${index}`,
      target: { accountId, kind: told.kind ?? 'video', id: told.id ?? `v${1000 + index}` },
      mode: told.mode ?? 'permanent'
    })
  )
  return {
    receiptId: 'rcp_3f2a91c07b44',
    madeAt: '2026-11-22T10:20:00.000Z',
    appVersion: '0.1.0',
    key,
    batch: { id: batchId, scope: 'likeness', title: 'Amara Osei', runAt: null },
    items,
    survives: [{ kind: 'persona', id: 'p1', name: 'Front desk', reason: 'kept' }],
    stays: ['provider-backups'],
    unknowns: ['backups', 'copies-elsewhere'],
    archive: null,
    records: history.filter(({ operationId }) => operationId !== null),
    history,
    ...more
  }
}

/** The record by which the history is told of a receipt, after all others. */
export const madeOf = (
  facts: ReceiptFacts & { readonly history: readonly ReceiptRecord[] }
): ReceiptRecord => {
  const { history, ...plain } = facts
  const body = {
    batch: facts.batch.id,
    receipt: facts.receiptId,
    statement: statementOf(plain)
  }
  const about = { operationId: null, accountId: null, accountName: null }
  const asset = { assetKind: null, assetId: null, assetName: null }
  const draft: Draft = { type: 'receipt-made', ...about, ...asset, body }
  return recordOf(draft, history.length, history.at(-1)?.hash ?? chainStart)
}

/** The whole history after the receipt was made. */
export const historyOf = (
  all: readonly Told[],
  key: SigningKey,
  more: Partial<ReceiptFacts> = {}
): readonly ReceiptRecord[] => {
  const facts = factsOf(all, key, more)
  return [...facts.history, madeOf(facts)]
}

export const receiptOf = (
  all: readonly Told[],
  key: SigningKey,
  more: Partial<ReceiptFacts> = {}
): Receipt => {
  const facts = factsOf(all, key, more)
  return signReceipt(makeReceipt(facts, madeOf(facts)), key)
}

/** A likeness erased with everything that can happen on the way. */
export const mixedCase: readonly Told[] = [
  {
    name: 'Launch greeting',
    events: [
      asked,
      sent,
      done,
      look('asset', 'gone'),
      look('thumbnail', 'unreachable'),
      look('download', 'reachable'),
      look('asset', 'gone')
    ]
  },
  { name: 'Onboarding, part 2', events: [asked, sent, refused] },
  {
    name: 'مرحبا 👩🏽‍🚀 <b>&"\'',
    events: [asked, sent, lost, foundGone, look('asset', 'gone')]
  },
  { name: 'Never sent', events: [asked, sent, notSent, canceled] },
  {
    name: 'Lost for good',
    events: [
      asked,
      sent,
      lost,
      ['deletion-read-back', { outcome: 'refused', found: 'there' }],
      look('asset', 'still-there')
    ]
  },
  {
    name: 'Amara Osei',
    kind: 'replica',
    id: 'r783537ef5a1',
    events: [asked, sent, accepted, ['deletion-read-back', { outcome: 'done', found: 'gone' }]]
  }
]
