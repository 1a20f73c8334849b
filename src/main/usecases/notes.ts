import type { AssetKind } from '../../shared/catalogue/kinds.ts'
import type { NewHistoryEvent } from '../../shared/domain/history.ts'
import type { Note, TagCounts } from '../../shared/domain/note.ts'
import type { Noted } from '../../shared/domain/noted.ts'
import { folded } from '../../shared/folded.ts'
import { fail, ok, type Result } from '../../shared/result.ts'
import type { Clock } from '../ports/clock.ts'
import type { Emit } from '../ports/emit.ts'
import type { Store } from '../ports/store.ts'
import { appEvent, assetEvent } from './history-event.ts'

export interface NoteDeps {
  readonly store: Store
  readonly clock: Pick<Clock, 'nowAt'>
  readonly emit: Emit
}

/** Signs that cannot be seen and do nothing to a text but break its lines; a line break itself is kept. */
const control = /(?!\n)\p{Cc}/gu

const plain = (text: string): string =>
  text.normalize('NFC').replaceAll('\r\n', '\n').replace(control, ' ').trim()

/** Each once, however it is written; a comma parts two. */
const plainTags = (tags: readonly string[]): readonly string[] => {
  const known = new Map<string, string>()
  for (const tag of tags.flatMap((one) => one.split(','))) {
    const text = plain(tag).replace(/\s+/g, ' ')
    const key = folded(text)
    if (key !== '' && !known.has(key)) known.set(key, text)
  }
  return [...known.values()]
}

const shown = ({ tags }: Note): string => tags.join(', ')

/** What the person writes down about assets and persons, and the tags they put on them: kept here alone. */
export const createNotes = ({ store, clock, emit }: NoteDeps) => {
  const get = (about: Noted): Note => store.read.note(about)

  /** How a record names what the note is about; null: it is not known here. */
  const recordOf = (
    about: Noted
  ): ((change: 'noted' | 'tagged', body: NewHistoryEvent['body']) => NewHistoryEvent) | null => {
    if (about.what === 'person') {
      const person = store.read.persons().find(({ id }) => id === about.personId)
      if (person === undefined) return null
      return (change, body) => appEvent(`person-${change}`, { person: person.name, ...body })
    }
    const account = store.read.account(about.ref.accountId)
    const asset = store.read.asset(about.ref)
    if (account === null || asset === null) return null
    const target = { ...about.ref, name: asset.name }
    return (change, body) => assetEvent(`asset-${change}`, account, target, body)
  }

  const tell = (about: Noted): void => {
    if (about.what === 'asset') emit('library:changed', { accountId: about.ref.accountId })
    else emit('person:changed', { persons: [...store.read.persons()] })
  }

  /** Answers the note as it is now and as it was; a change that changes nothing is no record. */
  const set = (about: Noted, input: Note): Result<{ note: Note; before: Note }> => {
    const record = recordOf(about)
    if (record === null) return fail({ kind: 'not-found' })
    const before = get(about)
    const note: Note = { text: plain(input.text), tags: [...plainTags(input.tags)] }
    const isNoted = note.text !== before.text
    const isTagged = shown(note) !== shown(before)
    if (!isNoted && !isTagged) return ok({ note, before })
    const stored = store.transaction((write) => {
      write.putNote(about, note, clock.nowAt())
      if (isNoted) write.append(record('noted', { note: note.text, before: before.text }))
      if (isTagged) write.append(record('tagged', { tags: shown(note), before: shown(before) }))
    })
    if (!stored.ok) return stored
    tell(about)
    return ok({ note, before })
  }

  const tags = (kind: AssetKind | 'person'): TagCounts => store.read.tagsInUse(kind)

  return { get, set, tags }
}
