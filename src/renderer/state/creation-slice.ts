import type { AccountId } from '../../shared/domain/account.ts'
import type { Draft, DraftId, DraftPatch } from '../../shared/domain/draft.ts'
import type { Bridge } from '../../shared/ipc/bridge.ts'
import type { Result } from '../../shared/result.ts'
import type { AppState, Slice } from './app-state.ts'

export interface CreationSlice {
  readonly drafts: readonly Draft[]
  /** The drafts that the last drop made, to bring them into view. */
  readonly addedDraftIds: readonly DraftId[]
  readonly addDrafts: (text: string) => Promise<void>
  readonly updateDraft: (draftId: DraftId, patch: DraftPatch) => Promise<Result<Draft>>
  readonly discardDraft: (draftId: DraftId) => Promise<void>
  readonly createReplica: (draftId: DraftId) => Promise<void>
  readonly showCreated: (draft: Draft) => void
}

export const putDraft = (drafts: readonly Draft[], draft: Draft): readonly Draft[] =>
  drafts.map((held) => (held.id === draft.id ? draft : held))

/** The account a new draft starts with: the one in view, or the only one that can be written to. */
export const accountForNewDraft = (
  state: Pick<AppState, 'accounts' | 'filter'>
): AccountId | null => {
  if (state.filter.accountId !== null) return state.filter.accountId
  const writable = state.accounts.filter((account) => !account.isReadOnly)
  return writable.length === 1 ? (writable[0]?.id ?? null) : null
}

export const createCreationSlice =
  (bridge: Bridge): Slice<CreationSlice> =>
  (set, get) => ({
    drafts: [],
    addedDraftIds: [],
    addDrafts: async (text) => {
      const answer = await bridge.draftAdd({
        text,
        fileName: null,
        accountId: accountForNewDraft(get())
      })
      if (!answer.ok) {
        get().tellFailure('add-drafts', answer.error)
        return
      }
      set({
        drafts: answer.value.drafts,
        addedDraftIds: answer.value.addedIds,
        place: 'new-replica'
      })
    },
    updateDraft: async (draftId, patch) => {
      const answer = await bridge.draftUpdate({ draftId, patch })
      if (answer.ok) set((state) => ({ drafts: putDraft(state.drafts, answer.value) }))
      else get().tellFailure('update-draft', answer.error)
      return answer
    },
    discardDraft: async (draftId) => {
      const answer = await bridge.draftDiscard({ draftId })
      if (answer.ok) set({ drafts: answer.value })
      else get().tellFailure('discard-draft', answer.error)
    },
    createReplica: async (draftId) => {
      set((state) => ({
        drafts: state.drafts.map((draft) =>
          draft.id === draftId ? { ...draft, state: 'creating', error: null } : draft
        )
      }))
      const answer = await bridge.draftCreate({ draftId })
      if (!answer.ok) {
        set((state) => ({
          drafts: state.drafts.map((draft) =>
            draft.id === draftId ? { ...draft, state: 'editing', error: answer.error } : draft
          )
        }))
        return
      }
      set((state) => ({ drafts: putDraft(state.drafts, answer.value) }))
      if (answer.value.state === 'created') {
        get().tell({ kind: 'created', name: answer.value.replicaName })
        void get().reloadLibrary()
      }
    },
    showCreated: (draft) => {
      if (draft.accountId === null || draft.createdId === null) return
      set({ place: 'replicas' })
      get().changeFilter({ origin: 'own', group: 'all', search: '', accountId: null })
      get().select({ accountId: draft.accountId, kind: 'replica', id: draft.createdId })
    }
  })
