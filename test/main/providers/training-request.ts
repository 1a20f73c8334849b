import type { TrainingRequest } from '../../../src/main/ports/provider.ts'
import { firstValues } from '../../../src/shared/catalogue/draft-fields.ts'

const { subject: _subject, consentIn: _consentIn, ...unchosen } = firstValues

/** A request in which nothing was chosen but the training video. */
export const trainingRequest = (changes: Partial<TrainingRequest> = {}): TrainingRequest => ({
  ...unchosen,
  trainVideoUrl: 'https://a.example/t.mp4',
  consentVideoUrl: null,
  callbackUrl: null,
  replicaName: null,
  model: null,
  ...changes
})
