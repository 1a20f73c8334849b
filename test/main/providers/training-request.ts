import type { TrainingRequest } from '../../../src/main/ports/provider.ts'
import { firstValues } from '../../../src/shared/catalogue/draft-fields.ts'

const {
  subject: _subject,
  consentIn: _consentIn,
  trainFrom: _trainFrom,
  spokenName: _spokenName,
  ...unchosen
} = firstValues

/** A request in which nothing was chosen but the training video. */
export const trainingRequest = (changes: Partial<TrainingRequest> = {}): TrainingRequest => ({
  ...unchosen,
  trainVideoUrl: 'https://a.example/t.mp4',
  trainImageUrl: null,
  consentVideoUrl: null,
  callbackUrl: null,
  replicaName: null,
  model: null,
  voiceName: null,
  voiceId: null,
  ...changes
})
