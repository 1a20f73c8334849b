import type { AssetRef } from '../../shared/domain/asset.ts'
import type { PersonId } from '../../shared/domain/person.ts'
import type { Bridge } from '../../shared/ipc/bridge.ts'
import type { Slice } from './app-state.ts'
import { putBatch } from './batches.ts'
import type { Change, Notice } from './notice.ts'

export interface UndoSlice {
  /** Takes back a change. What failed is told. */
  readonly takeBack: (change: Change) => Promise<void>
  /** Takes back the newest change that is still told of. Answers false if there is none. */
  readonly undoChange: () => boolean
}

/** As many as one request takes. */
const mostAtOnce = 500

export const changeOf = (notice: Notice): Change | null =>
  'undo' in notice && notice.undo !== undefined ? notice.undo : null

/** Whose they were, each person with all that was theirs. */
const byOwner = (
  before: Extract<Change, { of: 'assign' }>['before']
): ReadonlyMap<PersonId | null, readonly AssetRef[]> => {
  const owners = new Map<PersonId | null, AssetRef[]>()
  for (const { ref, personId } of before) {
    owners.set(personId, [...(owners.get(personId) ?? []), ref])
  }
  return owners
}

export const createUndoSlice =
  (bridge: Bridge): Slice<UndoSlice> =>
  (set, get) => {
    const pinAgain = async ({ refs, isPinned }: Extract<Change, { of: 'pin' }>): Promise<void> => {
      for (let from = 0; from < refs.length; from += mostAtOnce) {
        const part = refs.slice(from, from + mostAtOnce)
        const answer = await bridge.assetPin({ refs: part, isPinned })
        if (answer.ok) continue
        get().tellFailure(isPinned ? 'pin' : 'unpin', answer.error)
        break
      }
      await get().reloadLibrary()
    }

    const assignAgain = async ({ before }: Extract<Change, { of: 'assign' }>): Promise<void> => {
      for (const [personId, refs] of byOwner(before)) {
        for (let from = 0; from < refs.length; from += mostAtOnce) {
          const part = refs.slice(from, from + mostAtOnce)
          const answer = await bridge.personAssign({ refs: part, personId })
          if (answer.ok) continue
          get().tellFailure('assign-person', answer.error)
          return
        }
      }
    }

    return {
      takeBack: async (change) => {
        switch (change.of) {
          case 'rename': {
            const answer = await get().renameAsset(change.ref, change.name, false)
            if (!answer.ok) get().tellFailure('rename', answer.error, change.ref.accountId)
            return
          }
          case 'pin':
            return pinAgain(change)
          case 'assign':
            return assignAgain(change)
          case 'discard':
            return get().restoreDrafts()
          case 'note':
            return get().restoreNote(change.about, change.note)
          case 'dismiss': {
            const answer = await bridge.batchPutBack({ batchId: change.batchId })
            if (!answer.ok) get().tellFailure('dismiss', answer.error)
            else set((state) => ({ batches: putBatch(state.batches, answer.value) }))
            return
          }
          case 'view': {
            const { historyViews } = get().settings
            await get().updateSettings({
              historyViews: historyViews.toSpliced(change.at, 0, change.view)
            })
          }
        }
      },
      undoChange: () => {
        const last = get().notices.findLast((notice) => changeOf(notice) !== null)
        const change = last === undefined ? null : changeOf(last)
        if (last === undefined || change === null) return false
        get().dropNotice(last.id)
        void get().takeBack(change)
        return true
      }
    }
  }
