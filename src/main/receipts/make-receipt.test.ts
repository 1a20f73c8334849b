import { describe, expect, it } from 'vitest'
import {
  accepted,
  asked,
  batchId,
  canceled,
  done,
  factsOf,
  foundGone,
  look,
  lost,
  madeOf,
  mixedCase,
  newKey,
  notSent,
  refused,
  sent,
  sentBefore,
  type Told,
  triedAt
} from '../../../test/main/receipts/receipt-cases.ts'
import { happening } from '../../../test/main/storage/records.ts'
import { openIn, temporaryFolder } from '../../../test/main/storage/temporary-store.ts'
import { verifyReceipt } from '../../verifier/verify-receipt.ts'
import { makeReceipt, statementOf } from './make-receipt.ts'
import { receiptJson } from './save-receipt.ts'
import { signReceipt } from './sign-receipt.ts'

const key = newKey()
const made = (all: readonly Told[], more = {}) => {
  const facts = factsOf(all, key, more)
  return makeReceipt(facts, madeOf(facts))
}

const limited = ['deletion-rate-limited', { outcome: 'queued', httpStatus: 429 }] as const

describe('what a receipt says of a deletion comes from its records', () => {
  it.each<[string, Told['events'], unknown]>([
    ['answered', [asked, sent, done], { outcome: 'done', httpStatus: 204 }],
    [
      'refused',
      [asked, sent, refused],
      { outcome: 'refused', reason: 'provider-refused', said: expect.stringContaining('in use') }
    ],
    ['refused, then tried again', [asked, sent, refused, sent, done], { outcome: 'done' }],
    ['lost', [asked, sent, lost], { outcome: 'unclear', httpStatus: 503 }],
    ['lost, then found gone', [asked, sent, lost, foundGone], { outcome: 'unclear' }],
    [
      'lost, then found still there',
      [asked, sent, lost, ['deletion-read-back', { outcome: 'failed' }]],
      { outcome: 'unclear' }
    ],
    ['canceled', [asked, canceled], { outcome: 'canceled' }],
    [
      'not known',
      [asked, sent, ['deletion-answered', { outcome: 'not-found', httpStatus: 404 }]],
      { outcome: 'not-found' }
    ],
    [
      'accepted',
      [asked, sent, ['deletion-accepted', { httpStatus: 202 }]],
      { outcome: 'accepted' }
    ],
    [
      'accepted, then found gone',
      [asked, sent, accepted, foundGone],
      { outcome: 'accepted', httpStatus: 202 }
    ],
    ['asked for more slowly', [asked, sent, limited], { outcome: 'refused', httpStatus: 429 }],
    [
      'asked for more slowly, then sent anew',
      [asked, sent, limited, sent, done],
      { outcome: 'done' }
    ],
    ['refused, then tried in vain', [asked, sent, refused, sent, notSent], { outcome: 'refused' }],
    ['tried in vain', [asked, sent, notSent], null],
    ['called off after a refusal', [asked, sent, limited, canceled], { outcome: 'refused' }],
    [
      'not known, then seen to be gone',
      [asked, sent, ['deletion-answered', { outcome: 'not-known', httpStatus: 404 }], foundGone],
      { outcome: 'not-found', httpStatus: 404 }
    ],
    ['not sent yet', [asked], null],
    ['sent, no answer yet', [asked, sent], null],
    ['answered, then sent anew', [asked, sent, refused, sent], null]
  ])('%s', (_what, events, answer) => {
    const { items, records } = made([{ name: 'One', events }])
    const [item] = items
    if (answer === null) expect(item?.answer).toBeNull()
    else expect(item?.answer).toMatchObject(answer as object)
    expect(item?.askedAt).toBe(records[0]?.at)
    const tries = records.flatMap(({ type, at }, index) =>
      type === 'deletion-tried' && records[index + 1]?.type !== 'deletion-not-sent' ? [at] : []
    )
    expect(item?.timesSent).toBe(tries.length)
    expect(item?.sentAt).toBe(tries.at(-1) ?? null)
    expect(item?.requests.map(({ at }) => at)).toEqual(tries)
  })
})

it('the same facts make the same receipt, in whatever order the records come', () => {
  const facts = factsOf(mixedCase, key)
  const turned = { ...facts, records: [...facts.records].reverse() }
  expect(makeReceipt(turned, madeOf(turned))).toEqual(makeReceipt(facts, madeOf(facts)))
})

it('an account is called what the records call it', () => {
  expect(made(mixedCase).accounts[0]?.name).toBe('Studio North')
})

it.each([
  [['soft', 'soft'], 'soft'],
  [['permanent', 'permanent'], 'permanent'],
  [['soft', 'permanent'], 'mixed']
] as const)('modes %j count as %s', (modes, mode) => {
  const all = modes.map((one) => ({ name: one, mode: one, events: [asked, sent, done] }))
  expect(made(all).asked.mode).toBe(mode)
})

it('a plan that was scheduled says so', () => {
  const runAt = '2026-11-22T09:14:00.000Z'
  const batch = { id: batchId, scope: 'assets', title: '', runAt }
  expect(made(mixedCase, { batch }).asked).toMatchObject({ by: 'schedule', runAt })
  expect(made(mixedCase).asked).toMatchObject({ by: 'hand', runAt: null })
})

it('what stays and what is not known stands there in words, also where a code is new', () => {
  const receipt = made(mixedCase, {
    survives: [{ kind: 'hologram', id: 'h1', name: 'Zoë', reason: 'too-bright' }],
    stays: ['conversations', 'conversations', 'echo-traces'],
    unknowns: ['backups', 'backups', 'afterlife-of-bits']
  })
  expect(receipt.survives.map(({ text }) => text)).toEqual([
    'Hologram “Zoë”. Too bright',
    'Conversations held with it. This type of deletion does not include it.',
    'Echo traces. This type of deletion does not include it.'
  ])
  expect(receipt.unknown.map(({ text }) => text)).toEqual([
    'Whether the provider keeps backups, and for how long.',
    'Afterlife of bits'
  ])
})

it('a deletion without a record is a bug', () => {
  const facts = factsOf(mixedCase, key)
  expect(() => makeReceipt({ ...facts, records: [] }, madeOf(facts))).toThrow('No record')
})

it('signing with another key than the receipt names is a bug', () => {
  expect(() => signReceipt(made(mixedCase), newKey())).toThrow('another key')
})

it('half a character in a name can be signed and verified', () => {
  const receipt = made(mixedCase, {
    batch: { id: batchId, scope: 'assets', title: 'a\ud83d', runAt: null }
  })
  expect(receipt.asked.title).toBe('a\ufffd')
  const { verdict } = verifyReceipt('r', Buffer.from(receiptJson(signReceipt(receipt, key))))
  expect(verdict.isGood).toBe(true)
})

it('records of the real history verify', () => {
  const store = openIn(temporaryFolder())
  const about = (type: 'deletion-asked' | 'deletion-sent' | 'deletion-answered', body = {}) =>
    happening({ type, operationId: 'op_1', body: { mode: 'permanent', batch: batchId, ...body } })
  store.transaction((write) => {
    write.append(happening())
    write.append(about('deletion-asked'))
    write.append(about('deletion-sent'))
    write.append(happening())
    write.append(about('deletion-answered', { outcome: 'done', httpStatus: 200, said: null }))
  })
  const records = [...store.read.eachHistoryEvent()].filter(
    ({ operationId }) => operationId !== null
  )
  const facts = {
    ...factsOf([], key),
    items: [
      {
        operationId: 'op_1',
        target: { accountId: 'acc_aaaaaaaa', kind: 'replica', id: 'r1' },
        mode: 'permanent' as const
      }
    ],
    records
  }
  const body = { batch: batchId, receipt: facts.receiptId, statement: statementOf(facts) }
  const none = { operationId: null, accountId: null, accountName: null }
  const event = happening({ ...none, type: 'receipt-made', body })
  store.transaction((write) =>
    write.append({ ...event, assetKind: null, assetId: null, assetName: null })
  )
  const last = [...store.read.eachHistoryEvent()].at(-1)
  if (last === undefined) throw new Error('No history')
  const text = receiptJson(signReceipt(makeReceipt(facts, last), key))
  expect(verifyReceipt('r', Buffer.from(text)).verdict).toMatchObject({ isGood: true })
})

describe('where requests were sent comes from their records', () => {
  const loopback = 'http://127.0.0.1:4100'

  it('each with its own provider and address', () => {
    const { accounts, items } = made([
      { name: 'One', events: [asked, triedAt(loopback), refused, sent, done] },
      { name: 'Two', events: [asked, triedAt('https://a.example', 'replicate'), notSent] }
    ])
    expect(items.map(({ requests }) => requests)).toMatchObject([
      [
        { left: 'yes', provider: 'tavus', origin: loopback },
        { left: 'yes', provider: 'tavus', origin: 'https://tavusapi.com' }
      ],
      []
    ])
    expect(accounts[0]?.origins).toEqual([loopback, 'https://tavusapi.com'])
  })

  it('and is not made up where an earlier version did not record it', () => {
    const { accounts, items } = made([{ name: 'One', events: [asked, sentBefore, done] }])
    expect(items[0]).toMatchObject({
      timesSent: 1,
      requests: [{ left: 'yes', provider: null, origin: null }]
    })
    expect(accounts[0]).toMatchObject({ provider: null, origins: [] })
  })

  it('and says whether a request left at all', () => {
    const { items } = made([
      { name: 'Interrupted', events: [asked, sent, ['deletion-unclear', { sent: 'unknown' }]] },
      { name: 'Unusable answer', events: [asked, sent, lost] },
      {
        name: 'As before',
        events: [asked, sentBefore, ['deletion-paused', { outcome: 'not-sent' }]]
      }
    ])
    expect(items.map(({ requests }) => requests.map(({ left }) => left))).toEqual([
      ['unknown'],
      ['yes'],
      []
    ])
  })
})

it('what was seen later comes from the records of looking', () => {
  const events = [asked, sent, lost, foundGone, look('asset', 'says-deleted')] as const
  const drifted = ['deletion-drifted', { what: 'thumbnail', result: 'reachable' }] as const
  const [item] = made([{ name: 'One', events: [...events, drifted] }]).items
  expect(item?.checks).toMatchObject([
    { kind: 'read-back', what: null, result: 'gone' },
    { kind: 'read-back', what: null, result: 'says-deleted' },
    { kind: 'link', what: 'thumbnail', result: 'reachable' }
  ])
  expect(item?.answer).toMatchObject({ outcome: 'unclear' })
})

describe('sample data', () => {
  const sample = [asked, [sent[0], { ...sent[1], isSample: true }], done] as const

  it('is marked over all that the receipt claims', () => {
    const receipt = made([{ name: 'One', events: sample }])
    expect(receipt).toMatchObject({ sample: 'all', accounts: [{ isSample: true }] })
    expect(receipt.claims[0]).toMatch(/^SAMPLE DATA: nothing was deleted at Tavus\./)
  })

  it('is not claimed of anything else', () => {
    const receipt = made([{ name: 'One', events: [asked, sent, done] }])
    expect(receipt).toMatchObject({ sample: 'none', accounts: [{ isSample: false }] })
    expect(receipt.claims.join()).not.toContain('SAMPLE')
  })
})
