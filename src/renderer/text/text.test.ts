import { describe, expect, it } from 'vitest'
import { testAsset } from '../../../test/renderer/asset.ts'
import type { HistoryEventType } from '../../shared/catalogue/history-events.ts'
import type { Asset } from '../../shared/domain/asset.ts'
import { backgroundTaskSchema } from '../../shared/domain/health.ts'
import {
  type HistoryBody,
  type HistoryCheck,
  historyEventTypeSchema
} from '../../shared/domain/history.ts'
import { linkFindingCodeSchema } from '../../shared/domain/link.ts'
import type { AppError } from '../../shared/errors.ts'
import { historyTone } from '../../shared/history-outcome.ts'
import { askedText, assetState, initials, stillnessText, timeLeftText } from './asset-words.ts'
import { consentStatement } from './consent-statement.ts'
import { describeError, describeFileError, errorDetails } from './describe-error.ts'
import { errorTypeText, failureWords } from './failure-words.ts'
import { healthText } from './health-words.ts'
import { checkText, eventText } from './history-words.ts'
import { issueFor } from './issue-words.ts'
import { findingText } from './link-words.ts'
import { dayHeading, relativeTime, timeSince, waitWords } from './time-words.ts'

const nowMs = Date.parse('2026-11-21T12:00:00.000Z')

describe('timeSince', () => {
  it('takes what the window has not caught up with for now, not for the future', () => {
    const at = '2026-03-01T12:00:20.000Z'
    const nowMs = Date.parse(at) - 20_000
    expect([timeSince(at, nowMs), relativeTime(at, nowMs)]).toEqual([
      'just now',
      'in less than a minute'
    ])
  })
})

describe('relativeTime', () => {
  it.each([
    ['2026-11-21T11:59:40.000Z', 'just now'],
    ['2026-11-21T11:58:00.000Z', '2 minutes ago'],
    ['2026-11-21T09:00:00.000Z', '3 hours ago'],
    ['2026-11-20T12:00:00.000Z', 'yesterday'],
    ['2026-11-22T11:00:00.000Z', 'in 23 hours'],
    ['2026-11-21T12:00:20.000Z', 'in less than a minute']
  ])('says %s as "%s"', (at, said) => {
    expect(relativeTime(at, nowMs)).toBe(said)
  })
})

describe('dayHeading', () => {
  const noon = (daysAgo: number) => {
    const date = new Date(nowMs)
    date.setHours(12, 0, 0, 0)
    date.setDate(date.getDate() - daysAgo)
    return date.toISOString()
  }
  it('names the two days that have a name, and dates the rest', () => {
    expect(dayHeading(noon(0), nowMs)).toBe('Today')
    expect(dayHeading(noon(1), nowMs)).toBe('Yesterday')
    expect(dayHeading(noon(3), nowMs)).toMatch(/18/)
    expect(dayHeading('2024-05-06T12:00:00.000Z', nowMs)).toMatch(/2024/)
  })
})

describe('waitWords', () => {
  it('rounds up, so that nobody tries too early', () => {
    expect(waitWords(100)).toBe('1 second')
    expect(waitWords(61_000)).toBe('61 seconds')
    expect(waitWords(100_000)).toBe('2 minutes')
    expect(waitWords(7_200_000)).toBe('2 hours')
  })
})

describe('describeError', () => {
  it('quotes the provider and never mixes its words with ours', () => {
    const error: AppError = {
      kind: 'provider-refused',
      status: 400,
      said: 'Invalid train_video_url'
    }
    const { said, meaning, title } = describeError(error)
    expect(said).toBe('Invalid train_video_url')
    expect(`${title}${meaning}`).not.toContain('train_video_url')
  })

  it.each([
    [{ replica: 1, persona: 2 }, 'Used by 1 replica and 2 PALs, according to Tavus.'],
    [{ replica: 0, persona: 1 }, 'Used by 1 PAL, according to Tavus.'],
    [{ replica: null, persona: null }, 'Tavus doesn’t say what uses it.'],
    [{ replica: 0, persona: 0 }, 'Tavus doesn’t say what uses it.']
  ])('says what uses a voice, as far as it was counted: %j', (usedBy, start) => {
    const error: AppError = { kind: 'provider-refused', status: 409, said: 'In use', usedBy }
    const { title, meaning, said } = describeError(error, 'Tavus')
    expect([title, said]).toEqual(['Voice still in use', null])
    expect(meaning.startsWith(start)).toBe(true)
  })

  it('tells the four ways a keychain can fail apart', () => {
    const titles = (['locked', 'denied', 'unavailable', 'failed'] as const).map(
      (state) => describeError({ kind: 'keychain-unavailable', state }).title
    )
    expect(new Set(titles).size).toBe(4)
  })

  it('gives the reference of a bug, also in the details to copy', () => {
    const error: AppError = { kind: 'bug', reference: 'b-19af' }
    expect(describeError(error).meaning).toContain('b-19af')
    expect(errorDetails(error, '1.0.0')).toContain('b-19af')
  })
})

describe('describeFileError', () => {
  it.each(['disk-full', 'no-access', 'other'] as const)(
    'says of a file that could not be written (%s) nothing of sending or of the data folder',
    (reason) => {
      const { title, meaning, advice } = describeFileError({ kind: 'storage-failed', reason })
      expect(`${title} ${meaning} ${advice}`).not.toMatch(/sent|data folder/)
    }
  )

  it('has the usual words for everything else', () => {
    const error: AppError = { kind: 'storage-failed', reason: 'damaged' }
    expect(describeFileError(error)).toEqual(describeError(error))
  })
})

describe('issueFor', () => {
  it('finds the issue of a field, and prefers what the provider said', () => {
    const issues = [
      { field: 'name', code: 'bad-name', said: null },
      { field: 'trainVideoUrl', code: 'refused-by-provider', said: 'Invalid train_video_url' }
    ]
    expect(issueFor(issues, 'apiKey')).toBeNull()
    expect(issueFor(issues, 'name')).toMatch(/name/)
    expect(issueFor(issues, 'trainVideoUrl')).toContain('Invalid train_video_url')
  })

  it('shows the code of a reason that has no sentence', () => {
    expect(issueFor([{ field: 'name', code: 'brand-new', said: null }], 'name')).toContain(
      'brand-new'
    )
  })
})

describe('findingText', () => {
  it('has a sentence of its own for every finding', () => {
    const sentences = linkFindingCodeSchema.options.map((code) =>
      findingText({ code, level: 'error', detail: null })
    )
    expect(new Set(sentences).size).toBe(sentences.length)
  })
})

describe('eventText', () => {
  const record = (type: HistoryEventType, body: HistoryBody) => ({
    type,
    body,
    operationId: null,
    accountId: null,
    accountName: 'Studio North',
    assetKind: 'replica' as const,
    assetId: 'r1',
    assetName: 'Amara Osei',
    seq: 1,
    at: '2026-11-21T12:00:00.000Z',
    monotonicMs: 0,
    runId: 'run',
    prevHash: '0'.repeat(64),
    hash: '1'.repeat(64)
  })

  it('has words for every type, also without any facts', () => {
    for (const type of historyEventTypeSchema.options) {
      expect(eventText(record(type, {}))).toMatch(/\w/)
      expect(eventText(record(type, {}))).not.toContain('undefined')
    }
  })

  it('does not look like good news where a later look told nothing', () => {
    const toneOf = (result: string) => historyTone(record('deletion-checked', { result }))
    expect(['gone', 'still-there', 'unknown'].map(toneOf)).toEqual(['good', 'warn', 'quiet'])
  })

  it('never says deleted where only asking is known', () => {
    expect(eventText(record('deletion-sent', { mode: 'permanent' }))).toBe(
      'permanent deletion requested from Tavus'
    )
    expect(eventText(record('deletion-unclear', { mode: 'soft', wasSent: true }))).toContain(
      'the response was lost'
    )
    expect(eventText(record('deletion-unclear', { mode: 'soft', wasSent: false }))).toContain(
      'before it was sent'
    )
  })

  it('quotes what the provider said of a failure', () => {
    const body = { reason: 'provider-refused', said: 'Invalid replica_id' }
    expect(eventText(record('deletion-failed', body))).toBe(
      'not deleted: Tavus refused, “Invalid replica_id”'
    )
  })

  it('says of a video what becomes of videos', () => {
    const of = (to: string) => ({
      ...record('asset-status-changed', { to }),
      assetKind: 'video' as const
    })
    expect(['training', 'ready', 'failed'].map((to) => eventText(of(to)))).toEqual([
      'rendering started',
      'video ready',
      'rendering failed'
    ])
    expect(eventText(record('asset-status-changed', { to: 'ready' }))).toBe('training completed')
  })
})

describe('checkText', () => {
  const check = {
    isIntact: true,
    checkedCount: 12,
    others: [],
    firstBadSeq: null,
    headHash: null,
    remembered: 'matches' as const,
    forgottenCount: 0,
    forgottenAt: null
  }
  it('says of names that were forgotten what cannot be checked, and counts both', () => {
    const words = checkText({
      ...check,
      forgottenCount: 3,
      forgottenAt: '2026-11-22T09:14:02.310Z'
    })
    expect(words.title).toBe('9 records verified')
    expect(words.text).toContain('Names in 3 more records were forgotten')
    expect(words.text).toContain('2026')
  })

  it('claims what the chain can show and no more', () => {
    expect(checkText(check).text).toContain('would go unnoticed')
    expect(checkText({ ...check, remembered: 'mismatch' }).tone).toBe('bad')
    expect(checkText({ ...check, isIntact: false, firstBadSeq: 7 }).text).toContain('7')
  })

  it('tells a restored backup from records that are missing, and both over every screen', () => {
    const health = {
      storage: { state: 'ok' as const },
      settings: 'ok' as const,
      keychain: 'ok' as const,
      backups: 'ok' as const,
      leftKeys: [],
      background: [],
      notifications: 'silent' as const
    }
    const bannerOf = (changes: Partial<HistoryCheck>) =>
      healthText({
        ...health,
        history: { checkedAt: '2026-11-22T09:14:02.310Z', check: { ...check, ...changes } }
      })
    expect(bannerOf({ remembered: 'restored' })).toMatchObject([
      { tone: 'warn', title: 'The history is from a restored backup', action: 'accept-end' }
    ])
    expect(bannerOf({ remembered: 'behind' })).toMatchObject([
      { tone: 'bad', title: 'Records are missing from the end of the history' }
    ])
    expect(bannerOf({ remembered: 'mismatch' })).toMatchObject([{ tone: 'bad' }])
    expect(bannerOf({ remembered: 'cleared' })).toMatchObject([{ tone: 'warn' }])
    expect(bannerOf({ isIntact: false, firstBadSeq: 7 })).toMatchObject([
      { tone: 'bad', action: null }
    ])
    for (const remembered of ['matches', 'none', 'not-asked', 'other-database'] as const) {
      expect(bannerOf({ remembered })).toEqual([])
    }
    expect(healthText({ ...health, history: null, backups: 'failing' as const })).toMatchObject([
      { key: 'backups-failing', action: 'reveal' }
    ])
    expect(healthText({ ...health, history: null })).toEqual([])
  })

  it('tells what failed in the background, each task in its own words, with the reference of its error', () => {
    const background = backgroundTaskSchema.options.map((task) => ({ task, reference: 'run_1234' }))
    const told = healthText({
      storage: { state: 'ok' },
      settings: 'ok',
      keychain: 'ok',
      backups: 'ok' as const,
      leftKeys: [],
      history: null,
      notifications: 'silent',
      background
    })
    expect(new Set(told.map(({ title }) => title)).size).toBe(background.length)
    for (const { text } of told) expect(text).toContain('Error run_1234 in the log.')
  })
})

describe('consentStatement', () => {
  it('puts the name in its place, whatever the name is', () => {
    expect(consentStatement(' Amara $& Osei ')).toMatch(/^I, Amara \$& Osei, am currently speaking/)
  })
  it('leaves the gap where there is no name', () => {
    expect(consentStatement('  ')).toContain('[FULL NAME]')
  })
})

describe('initials', () => {
  it.each([
    ['Amara Osei', 'AO'],
    ['田中さん', '田'],
    ['👩🏽‍🚀 Astro Girl', '👩🏽‍🚀G'],
    ['<b>Bold</b> & "quoted"', 'BQ'],
    ['   ', '']
  ])('of %s are %s', (name, letters) => {
    expect(initials(name)).toBe(letters)
  })
})

describe('assetState', () => {
  const asset = testAsset('r1', { status: 'training', statusRaw: 'started', progress: 63.6 })
  it('says how far a training is', () => {
    expect(assetState(asset, false).text).toBe('Training 64%')
  })
  it('lets a deletion speak before the training', () => {
    const deletion = {
      mode: 'soft',
      state: 'unclear',
      waitsFor: null,
      saysDeleted: false,
      askedAt: asset.firstSeenAt
    } as const
    expect(assetState({ ...asset, deletion }, false).text).toMatch(/Response unclear/)
    expect(assetState(asset, true).text).toBe('Preparing…')
  })
  it.each([
    ['connection', 'Waiting for connection'],
    ['key', 'Waiting for a key'],
    ['pace', 'Waiting: rate limit'],
    [null, 'Queued for deletion']
  ] as const)('says that it waits while nothing is on its way: %s', (waitsFor, text) => {
    const deletion = {
      mode: 'soft',
      state: 'waiting',
      waitsFor,
      saysDeleted: false,
      askedAt: asset.firstSeenAt
    } as const
    expect(assetState({ ...asset, deletion }, false).text).toBe(text)
  })
  it.each([
    ['in-flight', 'Deletion sent, no response yet', 'sent to Replicate. No response yet.'],
    ['accepted', 'Being removed', 'Accepted; removal takes a few minutes.'],
    ['overdue', 'Accepted, still listed', 'still listed after 15 minutes. You can delete it again.']
  ] as const)('says of a deletion that is %s no more than is known', (deletionState, row, more) => {
    const deletion = {
      mode: 'permanent',
      state: deletionState,
      waitsFor: null,
      saysDeleted: false,
      askedAt: asset.firstSeenAt
    } as const
    expect(assetState({ ...asset, deletion }, false).text).toBe(row)
    expect(askedText(deletion, 'Replicate', Date.parse(asset.firstSeenAt))).toContain(more)
  })
  it('shows a word it does not know as it is', () => {
    expect(assetState({ ...asset, status: 'other', statusRaw: 'paused' }, false).text).toBe(
      'paused'
    )
  })
})

describe('stillnessText', () => {
  const nowMs = Date.parse('2026-11-21T12:00:00.000Z')
  const ago = (minutes: number) => new Date(nowMs - minutes * 60_000).toISOString()
  it.each<[Asset['status'], string | null, string | null]>([
    ['training', null, null],
    ['training', ago(14), null],
    ['training', ago(50), 'No progress for 50 minutes. Up to 4 hours is normal.'],
    ['preview', ago(180), 'No progress for 3 hours. Up to 4 hours is normal.'],
    [
      'training',
      ago(300),
      'No progress for 5 hours. That’s longer than the usual 4 hours; Tavus’s website may show why.'
    ],
    ['ready', ago(300), null],
    ['failed', ago(300), null]
  ])('%s, last moved at %s: %s', (status, movedAt, text) => {
    expect(stillnessText({ ref: testAsset('r1').ref, status, movedAt }, nowMs)).toBe(text)
  })
})

describe('timeLeftText', () => {
  const hour = 3_600_000
  const ago = (hours: number) => new Date(nowMs - hours * hour).toISOString()
  it.each([
    [ago(1), 3 * hour, 5, 'About 2 hours left. Your last 5 trainings usually took 3 hours.'],
    [ago(1), 3 * hour, 1, 'About 2 hours left. Your last training took 3 hours.'],
    [ago(4), 3 * hour, 5, 'Longer than usual. Your last 5 trainings usually took 3 hours.'],
    [null, 3 * hour, 5, 'Your last 5 trainings usually took 3 hours.'],
    [ago(1), null, 0, 'Up to 3 hours left. Training usually takes 3 to 4 hours.'],
    [
      ago(5),
      null,
      0,
      'Training usually takes 3 to 4 hours. Progress can pause for long stretches.'
    ],
    [null, null, 0, 'Training usually takes 3 to 4 hours. Progress can pause for long stretches.']
  ])('since %s, usually %s: %s', (startedAt, usualMs, count, text) => {
    expect(timeLeftText({ startedAt, usualMs, count }, nowMs)).toBe(text)
  })
})

describe('errorTypeText', () => {
  it('says Tavus’s own name, and whether the check had warned of it', () => {
    const said = 'The video’s frame rate is under 25 fps.'
    expect(errorTypeText(said, [])).toBe('Error type: video_fps')
    expect(errorTypeText(said, ['video_fps'])).toContain('warned about this')
    expect(errorTypeText('Something else.', ['video_fps'])).toBeNull()
    expect(errorTypeText(null, [])).toBeNull()
  })
})

describe('failureWords', () => {
  it('tells the kinds of failure apart by the sentence', () => {
    const said = 'There was an error downloading your training video.'
    expect(failureWords(said).nextStep).toContain('24 hours')
    expect(failureWords('The consent phrase did not match').meaning).toContain('consent')
    expect(failureWords(null).meaning).toBe('The training failed.')
  })
})
