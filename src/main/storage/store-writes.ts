import type { Clock } from '../ports/clock.ts'
import type { StoreWrites } from '../ports/store.ts'
import { putAccount, removeAccount } from './account-table.ts'
import { putAsset } from './asset-table.ts'
import { putBatch } from './batch-table.ts'
import { putBucket, removeBucket } from './bucket-table.ts'
import { addConsentNote, removeConsentNote } from './consent-table.ts'
import { putDraft, removeDraft } from './draft-table.ts'
import { groupNewHistory } from './history-groups.ts'
import { acknowledgeChanges, markInbox } from './history-marks.ts'
import { appendHistory, type HistoryHead, historyHead } from './history-table.ts'
import { putKeyEntry, removeKeyEntry } from './key-entry-table.ts'
import { putMeta } from './meta-table.ts'
import { putNote } from './note-table.ts'
import { putOperation } from './operation-table.ts'
import { assignPerson, putPerson, removePerson } from './person-table.ts'
import { setPinned } from './pin-table.ts'
import { putProof } from './proof-table.ts'
import type { Sql } from './sql.ts'
import { putUpload, removeUpload } from './upload-table.ts'

/** The end of the history, as far as the store knows it between two transactions without asking the database. */
export interface HistoryTail {
  /** Null: it is asked for. */
  readonly head: HistoryHead | null
  /** At least up to here, records are in their operations, and can be searched for. */
  readonly groupedSeq: number
  readonly indexedSeq: number
}

export const unknownTail: HistoryTail = { head: null, groupedSeq: 0, indexedSeq: 0 }

/** What a transaction has come to: whether it may still be written to, and which records it appended. */
export interface WriteScope {
  isOpen: boolean
  appendedSeq: number | null
  tail: HistoryTail
  /** The listing, or other deed, that a record came of, by its number. */
  readonly walks: Map<number, string>
}

/** What one transaction can write; after its end nothing. `runId`: the start of the app that its records name. */
export const createWrites = (
  sql: Sql,
  scope: WriteScope,
  clock: Clock,
  runId: string
): StoreWrites => {
  const open = (): Sql => {
    if (!scope.isOpen) throw new Error('A transaction was written to after its end')
    return sql
  }
  return {
    putAccount: (record) => putAccount(open(), record),
    removeAccount: (id) => removeAccount(open(), id),
    putAsset: (record) => putAsset(open(), record),
    putOperation: (operation) => putOperation(open(), operation),
    putBatch: (batch) => putBatch(open(), batch),
    putProof: (proof) => putProof(open(), proof),
    setPinned: (ref, pinnedAt) => setPinned(open(), ref, pinnedAt),
    addConsentNote: (note) => addConsentNote(open(), note),
    removeConsentNote: (id) => removeConsentNote(open(), id),
    putNote: (about, note, at) => putNote(open(), about, note, at),
    putPerson: (person) => putPerson(open(), person),
    removePerson: (id) => removePerson(open(), id),
    assignPerson: (ref, personId) => assignPerson(open(), ref, personId),
    putDraft: (draft) => putDraft(open(), draft),
    removeDraft: (id) => removeDraft(open(), id),
    putBucket: (bucket) => putBucket(open(), bucket),
    removeBucket: (id) => removeBucket(open(), id),
    putUpload: (upload) => putUpload(open(), upload),
    removeUpload: (id) => removeUpload(open(), id),
    putKeyEntry: (entry) => putKeyEntry(open(), entry),
    removeKeyEntry: (name) => removeKeyEntry(open(), name),
    putMeta: (key, value) => putMeta(open(), key, value),
    acknowledgeChanges: (id) => {
      groupNewHistory(open(), scope.walks)
      return acknowledgeChanges(open(), id)
    },
    markInbox: (ids, isRead) => {
      groupNewHistory(open(), scope.walks)
      return markInbox(open(), ids, isRead)
    },
    append: (event, walk) => {
      const before = scope.tail.head ?? historyHead(open())
      const head = appendHistory(open(), clock, runId, before, event)
      scope.appendedSeq = head.seq
      scope.tail = { ...scope.tail, head }
      if (walk !== undefined) scope.walks.set(head.seq, walk)
    }
  }
}
