import text from '../../../CHANGELOG.md?raw'
import type { ReleaseNotes } from '../../shared/domain/update.ts'
import { notesFor, readChangelog } from './changelog.ts'

/** What a version changed, and the releases between it and the one that ran before. Loaded when it is read. */
export const releaseNotes = (version: string, before: string | null): ReleaseNotes[] => [
  ...notesFor(readChangelog(text), version, before)
]
