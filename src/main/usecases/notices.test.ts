import { describe, expect, it } from 'vitest'
import { asset, refOf } from '../../../test/main/storage/records.ts'
import { noItems } from '../../shared/catalogue/item-states.ts'
import type { Batch } from '../../shared/domain/batch.ts'
import type { Settings } from '../../shared/domain/settings.ts'
import { batchNotice, carriedOutNotice, noticesFor, shareDone } from './notices.ts'

const video = (id: string) => ({ ...refOf(id), kind: 'video' as const })
const ready = asset('r1', { name: 'Amara' })
const failed = asset('r2', { name: 'Bea', status: 'failed', errorMessage: 'Two faces were seen.' })
const unexplained = asset('r3', { name: ' ', status: 'failed' })
const readyVideo = asset('v1', { ref: video('v1'), name: 'Welcome' })
const failedVideo = asset('v2', { ref: video('v2'), name: 'Farewell', status: 'failed' })

type Setting = Settings['notifications']

describe('noticesFor', () => {
  it.each<[Setting, readonly string[]]>([
    [
      'all',
      ['Amara: The replica is ready.', 'Bea: Training failed. Tavus: “Two faces were seen.”']
    ],
    ['failures', ['Bea: Training failed. Tavus: “Two faces were seen.”']],
    ['off', []]
  ])('with %s', (setting, said) => {
    const notices = noticesFor([ready, failed], setting)
    expect(notices.map(({ title, body }) => `${title}: ${body}`)).toEqual(said)
  })

  it.each([
    ['a video', readyVideo, 'Welcome', 'The video is ready.'],
    ['a failed video', failedVideo, 'Farewell', 'The video failed.'],
    ['one without a name or reason', unexplained, 'r3', 'Training failed.']
  ])('%s is told in its own words', (_what, one, title, body) => {
    expect(noticesFor([one], 'all')).toEqual([{ title, body, ref: one.ref }])
  })

  it.each(['training', 'preview', 'other', 'deleted'] as const)('%s is no end', (status) => {
    expect(noticesFor([asset('r1', { status })], 'all')).toEqual([])
  })

  it('says three one by one, and more together without a place to go', () => {
    expect(noticesFor([ready, failed, readyVideo], 'all')).toHaveLength(3)
    const many = [ready, asset('r9'), failed, readyVideo, failedVideo]
    expect(noticesFor(many, 'all')).toEqual([
      {
        title: '5 items finished',
        body: '2 replicas ready, 1 video ready, 1 replica failed, 1 video failed',
        ref: null
      }
    ])
  })

  it('counts for grouping only what is wanted', () => {
    const many = [ready, ready, ready, failed]
    expect(noticesFor(many, 'failures')).toMatchObject([{ ref: failed.ref }])
  })
})

describe('shareDone', () => {
  it.each<[readonly (number | null)[], number | null]>([
    [[], null],
    [[40], 0.4],
    [[40, 60], 0.5],
    [[100, null], 0.5],
    [[null], 0]
  ])('of %j is %s', (percents, share) => {
    expect(shareDone(percents.map((progress) => ({ progress })))).toBe(share)
  })
})

describe('batchNotice', () => {
  const batch = (changes: Partial<Batch>): Batch => ({
    id: 'bat_aaaaaaaa',
    scope: 'assets',
    mode: 'soft',
    title: '',
    state: 'finished',
    waitsFor: null,
    waitsUntilAt: null,
    heldUntilAt: null,
    holdLeftMs: null,
    runAt: null,
    askedAt: '2026-03-01T12:00:00.000Z',
    endedAt: null,
    changes: [],
    total: 3,
    counts: { ...noItems, done: 1, refused: 1, canceled: 1 },
    timeLeftMs: null,
    accountIds: [],
    names: [],
    lastError: null,
    isDismissed: false,
    ...changes
  })

  it('counts what was not deleted, or says what a batch waits for', () => {
    expect(batchNotice(batch({ title: 'Amara Osei' }))).toEqual({
      title: 'Amara Osei: deletion incomplete',
      body: '2 of 3 were not deleted or are unconfirmed.',
      ref: null
    })
    expect(batchNotice(batch({ state: 'waiting', waitsFor: 'key' }))).toMatchObject({
      title: '3 deletions need your attention',
      body: 'The account’s key was rejected or cannot be read.'
    })
  })

  it('says that what was scheduled is done', () => {
    expect(carriedOutNotice(batch({ total: 2 }))).toMatchObject({
      title: '2 scheduled deletions done',
      body: 'All 2 were deleted as scheduled.'
    })
    expect(carriedOutNotice(batch({ total: 1, names: ['Amara Osei'] }))).toMatchObject({
      title: 'Amara Osei: scheduled deletion done',
      body: 'It was deleted as scheduled.'
    })
  })
})
