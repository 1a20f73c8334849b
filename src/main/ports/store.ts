import type { HistoryEventType } from '../../shared/catalogue/history-events.ts'
import type { ItemState } from '../../shared/catalogue/item-states.ts'
import type { AssetKind, TargetKind } from '../../shared/catalogue/kinds.ts'
import type { ProviderId } from '../../shared/catalogue/providers.ts'
import type { Account, AccountId, KeyCheck } from '../../shared/domain/account.ts'
import type { Archive } from '../../shared/domain/archive.ts'
import type {
  Asset,
  AssetCounts,
  AssetId,
  AssetPage,
  AssetQuery,
  AssetRecord,
  AssetRef,
  TargetRef
} from '../../shared/domain/asset.ts'
import type { BatchState, ProofCheck } from '../../shared/domain/batch.ts'
import type { Bucket, BucketId } from '../../shared/domain/bucket.ts'
import type { ConsentNote, ConsentNoteId } from '../../shared/domain/consent-note.ts'
import type { StepMode } from '../../shared/domain/deletion.ts'
import type { ForgetPreview, ForgetTarget, ForgottenNames } from '../../shared/domain/forgetting.ts'
import type { Health } from '../../shared/domain/health.ts'
import type {
  HistoryChartQuery,
  HistoryCheck,
  HistoryCounts,
  HistoryEvent,
  HistoryPage,
  HistoryPartsQuery,
  HistoryQuery,
  HistoryTimeline,
  HistoryTimelineQuery,
  InboxQuery,
  NewHistoryEvent
} from '../../shared/domain/history.ts'
import type { UploadId } from '../../shared/domain/local-video.ts'
import type { Note, TagCounts } from '../../shared/domain/note.ts'
import type { Noted } from '../../shared/domain/noted.ts'
import type { Person, PersonId, StoredPerson } from '../../shared/domain/person.ts'
import type { PlanChange, PlanScope } from '../../shared/domain/plan.ts'
import type { Upload } from '../../shared/domain/upload.ts'
import type { VoiceUse } from '../../shared/domain/voice.ts'
import type { WaitReason } from '../../shared/domain/wait-reason.ts'
import type { AppError } from '../../shared/errors.ts'
import type { Result } from '../../shared/result.ts'
import type { BackupLook, PortableCopy, TakenIn } from './backup-file.ts'

/** Thrown out of a longer look at the records when they turn out to be damaged on the way; see `Store.health`. */
export class DamagedStoreError extends Error {
  override readonly name = 'DamagedStoreError'
}

/** What has a key of its own: an account, or a bucket. */
export interface KeyHolder {
  readonly id: AccountId | BucketId
  readonly name: string
  /** Set once a key was put into the keychain and not forgotten since. `entry`: the name it is kept under there. */
  readonly savedKey: {
    readonly entry: string
    readonly last4: string
    readonly setAt: string
  } | null
  /** Keyed hash of the key, to notice that it is another one now (security R9). */
  readonly keyFingerprint: string | null
}

/** An account as stored: what the window sees, with what is remembered of its key in place of the live state. */
export interface AccountRecord
  extends Omit<Account, 'key' | 'keyCheck'>,
    Pick<KeyHolder, 'savedKey' | 'keyFingerprint'> {
  readonly keyCheck: KeyCheck
  /** End of the last complete listing. */
  readonly syncedAt: string | null
}

/** A bucket connection as stored, likewise. */
export interface BucketRecord
  extends Omit<Bucket, 'key'>,
    Pick<KeyHolder, 'savedKey' | 'keyFingerprint'> {}

/**
 * An upload as stored: what is needed to go on with it after the app ended, and to know later what of it lies in the
 * bucket. No credentials.
 */
export interface UploadRecord
  extends Pick<
    Upload,
    | 'id'
    | 'draftId'
    | 'field'
    | 'bucketId'
    | 'fileName'
    | 'sizeBytes'
    | 'sentBytes'
    | 'state'
    | 'error'
  > {
  /** The object's name in the bucket, on record before anything is sent. */
  readonly objectKey: string
  /** Storage's own id of the unfinished upload; null before it answered one, and once the object is whole. */
  readonly multipartId: string | null
  readonly partBytes: number
  readonly filePath: string
  /** When the file was last changed, in milliseconds as the file system gives it: another file now if it differs. */
  readonly fileModifiedMs: number
  readonly begunAt: string
  /** When the object was whole and compared with the file. */
  readonly doneAt: string | null
  /** The replica that was asked for with it, once it was. */
  readonly usedFor: { readonly accountId: AccountId; readonly assetId: AssetId } | null
  /** Every creation that was sent with it, by its operation's id: the draft may be gone before its answer is known. */
  readonly askedBy: readonly string[]
}

/** What an operation is bound to (security R9): if any of it is another now, it must not be sent. */
export interface Binding {
  readonly provider: ProviderId
  /** URL origin that requests go to. */
  readonly origin: string
  readonly keyFingerprint: string | null
}

/**
 * An entry that may lie in the keychain, on record from before it is written until it was read back as gone. In use is
 * the one that its holder's `savedKey` names; all others are to be deleted.
 */
export interface KeyEntry {
  readonly name: string
  readonly holderId: KeyHolder['id']
  /** What the account or bucket was called, for entries of those that were removed. */
  readonly holderName: string
  readonly notedAt: string
  /** False where there is no more than a doubt: nobody is told of it, but it is looked for. */
  readonly isLikely: boolean
}

/**
 * One thing asked of a provider that changes something there, with its durable state (security R3, R5). Creations and
 * renamings go `queued` -> `sent` -> `done` | `refused` | `unclear`; deletions as `ItemState` tells.
 */
export interface Operation {
  readonly id: string
  readonly kind: 'delete' | 'create' | 'rename'
  readonly accountId: AccountId
  readonly assetKind: TargetKind
  /** Null for a creation that was not answered yet. */
  readonly assetId: string | null
  readonly assetName: string
  readonly mode: StepMode | null
  readonly keyFingerprint: string | null
  /** Where the request goes: provider and URL origin as they were when it was asked for. Null in old rows. */
  readonly provider: ProviderId | null
  readonly origin: string | null
  readonly state: OperationState
  readonly askedAt: string
  /** When the last request left, or was about to; null if none did. */
  readonly sentAt: string | null
  /** What the app's own last look at the thing showed, after an answer that did not settle it; null before. */
  readonly found: 'gone' | 'says-deleted' | 'there' | null
  /** How often a request was about to leave; what became of each try is in the history. */
  readonly attempt: number
  readonly finishedAt: string | null
  /** HTTP status of the answer, if there was one. */
  readonly httpStatus: number | null
  readonly error: AppError | null
  /** The confirmed plan that it is part of; null for creations and renamings. */
  readonly batchId: string | null
  /** Id of its step in that plan. */
  readonly stepId: string | null
  /** Operations of the same batch that must have ended well before this one is sent. */
  readonly after: readonly string[]
}
export type OperationState = ItemState

/**
 * A confirmed plan on its way. `planJson` is the `DeletionPlan` as the person saw it, without its token; `factsJson` the
 * `PlanFacts` it was made of, to compare with the facts just before it runs.
 */
export interface BatchRecord {
  readonly id: string
  readonly scope: PlanScope
  readonly mode: StepMode
  readonly title: string
  readonly state: BatchState
  readonly waitsFor: WaitReason | null
  readonly waitsUntilAt: string | null
  readonly heldUntilAt: string | null
  readonly holdLeftMs: number | null
  readonly runAt: string | null
  readonly askedAt: string
  readonly endedAt: string | null
  readonly changes: readonly PlanChange[]
  readonly planJson: string
  readonly factsJson: string
  /** What was saved before, for the receipt. */
  readonly archive: Archive | null
  readonly isDismissed: boolean
}

/** A batch without what it was made of, which is long and only needed to carry it out. */
export type ListedBatch = Omit<BatchRecord, 'planJson' | 'factsJson'>

/** A later look at something that was deleted. `address` only where it carries no signature (security D8, F9). */
export interface ProofRecord extends ProofCheck {
  readonly id: string
  readonly operationId: string
  readonly address: string | null
}

/** Looks at what was deleted that are due in the same hour. */
export interface PendingProofs {
  readonly accountId: AccountId
  /** When the first of them is due. */
  readonly dueAt: string
  /** How many deletions they are for. */
  readonly count: number
  /** What one of these was called. */
  readonly name: string
}

/** An account with sample data; its name when it was added, if it is gone or of another computer. */
export interface SampleAccount {
  readonly id: string
  readonly name: string
}

/** From when to when there is something in the timeline. */
export interface HistorySpan {
  readonly firstAt: string
  readonly lastAt: string
}

/**
 * The timeline's order: this computer's operations stand by the number of their newest record times this, those of other
 * computers between them by their time, for which there is this much room after each.
 */
export const placesEach = 2 ** 24

/** From one place of the timeline, or number of a record, until right before another. */
export interface HistoryStretch {
  readonly from: number
  readonly until: number
}

/** What the text index is asked for. */
export type SearchTerms = string

/** Operations about what is tied to a person now, found thing by thing. */
export interface PersonOperations {
  /** What was not looked at yet. */
  readonly left: readonly AssetRef[]
  /** The operations that were found so far, by their first records. */
  readonly ids: readonly number[]
}

/** What the timeline shows in a line: an operation by its first record, or a record that a search finds, and where it stands. */
export interface HistoryHit {
  readonly id: number
  readonly place: number
}

/** A page of the timeline that is found step by step, so that nothing waits for it however rare it is what is asked for. */
export interface HistoryWalk {
  readonly query: HistoryTimelineQuery
  /** Null: anyone is asked for. */
  readonly persons: PersonOperations | null
  /** As in `HistoryCounting`. */
  readonly terms: SearchTerms | null
  /** Newest first; one more than a page has: there is more. */
  readonly found: readonly HistoryHit[]
  /** Where was not looked yet, newest first, in places or numbers as of `HistoryCounting`. */
  readonly left: readonly HistoryStretch[]
  /** Of a search: which operations pass the filters is being found out, by which less may be left; or not yet, or no more. */
  readonly narrowing: HistoryWalk | 'later' | 'done'
}

/** What the chart counts by, worked out once for all of its bars. */
export interface HistoryCounting {
  readonly query: HistoryChartQuery
  /** To be found by `historyOfPerson` first; null: anyone is asked for. */
  readonly persons: PersonOperations | null
  /** Null: operations are counted by their places in the timeline. Otherwise the records of a search, by their numbers. */
  readonly terms: SearchTerms | null
  /** Null: there is nothing to count. */
  readonly span: HistorySpan | null
  /** As much of a stretch as is counted in one go. */
  readonly atOnce: number
}

/** The chain of another computer, as backups brought it. */
export interface OtherHistory {
  /** Of the chain; see `history-chains.ts`. */
  readonly chain: number
  readonly computer: string
  /** What its first record here follows: the beginning, or a record that this computer had already. */
  readonly after: { readonly seq: number; readonly hash: string }
  readonly head: { readonly seq: number; readonly hash: string }
}

/** Numbers of records, and by which number the next page is asked for; null: there is none. */
export interface HistoryMembers {
  readonly seqs: readonly number[]
  readonly nextSeq: number | null
}

/** What became of a history that was cleared. */
export interface ClearedHistory {
  readonly count: number
  /** File name of the copy with the old records, in the data folder. */
  readonly keptAs: string
  readonly keptUntilAt: string
}

/** A draft without its links' secrets, as kept over a restart. JSON of `Draft`. */
export interface DraftRecord {
  readonly id: string
  readonly json: string
}

/**
 * Reads. Always possible while the database can be opened at all. If one meets damage, that is told through `onHealth`, and
 * the empty database that took the place answers.
 */
export interface StoreReads {
  accounts(): readonly AccountRecord[]
  account(id: AccountId): AccountRecord | null
  assets(query: AssetQuery): AssetPage
  /**
   * Reads a part of what the listing of a query is searched in into memory, where a search is answered many times sooner until
   * something is written. Answers whether there is more to read.
   */
  readSearchTexts(query: AssetQuery): boolean
  /** Where an asset stands in the whole listing of a query, from 0; null: not in it. */
  assetPlace(query: AssetQuery, ref: AssetRef): number | null
  /** The next asset of the listing whose name begins with the text, or a word of it, and where it stands; null: none. */
  assetTyped(
    query: AssetQuery,
    text: string,
    from: number
  ): { readonly ref: AssetRef; readonly place: number } | null
  /** What is listed and tied to a replica, voice or PAL by a face or a voice, at most `mostVoiceUses` of each kind. */
  voiceUses(ref: AssetRef): readonly VoiceUse[]
  asset(ref: AssetRef): Asset | null
  /** Every stored asset of an account and kind, for comparing with a listing. */
  assetRecords(accountId: AccountId, kind: AssetKind): readonly AssetRecord[]
  /** The stored ones among some assets of an account and kind, in no order. */
  assetRecordsOf(
    accountId: AccountId,
    kind: AssetKind,
    ids: readonly string[]
  ): readonly AssetRecord[]
  /** Ids of the assets of an account and kind that are listed, for seeing which are not any more. */
  listedIds(accountId: AccountId, kind: AssetKind): readonly AssetId[]
  /** Those of some assets whose deletion was sent without an answer, or was answered at a time or later. */
  deletedSince(
    accountId: AccountId,
    kind: TargetKind,
    ids: readonly string[],
    sinceAt: string
  ): readonly string[]
  /** Listed assets that the provider still works on, all accounts. */
  unfinishedAssets(): readonly AssetRecord[]
  counts(accountId: AccountId | null): AssetCounts
  /** Ids of the pictures and clips of what is gone and was not seen since a time. */
  goneMediaIds(seenBefore: string): readonly string[]
  /** How many lines of the history said nothing new since a time. */
  linesBefore(at: string): number
  /** Ids of the pictures and clips of everything that is stored; null if it cannot be read. */
  mediaIds(): ReadonlySet<string> | null
  /** Of these, those that are of sample data alone. */
  sampleMediaIds(): ReadonlySet<string>
  /** Accounts with sample data that are here, or that the history tells of, of other computers too. */
  sampleAccounts(): readonly SampleAccount[]
  /** Operations in one of the states, oldest first. */
  operations(states: readonly OperationState[]): readonly Operation[]
  operation(id: string): Operation | null
  /** Deletions of a batch in the plan's order; `states` null: all. */
  batchOperations(
    batchId: string,
    states: readonly OperationState[] | null,
    range: { readonly offset: number; readonly limit: number }
  ): readonly Operation[]
  /** How many deletions of a batch stand where. */
  batchCounts(batchId: string): Readonly<Record<OperationState, number>>
  /** All deletions of one asset, newest first. */
  deletionsOf(target: TargetRef): readonly Operation[]
  /**
   * Deletions that count as not done, newest first: refused, or without a clear answer and there when it was looked at. Of
   * what no list shows only the latter, as nothing would tell which of the others to look at.
   */
  lateDeletions(accountId: AccountId): readonly Operation[]
  batch(id: string): BatchRecord | null
  /** Batches that have not ended or were not put away, oldest first. */
  openBatches(): readonly BatchRecord[]
  /** The same, without their plans. */
  listedBatches(): readonly ListedBatch[]
  /** Batches that were put away, newest first. */
  dismissedBatches(range: { readonly offset: number; readonly limit: number }): {
    readonly total: number
    readonly rows: readonly ListedBatch[]
  }
  /** Looks that are due at a time and were not taken, oldest first, at most `limit`; without those of some accounts. */
  dueProofs(nowAt: string, limit: number, without?: readonly AccountId[]): readonly ProofRecord[]
  proofsOf(operationId: string): readonly ProofRecord[]
  /** Looks that were not taken yet, those of an account and an hour as one, soonest first. */
  pendingProofs(): readonly PendingProofs[]
  /** Whether these targets are pinned, as their names `kind/id`. */
  pinned(accountId: AccountId, targets: readonly TargetRef[]): ReadonlySet<string>
  /** Listed assets of a parent: the videos of a replica, the versions of a model. */
  childrenOf(ref: AssetRef): readonly Asset[]
  persons(): readonly Person[]
  /** Listed assets tied to a person, all accounts and kinds. */
  assetsOf(personId: PersonId): readonly Asset[]
  /** In the order in which they were written. */
  consentNotes(personId: PersonId): readonly ConsentNote[]
  consentNote(id: ConsentNoteId): ConsentNote | null
  drafts(): readonly DraftRecord[]
  buckets(): readonly BucketRecord[]
  bucket(id: BucketId): BucketRecord | null
  /** Oldest first. */
  uploads(): readonly UploadRecord[]
  upload(id: UploadId): UploadRecord | null
  keyEntries(): readonly KeyEntry[]
  history(query: HistoryQuery): HistoryPage
  /** The first records of some types after one, oldest first. */
  historyAfter(
    seq: number,
    types: readonly HistoryEventType[],
    limit: number
  ): readonly HistoryEvent[]
  /** Begins to look for a page of the timeline. */
  historyWalk(query: HistoryTimelineQuery): HistoryWalk
  /** Looks a few milliseconds further; null: the walk is over. */
  historyStep(walk: HistoryWalk): HistoryWalk | null
  /** The page of a walk that is over: operations as one line each, or records. */
  historyLines(walk: HistoryWalk): HistoryTimeline
  /** The records of one of them, newest first. */
  historyParts(query: HistoryPartsQuery): HistoryPage
  /** Operations that are changes which came up elsewhere and were not acknowledged. */
  newChangeCount(): number
  /** Finds the operations about the next few things that are tied to a person. */
  historyOfPerson(persons: PersonOperations): PersonOperations
  /** Whatever time the query asks for. */
  historyCounting(query: HistoryChartQuery): HistoryCounting
  /** Where that stands which happened from an instant until right before another. */
  historyStretches(
    counting: HistoryCounting,
    fromAt: string,
    untilAt: string
  ): readonly HistoryStretch[]
  /** How many operations stand there, or records that are searched for, and what they did. */
  historyCounts(counting: HistoryCounting, stretch: HistoryStretch): HistoryCounts
  /** Operations that ended, failed, vanished or came up elsewhere, newest first; `isNew`: it was not read. */
  inbox(query: InboxQuery): HistoryTimeline
  /** What was written down about an asset or a person; empty if nothing was. */
  note(about: Noted): Note
  /** By their names. */
  tagsInUse(kind: AssetKind | 'person'): TagCounts
  /** How many of these were not read. */
  unreadCount(): number
  /** Everything about one thing, newest first. */
  historyStory(ref: AssetRef, limit: number): HistoryPage
  /** The numbers of all records on a page of the timeline, of a walk that is over. */
  historyMembers(walk: HistoryWalk): HistoryMembers
  /** The numbers of all records about one thing, in no order. */
  storyMembers(ref: AssetRef): readonly number[]
  /**
   * All records in order, or those with some numbers, which go up, for export and checking, without holding them all; of
   * another computer's chain as that wrote them, by its own numbers. Damage ends it: `DamagedStoreError`.
   */
  eachHistoryEvent(among?: Iterable<number>, chain?: number): IterableIterator<HistoryEvent>
  /** The chains of other computers that have records here. */
  otherHistories(): readonly OtherHistory[]
  /** The last record's number and hash; null while the history is empty. */
  historyHead(): { readonly seq: number; readonly hash: string } | null
  /** Hash of one record; null if there is none with that number. */
  historyHash(seq: number): string | null
  /** What was forgotten once and bears a name again, such as after a copy from before was taken in. */
  namedAgain(): readonly ForgetTarget[]
  /** What tells this database from others; its copies and backups have the same. Null if it cannot be told. */
  lineage(): string | null
  /** A small value kept with the database, such as the salt of key fingerprints. */
  meta(key: string): string | null
}

/** Writes; they exist only inside `transaction`, so that what belongs together is stored together. */
export interface StoreWrites {
  putAccount(record: AccountRecord): void
  /** Takes the account, its assets, drafts and operations away. The history stays. */
  removeAccount(id: AccountId): void
  putAsset(record: AssetRecord): void
  putOperation(operation: Operation): void
  putBatch(batch: BatchRecord): void
  putProof(proof: ProofRecord): void
  setPinned(ref: AssetRef, pinnedAt: string | null): void
  putPerson(person: StoredPerson): void
  addConsentNote(note: ConsentNote): void
  removeConsentNote(id: ConsentNoteId): void
  /** Takes the person, its ties and its notes of consent away; assets stay. */
  /** An empty one takes the note away. It stays when what it is about is gone. */
  putNote(about: Noted, note: Note, changedAt: string): void
  removePerson(id: PersonId): void
  /** Ties an asset to a person, or to nobody. */
  assignPerson(ref: AssetRef, personId: PersonId | null): void
  putDraft(draft: DraftRecord): void
  removeDraft(id: string): void
  putBucket(bucket: BucketRecord): void
  /** Takes the connection away, with what is remembered of its uploads. */
  removeBucket(id: BucketId): void
  putUpload(upload: UploadRecord): void
  removeUpload(id: UploadId): void
  putKeyEntry(entry: KeyEntry): void
  removeKeyEntry(name: string): void
  putMeta(key: string, value: string): void
  /** The one of this operation, or none of these, is new any more. */
  acknowledgeChanges(id: number | null): null
  /** Marks operations of the inbox as read or unread; null: all of them. */
  markInbox(ids: readonly number[] | null, isRead: boolean): null
  /** Appends to the hash-chained history. */
  /**
   * Appends to the hash-chained history. `walk` names the listing, or other deed of the app, that several records come of:
   * the timeline shows them as one. It is no part of the record.
   */
  append(event: NewHistoryEvent, walk?: string): void
}

/** How a long check leaves room for everything else. */
export interface CheckPace {
  /** Records that are looked at in one go. */
  readonly recordsAtOnce: number
  /** Waited for between two of these; false ends the check. */
  readonly rest: () => Promise<boolean>
}

/**
 * The database on this computer: accounts, library, operations, drafts, history.
 *
 * A transaction that returns `ok` is on disk (security F1). `storage-failed` means that nothing of it is; writing
 * then stays off until a probe write works again (F3).
 */
export interface Store {
  readonly read: StoreReads
  transaction<T>(work: (write: StoreWrites) => T): Result<T>
  /**
   * Checks the whole chain in slices, so that the window stays quick. `remembered` is the end kept elsewhere. Throws
   * `DamagedStoreError` if the records cannot be read to their end. `pace`: for checking in the background; null if it
   * was stopped.
   */
  checkHistory(
    remembered: { readonly seq: number; readonly hash: string } | null
  ): Promise<HistoryCheck>
  checkHistory(
    remembered: { readonly seq: number; readonly hash: string } | null,
    pace: CheckPace
  ): Promise<HistoryCheck | null>
  /** How the database is; changes are told to `onHealth`. */
  health(): Health['storage']
  /** Whether the last backup that was due could be made. */
  backups(): Health['backups']
  /** Called when either changes. */
  onHealth(listener: (storage: Health['storage']) => void): void
  /** Tells of appended records after their transaction. */
  onAppended(listener: (headSeq: number) => void): void
  /**
   * Looks over pages and texts, makes a verified backup if the newest one is a day old, and takes the log into the
   * database. Meant to be called again and again while the app runs; not before the first paint. What is kept for a time goes
   * only once it is over by the wall clock and by the time that is believed (`believedAt`), where that is known.
   */
  maintain(signal: AbortSignal, believedAt?: string): Promise<void>
  /** Until when each copy of a cleared history is kept; `maintain` takes it away after. */
  clearedUntil(): readonly string[]
  /**
   * Takes all records away and begins a new chain with one that says so; a checked copy of the whole database stays in
   * the folder for 30 days. `confirmation-expired`: `headSeq` is not the last record any more, so nothing was cleared.
   */
  clearHistory(headSeq: number): Promise<Result<ClearedHistory>>
  /** Makes a checked copy of everything that another computer can use. `canceled`, `storage-failed`: there is none. */
  copyWithoutKeys(signal: AbortSignal): Promise<Result<PortableCopy>>
  /** What the database of a backup, in a copy of the caller's, would bring here. `backup-refused`, `canceled`. */
  lookIntoBackup(file: string, signal: AbortSignal): Promise<Result<BackupLook>>
  /**
   * Takes everything in that is not here yet; what was begun before is gone on with. Chains of other computers are kept
   * apart. `backup-refused`, `storage-failed`: what came in so far stays, and the next call goes on.
   */
  takeInBackup(file: string, signal: AbortSignal): Promise<Result<TakenIn>>
  /** What forgetting names would do; changes nothing. */
  forgetPreview(target: ForgetTarget): ForgetPreview
  /**
   * Puts pseudonyms in the place of names, for good: in the history, which goes on verifying and tells of it, and in
   * everything that is stored beside it; then older copies of the database give way to a new one. `records` as they were
   * counted when the person was asked; null: whatever there are. `not-found`: there is an obstacle, as
   * the preview says. `confirmation-expired`: there are other records by now. `storage-failed`: nothing was changed.
   */
  forgetNames(
    target: ForgetTarget,
    records: number | null,
    makePseudonym: () => { readonly name: string; readonly code: string }
  ): Promise<Result<ForgottenNames>>
  /** Resolves once nothing is done with the file in the background any more; before `close`, so that it ends whole. */
  settled(): Promise<void>
  /** Takes the best backup in place of a damaged database. */
  restoreBackup(): Result<null>
  close(): void
}
