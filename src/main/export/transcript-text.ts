import type { Transcript, TranscriptLine } from '../../shared/domain/transcript.ts'
import { t } from '../../shared/messages/messages.ts'

const speaker = ({ by, role }: TranscriptLine): string =>
  by === 'other' ? role || t('transcript.by.unknown') : t(`transcript.by.${by}`)

/** What was said, for people to read: who spoke, and what. */
export const transcriptText = (name: string, { lines, isCut }: Transcript): string =>
  [
    t('transcript.file.title', { name }),
    ...lines.map((line) => `${speaker(line)}: ${line.text}`),
    ...(isCut ? [t('transcript.cut')] : [])
  ]
    .map((paragraph) => `${paragraph}\n`)
    .join('\n')
