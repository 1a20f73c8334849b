import { describe, expect, it } from 'vitest'
import { accountId, asset, otherAccountId, refOf } from '../../../test/main/storage/records.ts'
import type { Agenda } from '../../shared/domain/agenda.ts'
import { draftIdSchema } from '../../shared/domain/draft.ts'
import { uploadIdSchema } from '../../shared/domain/local-video.ts'
import { type AgendaFacts, agendaEntries, createAgenda } from './agenda.ts'

const nothing: AgendaFacts = {
  accounts: [
    { id: accountId, isSample: false },
    { id: otherAccountId, isSample: true }
  ],
  batches: [],
  checks: [],
  unfinished: [],
  uploads: [],
  uploaded: [],
  drafts: [],
  upkeepAt: null,
  updateAt: null,
  keepingAt: null,
  clearedUntil: [],
  personEnds: []
}

const batch: AgendaFacts['batches'][number] = {
  state: 'scheduled',
  waitsFor: null,
  waitsUntilAt: null,
  heldUntilAt: null,
  runAt: '2026-03-04T12:00:00.000Z',
  title: '',
  names: ['Amara Osei', 'Ben Ortiz'],
  total: 2,
  accountIds: [accountId]
}

const of = (facts: Partial<AgendaFacts>) => agendaEntries({ ...nothing, ...facts })
const ofBatch = (change: Partial<typeof batch>) => of({ batches: [{ ...batch, ...change }] })

describe('deletions', () => {
  it('that are scheduled or held come at their time', () => {
    expect(ofBatch({})).toEqual([
      { kind: 'scheduled', dueAt: batch.runAt, name: '', count: 2, isPromised: true }
    ])
    const heldUntilAt = '2026-03-01T12:00:10.000Z'
    expect(ofBatch({ state: 'held', runAt: null, heldUntilAt, total: 1 })).toEqual([
      { kind: 'held', dueAt: heldUntilAt, name: 'Amara Osei', count: 1, isPromised: true }
    ])
  })

  it.each([
    ['is being sent', { state: 'running' }],
    ['waits for the connection', { state: 'waiting', waitsFor: 'connection' }],
    ['waits for room on the disk', { state: 'waiting', waitsFor: 'storage' }]
  ] as const)('go on when one %s', (_how, change) => {
    expect(ofBatch(change)).toMatchObject([{ kind: 'deletion', dueAt: null, isPromised: true }])
  })

  it('that the provider asked to wait for go on when it said', () => {
    const waitsUntilAt = '2026-03-01T12:05:00.000Z'
    expect(ofBatch({ state: 'waiting', waitsFor: 'pace', waitsUntilAt })).toMatchObject([
      { kind: 'deletion', dueAt: waitsUntilAt }
    ])
  })

  it.each([
    ['the person', { state: 'waiting', waitsFor: 'person' }],
    ['the person after a restart', { state: 'waiting', waitsFor: 'restart' }],
    ['a key', { state: 'waiting', waitsFor: 'key' }],
    ['a look at the clock', { state: 'waiting', waitsFor: 'clock' }],
    ['the end of a pause of its hold', { state: 'held', heldUntilAt: null }],
    ['nothing more', { state: 'finished' }]
  ] as const)('that wait for %s are not done on their own', (_what, change) => {
    expect(ofBatch(change)).toEqual([])
  })

  it('of sample data keep nothing running', () => {
    expect(ofBatch({ accountIds: [otherAccountId] })).toMatchObject([{ isPromised: false }])
    expect(ofBatch({ accountIds: [otherAccountId, accountId] })).toMatchObject([
      { isPromised: true }
    ])
  })
})

it('trainings are one entry, without stock and with sample data apart', () => {
  const sample = { ...refOf('r3'), accountId: otherAccountId }
  const unfinished = [
    asset('r1', { name: 'Amara' }),
    asset('r2', { origin: 'stock' }),
    asset('r3', { ref: sample, name: 'Sample' })
  ]
  expect(of({ unfinished })).toEqual([
    { kind: 'training', dueAt: null, name: 'Amara', count: 1, isPromised: true },
    { kind: 'training', dueAt: null, name: 'Sample', count: 1, isPromised: false }
  ])
})

it('an upload counts while it is under way, a paused or failed one does not', () => {
  const uploads = (['waiting', 'sending', 'verifying', 'paused', 'failed', 'done'] as const).map(
    (state) => ({ fileName: state, state })
  )
  expect(of({ uploads }).map(({ name }) => name)).toEqual(['waiting', 'sending', 'verifying'])
})

it('links are renewed with the upkeep, for drafts that still need them', () => {
  const draftId = draftIdSchema.parse('drf_aaaaaaaa')
  const [id, other] = ['upl_aaaaaaaa', 'upl_bbbbbbbb'].map((text) => uploadIdSchema.parse(text))
  if (id === undefined || other === undefined) throw new Error('No ids')
  const upkeepAt = '2026-03-02T12:00:00.000Z'
  const facts = (state: 'editing' | 'created'): Partial<AgendaFacts> => ({
    upkeepAt,
    uploaded: [
      { id, draftId, field: 'trainVideoUrl', state: 'done' },
      { id: other, draftId, field: 'trainVideoUrl', state: 'done' }
    ],
    drafts: [
      {
        id: draftId,
        state,
        files: {
          trainVideoUrl: {
            fileName: 'a.mp4',
            sizeBytes: 1,
            isMissing: false,
            isChanged: false,
            uploadId: id
          },
          consentVideoUrl: null
        }
      }
    ]
  })
  const renewal = { kind: 'link', dueAt: upkeepAt, name: '', count: 1, isPromised: false }
  expect(of(facts('editing'))).toContainEqual(renewal)
  expect(of(facts('created')).map(({ kind }) => kind)).toEqual(['upkeep'])
})

it('what is under way comes first, and the rest by its time', () => {
  const checks = [{ accountId, dueAt: '2026-05-30T12:00:00.000Z', count: 1, name: 'Amara Osei' }]
  const entries = of({
    batches: [batch],
    checks,
    unfinished: [asset('r1')],
    upkeepAt: '2026-03-02T12:00:00.000Z',
    clearedUntil: ['2026-03-20T12:00:00.000Z'],
    updateAt: '2026-03-03T12:00:00.000Z',
    keepingAt: '2026-04-01T00:00:00.000Z'
  })
  expect(entries.map(({ kind }) => kind)).toEqual([
    'training',
    'upkeep',
    'update',
    'scheduled',
    'cleared',
    'keeping',
    'check'
  ])
})

it('tells of the days noted for people, by what they are', () => {
  const [consent, kept] = [Date.UTC(2027, 0, 1), Date.UTC(2026, 5, 1)]
  const entries = agendaEntries({
    ...nothing,
    personEnds: [
      { name: 'Amara Osei', why: 'consent', endsAtMs: consent },
      { name: 'Amara Osei', why: 'retention', endsAtMs: kept }
    ]
  })
  expect(entries.map(({ kind, dueAt, isPromised }) => [kind, dueAt, isPromised])).toEqual([
    ['retention', '2026-06-01T00:00:00.000Z', false],
    ['consent', '2027-01-01T00:00:00.000Z', false]
  ])
})

it('tells of a change, and of nothing else', () => {
  let facts = nothing
  let isPaused = false
  const told: Agenda[] = []
  const agenda = createAgenda({
    facts: () => facts,
    isPaused: () => isPaused,
    onChanged: (next) => told.push(next)
  })
  agenda.review()
  agenda.review()
  expect(told).toHaveLength(1)
  facts = { ...nothing, batches: [batch] }
  agenda.review()
  isPaused = true
  agenda.review()
  expect(told.map(({ entries, isPaused: is }) => [entries.length, is])).toEqual([
    [0, false],
    [1, false],
    [1, true]
  ])
})
