import { draftFields, type LinkField, linkFields } from '../../shared/catalogue/draft-fields.ts'
import { mostDrafts } from '../../shared/catalogue/limits.ts'
import type { AssetRef } from '../../shared/domain/asset.ts'
import type { Draft, DraftId, DraftPatch, SharedPatch } from '../../shared/domain/draft.ts'
import type { Bridge } from '../../shared/ipc/bridge.ts'
import type { Result } from '../../shared/result.ts'
import type { Slice } from './app-state.ts'
import { type DraftChange, mergeDrafts } from './draft-list.ts'
import { draftStanding } from './draft-standing.ts'
import { isVideo, readLinkFile } from './link-files.ts'
import { tableParts, textParts } from './long-texts.ts'
import type { RefusedFile } from './notice.ts'

/** A field of a draft: its name in a new one, its link in one that is created again. */
interface WantedField {
  readonly draftId: DraftId
  readonly field: 'replicaName' | 'trainVideoUrl'
}

export interface CreationSlice {
  readonly drafts: readonly Draft[]
  readonly noteDrafts: (change: DraftChange) => void
  /** The draft whose card is open. */
  readonly openDraftId: DraftId | null
  readonly openDraft: (draftId: DraftId | null) => void
  /** The drafts that the last drop made, to bring them into view. */
  readonly addedDraftIds: readonly DraftId[]
  /** The field that is to be filled in next, until it has the focus. */
  readonly wantedField: WantedField | null
  readonly noteFieldFocused: () => void
  /** Drafts of one run of Create all that are still to be sent. */
  readonly creatingLeft: number
  /** Goes to the drafts, or makes the first one. */
  readonly startReplica: () => Promise<void>
  readonly addDrafts: (text: string, fileName?: string) => Promise<void>
  /** Reads the links of files; what it cannot read, folders among it, is told with the reason. */
  readonly importFiles: (files: readonly File[], folderNames?: readonly string[]) => Promise<void>
  /** Puts the corrected form of a link in its place. */
  readonly mendLink: (draftId: DraftId, field: LinkField) => Promise<void>
  readonly updateDraft: (draftId: DraftId, patch: DraftPatch) => Promise<Result<Draft>>
  /** Makes a draft like this replica, for its links to be given again, and goes to it. */
  readonly createAgain: (ref: AssetRef) => Promise<void>
  /** Makes a draft that nobody could settle one to be sent again. */
  readonly reopenDraft: (draftId: DraftId) => Promise<void>
  readonly discardDrafts: (draftIds: readonly DraftId[]) => Promise<void>
  readonly discardAllDrafts: () => Promise<void>
  /** Brings back what was discarded last. */
  readonly restoreDrafts: () => Promise<void>
  /** Saves an empty table, to be filled in and imported. */
  readonly saveTemplate: () => Promise<void>
  /** Changes all drafts that were not sent; answers whether that was done. */
  readonly applyToAll: (patch: SharedPatch) => Promise<boolean>
  readonly createReplica: (draftId: DraftId) => Promise<void>
  /** Creates every draft that is ready, one after the other; each shows its own result. */
  readonly createAllReady: () => Promise<void>
  readonly showCreated: (draft: Draft) => void
}

/** Something was given or typed, and nothing was sent of it. */
const isWorthUndoing = (draft: Draft): boolean =>
  draft.state === 'editing' &&
  (draft.replicaName !== '' || linkFields.some((field) => draft[draftFields[field].view] !== null))

export const createCreationSlice =
  (bridge: Bridge): Slice<CreationSlice> =>
  (set, get) => {
    const put = (draftId: DraftId, change: Partial<Draft>): void =>
      set((state) => ({
        drafts: state.drafts.map((draft) =>
          draft.id === draftId ? { ...draft, ...change } : draft
        )
      }))

    const take = (added: readonly Draft[]): readonly DraftId[] => {
      get().noteDrafts({ changed: added })
      return added.map(({ id }) => id)
    }

    /** Answers what was added; says how much of a text or file there was no room for. */
    const add = async (
      text: string,
      fileName: string | null,
      encoding: string | null = null
    ): Promise<readonly DraftId[]> => {
      // The account in view, if it can train; else main takes the one that was used last.
      const { accountId } = get().filter
      const isTable = /\.[ct]sv$/i.test(fileName ?? '')
      const parts = isTable ? tableParts(text) : textParts(text)
      const addedIds: DraftId[] = []
      let leftOut = 0
      for (const part of parts.length === 1 ? parts : parts.filter((one) => /:\/\//.test(one))) {
        const answer = await bridge.draftAdd({ text: part, fileName, encoding, accountId })
        if (!answer.ok) {
          get().tellFailure('add-drafts', answer.error)
          return addedIds
        }
        addedIds.push(...take(answer.value.added))
        leftOut += answer.value.leftOut
      }
      if (leftOut > 0) get().tell({ kind: 'drafts-left-out', count: leftOut, most: mostDrafts })
      return addedIds
    }

    const showAdded = (addedDraftIds: readonly DraftId[]): void => {
      const [first] = addedDraftIds
      if (first === undefined) return
      // One is there to be filled in; of many, one wants to see them all.
      const openDraftId = addedDraftIds.length === 1 ? first : null
      set({ addedDraftIds, openDraftId, place: 'new-replica' })
    }

    const want = (draftId: DraftId | undefined, field: WantedField['field']): void =>
      set({ wantedField: draftId === undefined ? null : { draftId, field } })

    /** Sends one draft; answers whether Tavus took it. */
    const create = async (draftId: DraftId): Promise<boolean> => {
      const before = get().drafts.find(({ id }) => id === draftId)?.state ?? 'editing'
      put(draftId, { state: 'creating', error: null })
      const answer = await bridge.draftCreate({ draftId })
      if (!answer.ok) {
        // One that was being sent already still is.
        put(draftId, { state: before, error: answer.error })
        return false
      }
      put(draftId, answer.value)
      return answer.value.state === 'created'
    }

    return {
      drafts: [],
      noteDrafts: (change) => set((state) => ({ drafts: mergeDrafts(state.drafts, change) })),
      openDraftId: null,
      openDraft: (openDraftId) => set({ openDraftId }),
      addedDraftIds: [],
      wantedField: null,
      noteFieldFocused: () => set({ wantedField: null }),
      creatingLeft: 0,
      startReplica: async () => {
        // Before the core has answered, that there are no drafts is not known.
        await get().whenConfirmed()
        if (get().drafts.length > 0) get().go('new-replica')
        else await get().addDrafts('')
      },
      addDrafts: async (text, fileName) => {
        const addedIds = await add(text, fileName ?? null)
        if (text === '') want(addedIds[0], 'replicaName')
        showAdded(addedIds)
      },
      importFiles: async (files, folderNames = []) => {
        const refused = folderNames.map((name): RefusedFile => ({ name, reason: 'folder' }))
        const videos = files.filter(isVideo)
        const addedIds: DraftId[] = []
        if (videos.length > 0) {
          const taken = await get().addVideoFiles(videos)
          addedIds.push(...taken.addedIds)
          refused.push(...taken.refused)
        }
        for (const file of files.filter((one) => !isVideo(one))) {
          const read = await readLinkFile(file, navigator.language)
          if (read.kind === 'refused') refused.push({ name: file.name, reason: read.reason })
          else addedIds.push(...(await add(read.text, file.name, read.encoding)))
        }
        if (refused.length > 0) get().tell({ kind: 'files-refused', files: refused })
        showAdded(addedIds)
      },
      mendLink: async (draftId, field) => {
        const answer = await bridge.draftMendLink({ draftId, field })
        if (answer.ok) take([answer.value])
        else get().tellFailure('update-draft', answer.error)
      },
      updateDraft: async (draftId, patch) => {
        const answer = await bridge.draftUpdate({ draftId, patch })
        if (answer.ok) put(draftId, answer.value)
        else get().tellFailure('update-draft', answer.error)
        return answer
      },
      createAgain: async (ref) => {
        const answer = await bridge.draftAgain({ ref })
        if (!answer.ok) {
          get().tellFailure('add-drafts', answer.error)
          return
        }
        const addedIds = take(answer.value.added)
        want(addedIds[0], 'trainVideoUrl')
        showAdded(addedIds)
      },
      reopenDraft: async (draftId) => {
        const answer = await bridge.draftReopen({ draftId })
        if (answer.ok) put(draftId, answer.value)
        else get().tellFailure('update-draft', answer.error)
      },
      discardDrafts: async (draftIds) => {
        if (draftIds.length === 0) return
        const wanted = new Set(draftIds)
        const count = get().drafts.filter(
          (draft) => wanted.has(draft.id) && isWorthUndoing(draft)
        ).length
        const answer = await bridge.draftDiscard({ draftIds: [...draftIds] })
        if (!answer.ok) get().tellFailure('discard-draft', answer.error)
        else if (count > 0) get().tell({ kind: 'drafts-discarded', count, undo: { of: 'discard' } })
      },
      restoreDrafts: async () => {
        const answer = await bridge.draftRestore({})
        if (answer.ok) showAdded(take(answer.value.added))
        else get().tellFailure('undo', answer.error)
      },
      saveTemplate: async () => {
        const answer = await bridge.draftSaveTemplate({})
        if (!answer.ok) get().tellFailure('save-template', answer.error)
        else if (answer.value.savedAs !== null) {
          get().tell({ kind: 'template-saved', savedAs: answer.value.savedAs })
        }
      },
      applyToAll: async (patch) => {
        const answer = await bridge.draftApplyToAll({ patch })
        if (!answer.ok) get().tellFailure('update-draft', answer.error)
        return answer.ok
      },
      discardAllDrafts: () =>
        get().discardDrafts(
          get()
            .drafts.filter(({ state }) => state === 'editing' || state === 'created')
            .map(({ id }) => id)
        ),
      createReplica: async (draftId) => {
        if (!(await create(draftId))) return
        const draft = get().drafts.find(({ id }) => id === draftId)
        get().tell({ kind: 'created', name: draft?.replicaName ?? '' })
        void get().reloadLibrary()
      },
      createAllReady: async () => {
        const ids = get()
          .drafts.filter((draft) => draftStanding(draft) === 'ready')
          .map(({ id }) => id)
        let created = 0
        set({ creatingLeft: ids.length })
        for (const draftId of ids) {
          if (await create(draftId)) created += 1
          set((state) => ({ creatingLeft: state.creatingLeft - 1 }))
        }
        set({ creatingLeft: 0 })
        if (ids.length > 0) get().tell({ kind: 'many-created', created, asked: ids.length })
        void get().reloadLibrary()
      },
      showCreated: (draft) => {
        if (draft.accountId === null || draft.createdId === null) return
        get().go('replicas')
        get().changeFilter({ origin: 'own', group: 'all', search: '', accountId: null })
        get().select({ accountId: draft.accountId, kind: 'replica', id: draft.createdId })
      }
    }
  }
