import { generateKeyPairSync } from 'node:crypto'
import { fingerprintOf } from '../../../resources/verify-receipt.mjs'
import type { Receipt, ReceiptCheck, ReceiptRecord } from '../../shared/domain/receipt.ts'
import type { ReceiptFacts, ReceiptItemFacts } from '../ports/receipt-press.ts'
import { chainStart, hashOf } from '../storage/history-chain.ts'
import { makeReceipt } from './make-receipt.ts'
import { signReceipt } from './sign-receipt.ts'
import type { SigningKey } from './signing-key.ts'

export const newKey = (): SigningKey => {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  const told = publicKey.export({ format: 'der', type: 'spki' }).toString('base64')
  return { publicKey: told, fingerprint: fingerprintOf(told), privateKey }
}

const beginMs = Date.parse('2026-11-22T09:14:02.310Z')
const accountId = 'acc_aaaaaaaa'

type Draft = Omit<ReceiptRecord, 'seq' | 'at' | 'monotonicMs' | 'runId' | 'prevHash' | 'hash'>

/** Records as the store makes them, in one chain from the start. */
export const chained = (drafts: readonly Draft[]): readonly ReceiptRecord[] => {
  let prevHash = chainStart
  return drafts.map((draft, index) => {
    const told = {
      ...draft,
      seq: index + 1,
      at: new Date(beginMs + index * 740).toISOString(),
      monotonicMs: 1200.5 + index * 740,
      runId: 'run_1',
      prevHash
    }
    // The chain hashes any words; only the store's types know all of them.
    const hash = hashOf(told as Parameters<typeof hashOf>[0])
    prevHash = hash
    return { ...told, hash }
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
  readonly checks?: readonly ReceiptCheck[]
}

export const asked = ['deletion-asked', {}] as const
export const sent = ['deletion-sent', {}] as const
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
export const foundGone = ['deletion-read-back', { outcome: 'already-gone' }] as const
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
    body: { mode: told.mode ?? 'permanent', ...body }
  }))

/** The facts of a batch, with the whole history that they come from. */
export const factsOf = (
  all: readonly Told[],
  key: SigningKey,
  more: Partial<ReceiptFacts> = {}
): ReceiptFacts & { readonly history: readonly ReceiptRecord[] } => {
  const history = chained([unrelated, ...all.flatMap(draftsOf), unrelated, unrelated])
  const last = history.at(-1)
  const items = all.map(
    (told, index): ReceiptItemFacts => ({
      operationId: `op_${index}`,
      target: { accountId, kind: told.kind ?? 'video', id: told.id ?? `v${1000 + index}` },
      mode: told.mode ?? 'permanent',
      checks: told.checks ?? []
    })
  )
  return {
    receiptId: 'rcp_3f2a91c07b44',
    madeAt: '2026-11-22T10:20:00.000Z',
    appVersion: '0.1.0',
    key,
    accounts: [
      {
        id: accountId,
        name: 'Studio, renamed since',
        provider: 'tavus',
        apiAddress: 'https://tavusapi.com'
      }
    ],
    batch: { id: 'bat_11112222', scope: 'likeness', title: 'Amara Osei', runAt: null },
    items,
    survives: [{ kind: 'persona', id: 'p1', name: 'Front desk', reason: 'kept' }],
    stays: ['provider-backups'],
    unknowns: ['backups', 'copies-elsewhere'],
    archive: null,
    head: { seq: last?.seq ?? 0, hash: last?.hash ?? '' },
    records: history.filter(({ operationId }) => operationId !== null),
    history,
    ...more
  }
}

export const receiptOf = (
  all: readonly Told[],
  key: SigningKey,
  more: Partial<ReceiptFacts> = {}
): Receipt => signReceipt(makeReceipt(factsOf(all, key, more)), key)

/** A likeness erased with everything that can happen on the way. */
export const mixedCase: readonly Told[] = [
  {
    name: 'Launch greeting',
    events: [asked, sent, done],
    checks: [
      { kind: 'read-back', what: null, at: '2026-11-22T09:20:00.000Z', result: 'gone' },
      { kind: 'link', what: 'thumbnail', at: '2026-11-22T09:20:01.000Z', result: 'unreachable' },
      { kind: 'link', what: 'download', at: '2026-11-22T09:20:02.000Z', result: 'reachable' },
      { kind: 'read-back', what: null, at: '2026-11-22T10:20:00.000Z', result: 'gone' }
    ]
  },
  { name: 'Onboarding, part 2', events: [asked, sent, refused] },
  {
    name: 'مرحبا 👩🏽‍🚀 <b>&"\'',
    events: [asked, sent, lost, foundGone],
    checks: [{ kind: 'read-back', what: null, at: '2026-11-22T09:21:00.000Z', result: 'gone' }]
  },
  { name: 'Never sent', events: [asked, canceled] },
  {
    name: 'Lost for good',
    events: [asked, sent, lost, ['deletion-read-back', { outcome: 'failed' }]],
    checks: [
      { kind: 'read-back', what: null, at: '2026-11-22T09:22:00.000Z', result: 'still-listed' }
    ]
  },
  {
    name: 'Amara Osei',
    kind: 'replica',
    id: 'r783537ef5a1',
    events: [
      asked,
      sent,
      ['deletion-accepted', { httpStatus: 202 }],
      ['deletion-answered', { outcome: 'done', httpStatus: 204 }]
    ]
  }
]
