import { describe, expect, it } from 'vitest'
import { draftIssues } from '../../main/usecases/draft-check.ts'
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

const draft = (change: Partial<Draft>): Draft => ({
  ...draftSchema.parse({
    id: 'drf_aaaaaaaa',
    accountId: 'acc_aaaaaaaa',
    replicaName: 'Amara',
    subject: 'personal',
    consentIn: 'consent-video',
    trainVideo: link('good'),
    consentVideo: link('good'),
    callback: null,
    model: 'phoenix-4',
    hasGreenScreen: false,
    state: 'editing',
    error: null,
    createdId: null,
    needsLinkAgain: []
  }),
  ...change
})

describe('draftStanding', () => {
  const cases: readonly Partial<Draft>[] = [
    {},
    { accountId: null },
    { trainVideo: null },
    { trainVideo: link('error') },
    { consentVideo: null },
    { consentVideo: null, consentIn: 'training-video' },
    { consentVideo: null, subject: 'non-human' },
    { consentVideo: link('error') },
    { consentVideo: link('error'), subject: 'non-human' },
    { callback: link('error') },
    { needsLinkAgain: ['trainVideoUrl'] },
    { needsLinkAgain: ['callbackUrl'] },
    { model: ' ' },
    { model: 'phoenix\n4' },
    { replicaName: 'Ama\u0007ra' },
    { replicaName: '' }
  ]
  it.each(cases)('says ready exactly when main finds nothing missing: %o', (change) => {
    const changed = draft(change)
    expect(draftStanding(changed) === 'ready').toBe(draftIssues(changed).length === 0)
  })

  it('wants another look after a refusal, and tells what is under way', () => {
    expect(draftStanding(draft({ error: { kind: 'offline' } }))).toBe('needs-you')
    expect(draftStanding(draft({ state: 'creating' }))).toBe('creating')
    expect(draftStanding(draft({ state: 'created' }))).toBe('created')
  })
})
