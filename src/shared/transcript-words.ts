import type { TranscriptLine } from './domain/transcript.ts'
import { t } from './messages/messages.ts'

/** Who said it, as far as the provider tells. */
export const speakerText = ({ by, role }: Pick<TranscriptLine, 'by' | 'role'>): string =>
  by === 'other' ? role || t('transcript.by.unknown') : t(`transcript.by.${by}`)
