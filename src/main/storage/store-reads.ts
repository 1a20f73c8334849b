import { noItems } from '../../shared/catalogue/item-states.ts'
import { assetKinds } from '../../shared/catalogue/kinds.ts'
import type { AssetCounts } from '../../shared/domain/asset.ts'
import type { HistoryEvent } from '../../shared/domain/history.ts'
import type { StoreReads } from '../ports/store.ts'
import { allAccounts, oneAccount } from './account-table.ts'
import {
  assetCounts,
  assetPage,
  assetPlace,
  assetRecords,
  assetRecordsOf,
  assetsOfPerson,
  assetTyped,
  childrenOf,
  goneMediaIds,
  listedIds,
  mediaIds,
  oneAsset,
  unfinishedAssets,
  voiceUses
} from './asset-table.ts'
import { lineageText } from './backups.ts'
import { dismissedBatches, listedBatches, oneBatch, openBatches } from './batch-table.ts'
import { allBuckets, oneBucket } from './bucket-table.ts'
import { consentNote, consentNotesOf } from './consent-table.ts'
import { allDrafts } from './draft-table.ts'
import { namedAgain } from './forgotten-keys.ts'
import {
  countingOf,
  countsIn,
  linesBefore,
  noHistoryCounts,
  stretchesOf
} from './history-counts.ts'
import { newChangeCount, unreadCount } from './history-marks.ts'
import { historyStory, storyMembers } from './history-story.ts'
import { historyAfter, historyHash, historyHead, historyPage } from './history-table.ts'
import { historyParts, inboxPage, timelineLines, timelineMembers } from './history-timeline.ts'
import { beginWalk, stepPerson, stepWalk } from './history-walk.ts'
import { allKeyEntries } from './key-entry-table.ts'
import { readMeta } from './meta-table.ts'
import { noteOf, tagsInUse } from './note-table.ts'
import { lineageOf } from './open-database.ts'
import {
  batchCounts,
  batchOperations,
  deletedSince,
  deletionsOf,
  lateDeletions,
  oneOperation,
  operationsIn
} from './operation-table.ts'
import { otherHistories } from './other-chains.ts'
import { allPersons } from './person-table.ts'
import { pinnedAmong } from './pin-table.ts'
import { dueProofs, pendingProofs, proofsOf } from './proof-table.ts'
import { sampleAccounts, sampleMediaIds } from './sample-data.ts'
import { readSearchTexts } from './search-texts.ts'
import type { Sql } from './sql.ts'
import { allUploads, oneUpload } from './upload-table.ts'

/** How the store lets a table be read: `nothing` where no database can be had. */
export interface ReadAccess {
  reading<T>(work: (sql: Sql) => T, nothing: T): T
  /** Once what was appended lately is put into its operations. */
  grouped<T>(work: (sql: Sql) => T, nothing: T): T
  /** Once it is made searchable, if something is searched for. */
  searching<T>(query: { readonly search: string }, work: (sql: Sql) => T, nothing: T): T
  /** All records of a chain, or those with some numbers. */
  everyEvent(chain: number, among?: Iterable<number>): IterableIterator<HistoryEvent>
}

const noneCounted = { own: 0, stock: 0, ready: 0, unfinished: 0, failed: 0 }
const noCounts: AssetCounts = {
  byKind: Object.fromEntries(
    assetKinds.map((kind) => [kind, noneCounted])
  ) as AssetCounts['byKind'],
  models: []
}

/** Everything that the store offers to read, each from the table that knows how. */
export const createReads = (access: ReadAccess): StoreReads => {
  const { reading, grouped, searching, everyEvent } = access
  const searchingGrouped: ReadAccess['searching'] = (query, work, nothing) =>
    grouped(() => searching(query, work, nothing), nothing)
  return {
    accounts: () => reading(allAccounts, []),
    account: (id) => reading((sql) => oneAccount(sql, id), null),
    goneMediaIds: (seenBefore) => reading((sql) => goneMediaIds(sql, seenBefore), []),
    linesBefore: (at) => grouped((sql) => linesBefore(sql, at), 0),
    mediaIds: () => reading(mediaIds, null),
    sampleMediaIds: () => reading(sampleMediaIds, new Set()),
    sampleAccounts: () => reading(sampleAccounts, []),
    assetPlace: (query, ref) => reading((sql) => assetPlace(sql, query, ref), null),
    assetTyped: (query, text, from) => reading((sql) => assetTyped(sql, query, text, from), null),
    voiceUses: (ref) => reading((sql) => voiceUses(sql, ref), []),
    assets: (query) => reading((sql) => assetPage(sql, query), { total: 0, rows: [] }),
    readSearchTexts: (query) => reading((sql) => readSearchTexts(sql, query), false),
    asset: (ref) => reading((sql) => oneAsset(sql, ref), null),
    assetRecords: (accountId, kind) => reading((sql) => assetRecords(sql, accountId, kind), []),
    assetRecordsOf: (accountId, kind, ids) =>
      reading((sql) => assetRecordsOf(sql, accountId, kind, ids), []),
    listedIds: (accountId, kind) => reading((sql) => listedIds(sql, accountId, kind), []),
    deletedSince: (accountId, kind, ids, sinceAt) =>
      reading((sql) => deletedSince(sql, accountId, kind, ids, sinceAt), []),
    unfinishedAssets: () => reading(unfinishedAssets, []),
    counts: (accountId) => reading((sql) => assetCounts(sql, accountId), noCounts),
    operations: (states) => reading((sql) => operationsIn(sql, states), []),
    operation: (id) => reading((sql) => oneOperation(sql, id), null),
    batchOperations: (batchId, states, range) =>
      reading((sql) => batchOperations(sql, batchId, states, range), []),
    batchCounts: (batchId) => reading((sql) => batchCounts(sql, batchId), noItems),
    deletionsOf: (target) => reading((sql) => deletionsOf(sql, target), []),
    lateDeletions: (accountId) => reading((sql) => lateDeletions(sql, accountId), []),
    batch: (id) => reading((sql) => oneBatch(sql, id), null),
    openBatches: () => reading(openBatches, []),
    listedBatches: () => reading(listedBatches, []),
    dismissedBatches: (range) =>
      reading((sql) => dismissedBatches(sql, range), { total: 0, rows: [] }),
    dueProofs: (nowAt, limit, without) =>
      reading((sql) => dueProofs(sql, nowAt, limit, without), []),
    proofsOf: (operationId) => reading((sql) => proofsOf(sql, operationId), []),
    pendingProofs: () => reading(pendingProofs, []),
    pinned: (id, targets) => reading((sql) => pinnedAmong(sql, id, targets), new Set()),
    childrenOf: (ref) => reading((sql) => childrenOf(sql, ref), []),
    persons: () => reading(allPersons, []),
    consentNotes: (personId) => reading((sql) => consentNotesOf(sql, personId), []),
    consentNote: (id) => reading((sql) => consentNote(sql, id), null),
    assetsOf: (personId) => reading((sql) => assetsOfPerson(sql, personId), []),
    drafts: () => reading(allDrafts, []),
    buckets: () => reading(allBuckets, []),
    bucket: (id) => reading((sql) => oneBucket(sql, id), null),
    uploads: () => reading(allUploads, []),
    upload: (id) => reading((sql) => oneUpload(sql, id), null),
    keyEntries: () => reading(allKeyEntries, []),
    history: (query) =>
      searching(query, (sql) => historyPage(sql, query), { rows: [], hasMore: false }),
    historyWalk: (query) =>
      searchingGrouped(query, (sql) => beginWalk(sql, query), {
        query,
        persons: null,
        terms: null,
        found: [],
        left: [],
        narrowing: 'done'
      }),
    historyStep: (walk) => reading((sql) => stepWalk(sql, walk), null),
    historyLines: (walk) =>
      reading((sql) => timelineLines(sql, walk), { lines: [], hasMore: false }),
    historyMembers: (walk) =>
      reading((sql) => timelineMembers(sql, walk), { seqs: [], nextSeq: null }),
    historyOfPerson: (persons) =>
      reading((sql) => stepPerson(sql, persons), { ...persons, left: [] }),
    newChangeCount: () => grouped(newChangeCount, 0),
    historyCounting: (query) =>
      searchingGrouped(query, (sql) => countingOf(sql, query), {
        query,
        persons: null,
        terms: null,
        span: null,
        atOnce: 1
      }),
    historyStretches: (counting, fromAt, untilAt) =>
      reading((sql) => stretchesOf(sql, counting, fromAt, untilAt), []),
    historyCounts: (counting, stretch) =>
      reading((sql) => countsIn(sql, counting, stretch), noHistoryCounts),
    inbox: (query) => grouped((sql) => inboxPage(sql, query), { lines: [], hasMore: false }),
    unreadCount: () => grouped(unreadCount, 0),
    note: (about) => reading((sql) => noteOf(sql, about), { text: '', tags: [] }),
    tagsInUse: (kind) => reading((sql) => tagsInUse(sql, kind), []),
    historyStory: (ref, limit) =>
      grouped((sql) => historyStory(sql, ref, limit), { rows: [], hasMore: false }),
    historyParts: (query) =>
      grouped((sql) => historyParts(sql, query), { rows: [], hasMore: false }),
    historyAfter: (seq, types, limit) => reading((sql) => historyAfter(sql, seq, types, limit), []),
    storyMembers: (ref) => grouped((sql) => storyMembers(sql, ref), []),
    eachHistoryEvent: (among, chain = 0) => everyEvent(chain, among),
    otherHistories: () => reading(otherHistories, []),
    historyHead: () => reading(historyHead, null),
    historyHash: (seq) => reading((sql) => historyHash(sql, seq), null),
    namedAgain: () => reading(namedAgain, []),
    lineage: () => reading((sql) => lineageText(lineageOf(sql)), null),
    meta: (key) => reading((sql) => readMeta(sql, key), null)
  }
}
