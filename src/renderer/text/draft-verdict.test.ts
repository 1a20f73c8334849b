import { describe, expect, it } from 'vitest'
import { firstValues } from '../../shared/catalogue/draft-fields.ts'
import { type Draft, draftSchema } from '../../shared/domain/draft.ts'
import type { Upload } from '../../shared/domain/upload.ts'
import { uploadSchema } from '../../shared/domain/upload.ts'
import type { VideoCheck } from '../../shared/domain/video-check.ts'
import { draftVerdict } from './draft-verdict.ts'

const check = (state: VideoCheck['state'], level?: 'refused' | 'warning' | 'pass'): VideoCheck => ({
  state,
  checkedAt: '2026-03-01T10:00:00.000Z',
  facts: null,
  findings:
    level === undefined ? [] : [{ code: 'rate-low', level, errorType: 'video_fps', values: {} }],
  ffmpegCommand: null,
  canFit: null,
  fit: null,
  bytesRead: 0,
  requests: 1
})

const link: Draft['trainVideo'] = {
  display: 'https://videos.example.com/amara.mp4',
  host: 'videos.example.com',
  fileName: 'amara.mp4',
  sha256: 'a'.repeat(64),
  signer: 'none',
  region: null,
  validFromAt: null,
  validUntilAt: null,
  findings: []
}

const draft = (change: Partial<Draft> = {}): Draft => ({
  ...draftSchema.parse({
    id: 'drf_aaaaaaaa',
    accountId: 'acc_aaaaaaaa',
    ...firstValues,
    trainVideo: link,
    trainImage: null,
    consentVideo: null,
    callback: null,
    checks: { trainVideoUrl: null, consentVideoUrl: null },
    files: { trainVideoUrl: null, consentVideoUrl: null },
    state: 'editing',
    error: null,
    createdId: null,
    needsLinkAgain: []
  }),
  ...change
})

const checked = (train: VideoCheck): Partial<Draft> => ({
  checks: { trainVideoUrl: train, consentVideoUrl: null }
})

const ofFile: Partial<Draft> = {
  trainVideo: null,
  files: {
    trainVideoUrl: {
      fileName: 'amara.mp4',
      sizeBytes: 200,
      isMissing: false,
      isChanged: false,
      uploadId: null
    },
    consentVideoUrl: null
  }
}

const upload = (state: Upload['state']): Upload =>
  uploadSchema.parse({
    id: 'upl_aaaaaaaa',
    draftId: 'drf_aaaaaaaa',
    field: 'trainVideoUrl',
    bucketId: 'bkt_aaaaaaaa',
    fileName: 'amara.mp4',
    sizeBytes: 200,
    sentBytes: 50,
    bytesPerSecond: null,
    secondsLeft: null,
    state,
    hasStartedOver: false,
    error: null
  })

describe('what a row says of its draft', () => {
  it.each<[string, Partial<Draft>, Upload | null, RegExp, string]>([
    ['nothing is in the way', {}, null, /^Ready$/, 'good'],
    ['its video is checked', checked(check('checking')), null, /^Checking the video…$/, 'busy'],
    ['its video is fine', checked(check('done', 'pass')), null, /^Ready$/, 'good'],
    ['its video may be refused', checked(check('done', 'warning')), null, /^Ready\. .+/, 'warn'],
    ['its video will be refused', checked(check('done', 'refused')), null, /frame|fps/i, 'bad'],
    [
      'the video will not be sent',
      { trainFrom: 'image', trainImage: link, voiceName: 'anna', ...checked(check('checking')) },
      null,
      /^Ready$/,
      'good'
    ],
    ['its file is nowhere yet', ofFile, null, /Upload the file first/, 'warn'],
    [
      'its file is checked',
      { ...ofFile, ...checked(check('checking')) },
      null,
      /^Checking/,
      'busy'
    ],
    [
      'its file will be refused',
      { ...ofFile, ...checked(check('done', 'refused')) },
      null,
      /frame|fps/i,
      'bad'
    ],
    ['its file waits', ofFile, upload('waiting'), /^Waiting for another upload$/, 'busy'],
    ['its file is sent', ofFile, upload('sending'), /^Uploading 25%$/, 'busy'],
    ['its upload rests', ofFile, upload('paused'), /^Upload paused at 25%$/, 'quiet'],
    ['its upload failed', ofFile, upload('failed'), /^Upload failed$/, 'bad'],
    ['its upload was given up', ofFile, upload('canceled'), /Upload the file first/, 'warn'],
    ['it was sent', { state: 'created' }, null, /^Submitted$/, 'quiet'],
    [
      'it was refused',
      {
        error: {
          kind: 'invalid-input',
          issues: [{ field: 'model', code: 'bad-model', said: null }]
        }
      },
      null,
      /^Model: /,
      'warn'
    ]
  ])('when %s', (_when, change, sending, text, tone) => {
    const verdict = draftVerdict(draft(change), sending)
    expect(verdict.text).toMatch(text)
    expect(verdict.tone).toBe(tone)
  })
})
