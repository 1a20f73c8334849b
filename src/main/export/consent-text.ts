import { stat } from 'node:fs/promises'
import { basename } from 'node:path'
import type { ConsentClip, ConsentNote } from '../../shared/domain/consent-note.ts'
import { t } from '../../shared/messages/messages.ts'
import { fail, ok, type Result } from '../../shared/result.ts'
import { diskReason } from '../files/disk-reason.ts'
import { hashOf } from '../files/save-file.ts'

/** A recording by its name, size and hash, read in pieces. `storage-failed`. */
export const readClip = async (path: string): Promise<Result<ConsentClip>> => {
  try {
    const [sha256, { size }] = [await hashOf(path), await stat(path)]
    return ok({ fileName: basename(path).slice(-300), sizeBytes: size, sha256 })
  } catch (error) {
    const reason = diskReason(error)
    if (reason === null) throw error
    return fail({ kind: 'storage-failed', reason })
  }
}

const noteText = (note: ConsentNote): string => {
  const place = note.place === 'consent-video' ? 'separate' : 'training'
  const lines = [
    t('consent.file.spokenName', { name: note.spokenName }),
    t('consent.file.givenOn', { day: note.givenOn }),
    note.untilOn === null
      ? t('consent.file.noEnd')
      : t('consent.file.untilOn', { day: note.untilOn }),
    ...(note.scope === '' ? [] : [t('consent.file.scope', { scope: note.scope })]),
    t('consent.file.place', { place }),
    ...(note.clip === null
      ? []
      : [t('consent.file.clip', { file: note.clip.fileName }), `SHA-256: ${note.clip.sha256}`]),
    t('consent.file.writtenAt', { at: note.createdAt })
  ]
  return [...lines, '', note.statement].join('\n')
}

/** The notes in words, for people to read. */
export const consentText = (name: string, notes: readonly ConsentNote[]): string =>
  `${[t('consent.file.title', { name }), t('consent.own'), ...notes.map(noteText)].join('\n\n')}\n`
