import type { VideoField } from '../../shared/catalogue/draft-fields.ts'
import {
  type ConsentClip,
  type ConsentNote,
  type ConsentNoteId,
  type ConsentNoteInput,
  consentNoteIdSchema
} from '../../shared/domain/consent-note.ts'
import type { DraftId } from '../../shared/domain/draft.ts'
import type { NewHistoryEvent } from '../../shared/domain/history.ts'
import type { Person, PersonId } from '../../shared/domain/person.ts'
import { fail, ok, type Result } from '../../shared/result.ts'
import type { Clock } from '../ports/clock.ts'
import type { Store } from '../ports/store.ts'
import { textFileName } from '../rules/text-file-name.ts'
import { appEvent } from './history-event.ts'
import { newId } from './new-id.ts'

export interface ConsentDeps {
  readonly store: Store
  readonly clock: Clock
  /** Asks the person for a file to read; null if they thought better of it. */
  readonly askFile: () => Promise<string | null>
  /** Where a draft's video is on this computer; null: it is not. */
  readonly fileOf: (draftId: DraftId, field: VideoField) => string | null
  /** Reads a whole file, however large, without holding it. `storage-failed`. */
  readonly readClip: (path: string) => Promise<Result<ConsentClip>>
  /** Asks the person where to save; null if they thought better of it. */
  readonly askWhere: (suggestedName: string) => Promise<string | null>
  readonly saveText: (path: string, text: string) => Promise<Result<null>>
  /** The notes in words, in the person's language. */
  readonly wordsOf: (personName: string, notes: readonly ConsentNote[]) => string
}

/** The record of a note that is taken away; what it said stays in the record of its beginning. */
export const noteRemoved = (
  { id, spokenName, givenOn }: ConsentNote,
  person: string | null
): NewHistoryEvent => appEvent('consent-note-removed', { person, note: id, spokenName, givenOn })

/** Notes of what people agreed to: kept here alone, added and removed, never changed. */
export const createConsents = (deps: ConsentDeps) => {
  const { store, clock } = deps

  const personOf = (id: PersonId): Person | null =>
    store.read.persons().find((person) => person.id === id) ?? null

  const list = (personId: PersonId): Result<ConsentNote[]> =>
    ok([...store.read.consentNotes(personId)])

  const add = (input: ConsentNoteInput): Result<ConsentNote[]> => {
    const person = personOf(input.personId)
    if (person === null) return fail({ kind: 'not-found' })
    const note: ConsentNote = {
      ...input,
      id: consentNoteIdSchema.parse(newId('cns')),
      createdAt: clock.nowAt()
    }
    const added = store.transaction((write) => {
      write.addConsentNote(note)
      write.append(
        appEvent('consent-noted', {
          person: person.name,
          note: note.id,
          spokenName: note.spokenName,
          statement: note.statement,
          place: note.place,
          clipFile: note.clip?.fileName ?? null,
          clipSha256: note.clip?.sha256 ?? null,
          scope: note.scope,
          givenOn: note.givenOn,
          untilOn: note.untilOn
        })
      )
    })
    return added.ok ? list(note.personId) : added
  }

  const remove = (id: ConsentNoteId): Result<ConsentNote[]> => {
    const note = store.read.consentNote(id)
    if (note === null) return fail({ kind: 'not-found' })
    const removed = store.transaction((write) => {
      write.removeConsentNote(id)
      write.append(noteRemoved(note, personOf(note.personId)?.name ?? null))
    })
    return removed.ok ? list(note.personId) : removed
  }

  const clipAt = async (path: string | null): Promise<Result<{ clip: ConsentClip | null }>> => {
    if (path === null) return ok({ clip: null })
    const clip = await deps.readClip(path)
    return clip.ok ? ok({ clip: clip.value }) : clip
  }

  /** The recording that the person chooses, by its name, size and hash. Null: none. `storage-failed`. */
  const chooseClip = async () => clipAt(await deps.askFile())

  /** The same of a draft's video, where that is a file on this computer. */
  const draftClip = (draftId: DraftId, field: VideoField) => clipAt(deps.fileOf(draftId, field))

  /** All notes of a person as a text. `savedAs` is null if they thought better of it. */
  const exportTo = async (personId: PersonId): Promise<Result<{ savedAs: string | null }>> => {
    const person = personOf(personId)
    if (person === null) return fail({ kind: 'not-found' })
    const path = await deps.askWhere(textFileName('consent', person.name, 'notes'))
    if (path === null) return ok({ savedAs: null })
    const text = deps.wordsOf(person.name, store.read.consentNotes(personId))
    const saved = await deps.saveText(path, text)
    return saved.ok ? ok({ savedAs: path }) : saved
  }

  return { list, add, remove, chooseClip, draftClip, exportTo }
}
