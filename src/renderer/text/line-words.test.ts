import { expect, it } from 'vitest'
import { testLine } from '../../../test/renderer/history-lines.ts'
import type { HistoryBody, HistoryEvent, HistoryLine } from '../../shared/domain/history.ts'
import { checksText, lineSubject, lineText } from './line-words.ts'

const record = (type: HistoryEvent['type'], body: HistoryBody = {}): HistoryEvent => ({
  type,
  operationId: null,
  accountId: null,
  accountName: 'Studio North',
  assetKind: 'replica',
  assetId: 'r1',
  assetName: 'Amara Osei',
  body,
  seq: 60,
  at: '2026-11-21T12:00:00.000Z',
  monotonicMs: 0,
  runId: 'run',
  prevHash: '0'.repeat(64),
  hash: '1'.repeat(64)
})

const found: Partial<HistoryLine> = {
  count: 60,
  names: ['Amara Osei', 'Kenji Watanabe', 'Mia Chen'],
  kinds: { replica: 38, video: 21, model: 1 }
}

it.each([
  ['asset-first-seen', '38 replicas, 21 videos, and 1 model added to library'],
  ['asset-vanished', '38 replicas, 21 videos, and 1 model removed outside this app'],
  ['asset-renamed', '38 replicas, 21 videos, and 1 model renamed outside this app']
] as const)('says what an operation is about and what happened: %s', (type, expected) => {
  const line = testLine(record(type), found)
  expect(lineSubject(line)).toBe('Amara Osei, Kenji Watanabe, and 58 more')
  expect(lineText(line)).toBe(expected)
})

it('names all of a few, and the account where nothing has a name', () => {
  const few = testLine(record('asset-first-seen'), { ...found, kinds: { replica: 3 } })
  expect(lineSubject(few)).toBe('Amara Osei, Kenji Watanabe, and Mia Chen')
  const nameless = { names: [], accountName: 'Studio North' }
  expect(lineSubject(testLine(record('asset-first-seen'), { ...found, ...nameless }))).toBe(
    'Studio North'
  )
})

const answered = record('deletion-answered', { mode: 'permanent' })
const plan = (standings: HistoryLine['standings'], head = answered) =>
  lineText(testLine(head, { ...found, kinds: { replica: 1, video: 11 }, standings }))

it('says of a deletion of several what became of each', () => {
  expect(plan({ deleted: 12, open: 0 })).toBe('11 videos and 1 replica permanently deleted')
  expect(plan({ deleted: 7, kept: 2, unclear: 1, canceled: 1, open: 1 })).toBe(
    '7 of 12 permanently deleted · 2 not deleted · 1 unclear · 1 canceled · 1 in progress'
  )
  expect(plan({ open: 12 }, record('deletion-asked', { mode: 'soft' }))).toBe(
    'deletion requested by you'
  )
})

it('claims no deletion of what a plan may only have changed', () => {
  const kinds = { replica: 1, persona: 2, page: 1 }
  const line = (standings: HistoryLine['standings']) =>
    lineText(testLine(answered, { ...found, kinds, standings }))
  expect(line({ deleted: 4 })).toBe('done as planned: 2 PALs, 1 replica, and 1 public page')
  expect(line({ deleted: 3, kept: 1 })).toBe('3 of 4 done as planned · 1 not deleted')
})

it('says of one thing what was last told of it, and how often it was checked', () => {
  const one = testLine(answered, {
    count: 5,
    names: ['Amara Osei'],
    kinds: { replica: 1 },
    standings: { deleted: 1 },
    checks: { gone: 2, unreachable: 1 }
  })
  expect(lineSubject(one)).toBe('Amara Osei')
  expect(lineText(one)).toBe('Tavus confirmed the permanent deletion')
  expect(checksText(one)).toBe('checked 3 times')
  expect(checksText({ ...one, onlineCount: 2 })).toBe('2 links still online')
  expect(checksText(testLine(answered))).toBeNull()
})
