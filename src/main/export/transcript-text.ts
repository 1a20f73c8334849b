import type { Transcript } from '../../shared/domain/transcript.ts'
import { t } from '../../shared/messages/messages.ts'
import { speakerText } from '../../shared/transcript-words.ts'

/** What was said, for people to read: who spoke, and what. */
export const transcriptText = (name: string, { lines, isCut }: Transcript): string =>
  [
    t('transcript.file.title', { name }),
    ...lines.map((line) => `${speakerText(line)}: ${line.text}`),
    ...(isCut ? [t('transcript.cut')] : [])
  ]
    .map((paragraph) => `${paragraph}\n`)
    .join('\n')
