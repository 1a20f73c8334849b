import { targetKey } from '../../shared/catalogue/keys.ts'
import type { AssetKind } from '../../shared/catalogue/kinds.ts'
import type { Note, TagCounts } from '../../shared/domain/note.ts'
import type { Noted } from '../../shared/domain/noted.ts'
import type { Bridge } from '../../shared/ipc/bridge.ts'
import type { Slice } from './app-state.ts'

export interface NotesSlice {
  /** The notes that are on the screen, by what they are about. */
  readonly notes: ReadonlyMap<string, Note>
  /** Tags in use, by kind; a kind that was not asked for has none. */
  readonly tags: ReadonlyMap<AssetKind | 'person', TagCounts>
  readonly loadNote: (about: Noted) => Promise<void>
  /** Answers whether it was stored; it can be taken back for as long as its notice stands. */
  readonly saveNote: (about: Noted, note: Note) => Promise<boolean>
  /** Puts a note back as it was. */
  readonly restoreNote: (about: Noted, note: Note) => Promise<void>
  readonly loadTags: (kind: AssetKind | 'person') => Promise<void>
}

export const noteKey = (about: Noted): string =>
  about.what === 'person' ? about.personId : targetKey(about.ref)

export const kindOfNoted = (about: Noted): AssetKind | 'person' =>
  about.what === 'person' ? 'person' : about.ref.kind

export const createNotesSlice =
  (bridge: Bridge): Slice<NotesSlice> =>
  (set, get) => {
    const hold = (about: Noted, note: Note): void =>
      set(({ notes }) => ({ notes: new Map(notes).set(noteKey(about), note) }))

    const put = async (about: Noted, { text, tags }: Note): Promise<Note | null> => {
      const answer = await bridge.noteSet({ about, note: { text, tags: [...tags] } })
      if (!answer.ok) {
        get().tellFailure('save-note', answer.error)
        return null
      }
      hold(about, answer.value.note)
      await get().loadTags(kindOfNoted(about))
      return answer.value.before
    }

    return {
      notes: new Map(),
      tags: new Map(),
      loadNote: async (about) => {
        const answer = await bridge.noteGet({ about })
        if (answer.ok) hold(about, answer.value)
      },
      saveNote: async (about, note) => {
        const before = await put(about, note)
        if (before === null) return false
        get().tell({ kind: 'noted', undo: { of: 'note', about, note: before } })
        return true
      },
      restoreNote: async (about, note) => {
        await put(about, note)
      },
      loadTags: async (kind) => {
        const answer = await bridge.noteTags({ kind })
        if (answer.ok) set(({ tags }) => ({ tags: new Map(tags).set(kind, answer.value) }))
      }
    }
  }
