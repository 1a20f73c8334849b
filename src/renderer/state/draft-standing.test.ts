import { describe, expect, it } from 'vitest'
import { draftIssues, firstValues } from '../../shared/catalogue/draft-fields.ts'
import { type Draft, draftSchema } from '../../shared/domain/draft.ts'
import type { LinkView } from '../../shared/domain/link.ts'
import { draftStanding } from './draft-standing.ts'

const link = (level: 'good' | 'error'): LinkView => ({
  display: 'https://videos.example.com/amara.mp4',
  host: 'videos.example.com',
  fileName: 'amara.mp4',
  sha256: 'a'.repeat(64),
  signer: 'none',
  region: null,
  validFromAt: null,
  validUntilAt: null,
  findings: [{ code: level === 'good' ? 'not-signed' : 'share-page', level, detail: null }]
})

const checked = (level: 'refused' | 'warning'): Draft['checks'] => ({
  trainVideoUrl: {
    state: 'done',
    checkedAt: '2026-03-01T10:00:00.000Z',
    facts: null,
    findings: [{ code: 'rate-low', level, errorType: 'video_fps', values: {} }],
    ffmpegCommand: null,
    canFit: null,
    fit: null,
    bytesRead: 0,
    requests: 1
  },
  consentVideoUrl: null
})

const draft = (change: Partial<Draft>): Draft => ({
  ...draftSchema.parse({
    id: 'drf_aaaaaaaa',
    accountId: 'acc_aaaaaaaa',
    ...firstValues,
    replicaName: 'Amara',
    consentIn: 'consent-video',
    trainVideo: link('good'),
    trainImage: null,
    consentVideo: link('good'),
    callback: null,
    checks: { trainVideoUrl: null, consentVideoUrl: null },
    files: { trainVideoUrl: null, consentVideoUrl: null },
    model: 'phoenix-4',
    state: 'editing',
    error: null,
    createdId: null,
    needsLinkAgain: []
  }),
  ...change
})

const image = { trainFrom: 'image', trainImage: link('good'), voiceName: 'anna' } as const

describe('draftStanding', () => {
  const cases: readonly (readonly [Partial<Draft>, readonly string[]])[] = [
    [{}, []],
    [{ accountId: null }, ['accountId missing']],
    [{ trainVideo: null }, ['trainVideoUrl missing']],
    [{ trainVideo: link('error') }, ['trainVideoUrl unusable-link']],
    [{ consentVideo: null }, ['consentVideoUrl missing']],
    [{ consentVideo: null, consentIn: 'training-video' }, []],
    [{ consentVideo: null, subject: 'non-human' }, []],
    [{ consentVideo: link('error') }, ['consentVideoUrl unusable-link']],
    [{ consentVideo: link('error'), subject: 'non-human' }, []],
    [{ callback: link('error') }, ['callbackUrl unusable-link']],
    [{ trainVideo: null, needsLinkAgain: ['trainVideoUrl'] }, ['trainVideoUrl give-again']],
    [{ needsLinkAgain: ['callbackUrl'] }, ['callbackUrl give-again']],
    [{ needsLinkAgain: ['consentVideoUrl'] }, ['consentVideoUrl give-again']],
    [{ needsLinkAgain: ['consentVideoUrl'], subject: 'non-human' }, []],
    [{ trainFrom: 'image' }, ['trainImageUrl missing', 'voiceName missing']],
    [image, []],
    [{ ...image, trainVideo: link('error'), consentVideo: null }, []],
    [{ ...image, trainImage: link('error') }, ['trainImageUrl unusable-link']],
    [{ ...image, voiceId: 'v1' }, ['voiceName two-voices']],
    [{ ...image, voiceName: ' ', voiceId: 'v1' }, []],
    [{ ...image, model: 'phoenix-3' }, ['model no-images']],
    [{ model: ' ' }, []],
    [{ model: 'phoenix\n4' }, ['model bad-model']],
    [{ replicaName: 'Ama\u0007ra' }, ['replicaName bad-name']],
    [{ replicaName: '' }, []],
    [{ checks: checked('refused') }, ['trainVideoUrl unfit-video']],
    [{ checks: checked('warning') }, []]
  ]
  it.each(cases)('is ready exactly when nothing keeps it from being sent: %o', (change, issues) => {
    const changed = draft(change)
    expect(draftIssues(changed).map(({ field, code }) => `${field} ${code}`)).toEqual(issues)
    expect(draftStanding(changed)).toBe(issues.length === 0 ? 'ready' : 'needs-you')
  })

  it('wants another look after a refusal, and tells what is under way', () => {
    expect(draftStanding(draft({ error: { kind: 'offline' } }))).toBe('needs-you')
    expect(draftStanding(draft({ state: 'creating' }))).toBe('creating')
    expect(draftStanding(draft({ state: 'created' }))).toBe('created')
  })
})
