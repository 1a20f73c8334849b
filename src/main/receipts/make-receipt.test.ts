import { describe, expect, it } from 'vitest'
import { verifyReceipt } from '../../../resources/verify-receipt.mjs'
import { openIn, temporaryFolder } from '../storage/test-kit.ts'
import { happening } from '../storage/test-kit-data.ts'
import { makeReceipt } from './make-receipt.ts'
import { receiptJson } from './save-receipt.ts'
import { signReceipt } from './sign-receipt.ts'
import {
  asked,
  canceled,
  done,
  factsOf,
  foundGone,
  lost,
  mixedCase,
  newKey,
  refused,
  sent,
  type Told
} from './test-kit-receipts.ts'

const key = newKey()
const made = (all: readonly Told[], more = {}) => makeReceipt(factsOf(all, key, more))

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
    ['lost, then found gone', [asked, sent, lost, foundGone], { outcome: 'already-gone' }],
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
      [asked, sent, ['deletion-accepted', {}], foundGone],
      { outcome: 'done' }
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
    expect(item?.timesSent).toBe(events.filter((event) => event === sent).length)
    expect(item?.sentAt).toBe(records.findLast(({ type }) => type === 'deletion-sent')?.at ?? null)
  })
})

it('the same facts make the same receipt, in whatever order the records come', () => {
  const facts = factsOf(mixedCase, key)
  const turned = { ...facts, records: [...facts.records].reverse() }
  expect(makeReceipt(turned)).toEqual(makeReceipt(facts))
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
  const batch = { id: 'bat_1', scope: 'assets', title: '', runAt }
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
    'Conversations held with it. This kind of deletion does not take it along.',
    'Echo traces. This kind of deletion does not take it along.'
  ])
  expect(receipt.unknown.map(({ text }) => text)).toEqual([
    'Whether and how long the provider keeps backups.',
    'Afterlife of bits'
  ])
})

it('a deletion without a record is a bug', () => {
  const facts = factsOf(mixedCase, key)
  expect(() => makeReceipt({ ...facts, records: [] })).toThrow('No record')
})

it('signing with another key than the receipt names is a bug', () => {
  expect(() => signReceipt(made(mixedCase), newKey())).toThrow('another key')
})

it('half a character in a name can be signed and verified', () => {
  const receipt = made(mixedCase, {
    batch: { id: null, scope: 'assets', title: 'a\ud83d', runAt: null }
  })
  expect(receipt.asked.title).toBe('a\ufffd')
  const { verdict } = verifyReceipt('r', Buffer.from(receiptJson(signReceipt(receipt, key))))
  expect(verdict.isGood).toBe(true)
})

it('records of the real history verify', () => {
  const store = openIn(temporaryFolder())
  const about = (type: 'deletion-asked' | 'deletion-sent' | 'deletion-answered', body = {}) =>
    happening({ type, operationId: 'op_1', body: { mode: 'permanent', ...body } })
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
  const head = store.read.historyHead()
  if (head === null) throw new Error('No history')
  const facts = {
    ...factsOf([], key),
    items: [
      {
        operationId: 'op_1',
        target: { accountId: 'acc_aaaaaaaa', kind: 'replica', id: 'r1' },
        mode: 'permanent' as const,
        checks: []
      }
    ],
    head,
    records
  }
  const text = receiptJson(signReceipt(makeReceipt(facts), key))
  expect(verifyReceipt('r', Buffer.from(text)).verdict).toMatchObject({ isGood: true })
})
