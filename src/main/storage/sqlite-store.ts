import { rmSync } from 'node:fs'
import { join } from 'node:path'
import type { ForgetPreview, ForgetTarget, ForgottenNames } from '../../shared/domain/forgetting.ts'
import type { Health } from '../../shared/domain/health.ts'
import type { HistoryCheck, HistoryEvent } from '../../shared/domain/history.ts'
import { fail, ok, type Result } from '../../shared/result.ts'
import { hashOf } from '../files/save-file.ts'
import type { BackupLook, PortableCopy, TakenIn } from '../ports/backup-file.ts'
import type { Clock } from '../ports/clock.ts'
import type { Log } from '../ports/log.ts'
import {
  type CheckPace,
  type ClearedHistory,
  DamagedStoreError,
  type Store,
  type StoreReads,
  type StoreWrites
} from '../ports/store.ts'
import { checkInBackground } from './background-check.ts'
import {
  bestBackup,
  type CopyFacts,
  copyIntoPlace,
  dropUnfinished,
  furthestBackup,
  isBackupDue,
  keepBackup,
  offerOf,
  unfinishedBackup
} from './backups.ts'
import { clearedUntil, dropOldCleared, emptyHistory, keepCleared, keptMs } from './clear-history.ts'
import { ComingDamagedError, openComing } from './coming-database.ts'
import { consentNotesOf } from './consent-table.ts'
import { forgetDamage, readDamage } from './damage-note.ts'
import {
  type DatabasePlace,
  moveAside,
  placeIn,
  removeDatabase,
  stampOf
} from './database-files.ts'
import { copyCount, olderCopies, removeCopies } from './forget-files.ts'
import { forgetNames, looksThatEnd } from './forget-names.ts'
import { forgetScope } from './forget-scope.ts'
import { groupManyNew, groupNewHistory, isHistoryGrouped } from './history-groups.ts'
import { indexNewHistory, indexNextLot, isHistoryIndexed, isLotWaiting } from './history-index.ts'
import {
  checkChain,
  eachHistoryEvent,
  type HistoryHead,
  historyEventsAt,
  historyHead
} from './history-table.ts'
import { beginLive, type LiveMark } from './live-mark.ts'
import { lookInto, mergeRecords, mergeTables } from './merge-backup.ts'
import { putMeta, readMeta } from './meta-table.ts'
import { type Migration, migrations } from './migrations.ts'
import {
  closedDatabase,
  lineageOf,
  type OpenDatabase,
  type OpenOptions,
  openDatabase,
  reasonOf,
  replaceDamaged,
  type StorageHealth
} from './open-database.ts'
import { dropOutgoing, keepOutgoing, portableStatements, readPortable } from './portable-copy.ts'
import type { Sql } from './sql.ts'
import { type StorageReason, storageReason } from './sql-errors.ts'
import { putGeneration, readGeneration, readStanding } from './standing.ts'
import { createReads } from './store-reads.ts'
import { createWrites, unknownTail, type WriteScope } from './store-writes.ts'

export interface StoreOptions {
  /** Made if it is missing, private to its owner. */
  readonly folder: string
  readonly clock: Clock
  /** Names this start of the app in every record of the history. */
  readonly runId: string
  readonly log: Log
  /** Other schema steps than the released ones, to test how steps are taken. */
  readonly migrations?: readonly Migration[]
}

/** Opens the database, or whatever can be had of it: it never throws for what lies on the disk; see `health()`. */
export const openStore = (options: StoreOptions): Store => new SqliteStore(options)

/** Set from when names are forgotten until no older copy holds them. */
const copiesToGo = 'forget.copiesToGo'

const mostKeepers = 20

const nothingForgotten: ForgetPreview = {
  name: '',
  obstacle: null,
  things: 0,
  persons: 0,
  records: 0,
  notes: 0,
  checks: 0,
  copies: 0,
  keepers: []
}

class SqliteStore implements Store {
  readonly read: StoreReads
  #backups: Health['backups'] = 'ok'
  readonly #options: OpenOptions
  readonly #runId: string
  readonly #healthListeners: ((storage: StorageHealth) => void)[] = []
  readonly #appendedListeners: ((headSeq: number) => void)[] = []
  readonly #closing = new AbortController()
  #opened: OpenDatabase
  #live: LiveMark | null = null
  #tail = unknownTail
  #isIndexing = false
  /** Why writing is off for now, on top of how the database was when opened. */
  #problem: 'disk-full' | 'read-only' | null = null
  #isInTransaction = false
  /** What a thread of its own does with the file; one thing at a time, so that no two meet in a copy. */
  #work: Promise<unknown> = Promise.resolve()
  #isWorking = false

  constructor(options: StoreOptions) {
    this.#runId = options.runId
    this.#options = {
      place: placeIn(options.folder),
      clock: options.clock,
      log: options.log,
      migrations: options.migrations ?? migrations
    }
    this.#opened = openDatabase(this.#options)
    if (this.#opened.isWritable) dropOutgoing(this.#options.place)
    this.#live = this.#beginLive()
    this.read = createReads({
      reading: (work, nothing) => this.#reading(work, nothing),
      grouped: (work, nothing) => this.#grouped(work, nothing),
      searching: (query, work, nothing) => this.#searching(query, work, nothing),
      everyEvent: (chain, among) => this.#everyEvent(chain, among)
    })
  }

  transaction<T>(work: (write: StoreWrites) => T): Result<T> {
    return this.#transact(work, this.#options.clock)
  }

  #transact<T>(work: (write: StoreWrites) => T, clock: Clock): Result<T> {
    if (this.#isInTransaction) throw new Error('A transaction was begun inside another one')
    const blocked = this.#tryToBecomeWritable()
    if (blocked !== null) return fail({ kind: 'storage-failed', reason: blocked })
    const { sql } = this.#opened
    if (sql === null) return fail({ kind: 'storage-failed', reason: 'no-access' })
    this.#isInTransaction = true
    try {
      const { value, appendedSeq } = this.#commit(sql, work, clock)
      if (appendedSeq !== null) {
        this.#live?.note(appendedSeq)
        this.#emit(this.#appendedListeners, appendedSeq)
        this.#indexSoon()
      }
      return ok(value)
    } catch (error) {
      return this.#failedWrite(error)
    } finally {
      this.#isInTransaction = false
    }
  }

  checkHistory(remembered: HistoryHead | null): Promise<HistoryCheck>
  checkHistory(remembered: HistoryHead | null, pace: CheckPace): Promise<HistoryCheck | null>
  async checkHistory(
    remembered: HistoryHead | null,
    pace?: CheckPace
  ): Promise<HistoryCheck | null> {
    const { sql } = this.#opened
    try {
      return await checkChain(
        () => {
          if (this.#opened.sql !== sql) throw new DamagedStoreError()
          return sql
        },
        remembered,
        pace
      )
    } catch (error) {
      if (this.#noticeDamage(error)) throw new DamagedStoreError()
      throw error
    }
  }

  health(): StorageHealth {
    return this.#problem === null ? this.#opened.health : { state: this.#problem }
  }

  backups(): Health['backups'] {
    return this.#backups
  }

  onHealth(listener: (storage: StorageHealth) => void): void {
    this.#healthListeners.push(listener)
  }

  onAppended(listener: (headSeq: number) => void): void {
    this.#appendedListeners.push(listener)
  }

  maintain(signal: AbortSignal, believedAt?: string): Promise<void> {
    return this.#alone(() => this.#maintain(signal, believedAt))
  }

  clearedUntil(): readonly string[] {
    return clearedUntil(this.#options.place)
  }

  async #maintain(signal: AbortSignal, believedAt?: string): Promise<void> {
    const { place, clock, log } = this.#options
    const { sql, isWritable, lineage } = this.#opened
    if (sql === null || !isWritable || signal.aborted || this.#closing.signal.aborted) return
    const nowAt = clock.nowAt()
    dropOldCleared(place, believedAt !== undefined && believedAt < nowAt ? believedAt : nowAt)
    dropUnfinished(place)
    const isDue = !this.#isEmptyBesideOffer() && isBackupDue(place, lineage, clock.nowAt())
    const target = isDue ? this.#preparedBackup() : null
    const stop = AbortSignal.any([signal, this.#closing.signal])
    const verdict = await checkInBackground(place.file, target, stop)
    const isStillOpen = this.#opened.sql === sql
    if (verdict.kind === 'ok' && target !== null && verdict.standing !== null) {
      this.#keep(target, { lineage, standing: verdict.standing, digest: await hashOf(target) })
    }
    if (verdict.kind === 'damaged' && isStillOpen) this.#becomeDamaged()
    if (verdict.kind === 'failed') log.warn('The database check failed', { code: verdict.code })
    if (target !== null) rmSync(target, { force: true })
    if (verdict.kind === 'ok' && isStillOpen) {
      this.#takeLogIn()
      await this.#removeNamedCopies(stop)
    }
  }

  /** While a backup is offered, those of an empty database would only stand in its way. */
  #isEmptyBesideOffer(): boolean {
    const { health } = this.#opened
    const isOffered = health.state === 'damaged' && health.backup !== null
    return isOffered && this.read.accounts().length === 0
  }

  /** Does this at once, or when what is being done with the file is over. */
  #alone<T>(work: () => Promise<T>): Promise<T> {
    const run = async (): Promise<T> => {
      this.#isWorking = true
      try {
        return await work()
      } finally {
        this.#isWorking = false
      }
    }
    const done = this.#isWorking ? this.#work.then(run) : run()
    this.#work = done.catch(() => undefined) // Whoever asked for it gets the failure.
    return done
  }

  async settled(): Promise<void> {
    await this.#work
  }

  /**
   * Takes the log into the database, so that the file alone holds everything; answers whether it does. Not to the end while
   * a thread reads: that would have to be waited for. A failure leaves the log, which is as good.
   */
  #takeLogIn(): boolean {
    const { sql, isWritable } = this.#opened
    if (sql === null || !isWritable || this.#isInTransaction) return false
    const mode = this.#isWorking ? 'PASSIVE' : 'TRUNCATE'
    try {
      const done = sql.first<{ busy: number }>(`PRAGMA wal_checkpoint(${mode})`)
      return mode === 'TRUNCATE' && done?.busy === 0
    } catch (error) {
      const reason = reasonOf(error, this.#options.place.folder)
      if (reason === null) throw error
      this.#options.log.warn('The log could not be taken in', { reason })
      return false
    }
  }

  #beginLive(): LiveMark | null {
    this.#live?.release()
    const { sql, isWritable, lineage } = this.#opened
    if (sql === null || !isWritable) return null
    return beginLive(this.#options.place.folder, { lineage, ...readStanding(sql) })
  }

  clearHistory(headSeq: number): Promise<Result<ClearedHistory>> {
    return this.#alone(() => this.#clearHistory(headSeq))
  }

  async #clearHistory(headSeq: number): Promise<Result<ClearedHistory>> {
    const { place, clock } = this.#options
    const before = this.read.historyHead()
    if (before?.seq !== headSeq) return fail({ kind: 'confirmation-expired' })
    const blocked = this.#tryToBecomeWritable()
    if (blocked !== null) return fail({ kind: 'storage-failed', reason: blocked })
    const keptAs = await this.#copyBeforeClearing()
    if (!keptAs.ok) return keptAs
    const { sql } = this.#opened
    // A record that came meanwhile may not be in the copy.
    if (sql === null || this.read.historyHead()?.hash !== before.hash) {
      rmSync(join(place.folder, keptAs.value), { force: true })
      return fail({ kind: 'confirmation-expired' })
    }
    const keptUntilAt = new Date(Date.parse(clock.nowAt()) + keptMs).toISOString()
    this.#tail = unknownTail // The records begin anew.
    const cleared = { count: before.seq, keptAs: keptAs.value, keptUntilAt }
    const done = this.transaction((write) => {
      emptyHistory(sql)
      putGeneration(sql, readGeneration(sql) + 1)
      write.append({
        type: 'history-cleared',
        operationId: null,
        accountId: null,
        accountName: null,
        assetKind: null,
        assetId: null,
        assetName: null,
        body: { ...cleared, lastHash: before.hash }
      })
      return cleared
    })
    if (done.ok) {
      this.#live = this.#beginLive()
      this.#forgetFreedPages(sql)
    } else rmSync(join(place.folder, keptAs.value), { force: true })
    return done
  }

  async #copyBeforeClearing(): Promise<Result<string>> {
    const { place, clock } = this.#options
    const copied = await this.#checkedCopy(this.#closing.signal)
    return copied.ok ? ok(keepCleared(place, copied.value, clock.nowAt())) : copied
  }

  /** A copy that was looked at, under a passing name. `canceled`, `storage-failed`: there is none. */
  async #checkedCopy(
    signal: AbortSignal,
    statements: readonly string[] = []
  ): Promise<Result<string>> {
    const target = this.#preparedBackup()
    if (target === null) return fail({ kind: 'storage-failed', reason: 'no-access' })
    const verdict = await checkInBackground(this.#options.place.file, target, signal, statements)
    if (verdict.kind === 'ok') return ok(target)
    removeDatabase(target)
    if (verdict.kind === 'stopped') return fail({ kind: 'canceled' })
    const reason = verdict.kind === 'damaged' ? 'damaged' : copyReasonOf(verdict.code)
    return fail({ kind: 'storage-failed', reason })
  }

  lookIntoBackup(file: string, signal: AbortSignal): Promise<Result<BackupLook>> {
    return this.#withComing(file, signal, async (coming, sql) => ok(lookInto(coming, sql)))
  }

  takeInBackup(file: string, signal: AbortSignal): Promise<Result<TakenIn>> {
    const nowAt = this.#options.clock.nowAt()
    return this.#withComing(file, signal, async (coming, sql) => {
      this.#groupNewHistory()
      const tables = this.transaction(() => mergeTables(coming, sql, nowAt))
      if (!tables.ok) return tables
      let records = 0
      for (;;) {
        const some = this.transaction(() => mergeRecords(coming, sql, nowAt))
        if (!some.ok) return some
        if (some.value === 0) return ok({ ...tables.value, records, end: historyHead(coming) })
        records += some.value
        await new Promise((resolve) => setImmediate(resolve))
        if (signal.aborted || this.#opened.sql !== sql) return fail({ kind: 'canceled' })
      }
    })
  }

  /** Alone with the file, since a copy that is made meanwhile would be of neither before nor after. */
  #withComing<T>(
    file: string,
    signal: AbortSignal,
    work: (coming: Sql, sql: Sql) => Promise<Result<T>>
  ): Promise<Result<T>> {
    return this.#alone(async () => {
      const stop = AbortSignal.any([signal, this.#closing.signal])
      const coming = await openComing(file, this.#options.migrations, stop)
      if (!coming.ok) return coming
      try {
        const { sql, isWritable } = this.#opened
        if (sql === null || !isWritable) {
          return fail({ kind: 'storage-failed', reason: 'no-access' })
        }
        return await work(coming.value, sql)
      } catch (error) {
        if (!(error instanceof ComingDamagedError)) throw error
        return fail({ kind: 'backup-refused', why: 'damaged' })
      } finally {
        coming.value.close()
      }
    })
  }

  copyWithoutKeys(signal: AbortSignal): Promise<Result<PortableCopy>> {
    return this.#alone(async () => {
      const stop = AbortSignal.any([signal, this.#closing.signal])
      if (this.#opened.sql === null) return fail({ kind: 'storage-failed', reason: 'no-access' })
      const copied = await this.#checkedCopy(stop, portableStatements)
      if (!copied.ok) return copied
      const file = keepOutgoing(this.#options.place, copied.value)
      return ok({ file, facts: readPortable(file) })
    })
  }

  /** Cleared records would otherwise lie in the file until their room is needed. They are cleared even if this fails. */
  #forgetFreedPages(sql: Sql): void {
    try {
      sql.exec('VACUUM')
    } catch (error) {
      const reason = reasonOf(error, this.#options.place.folder)
      if (reason === null) throw error
      this.#options.log.warn('The room of cleared records could not be freed', { reason })
    }
    this.#takeLogIn()
  }

  forgetPreview(target: ForgetTarget): ForgetPreview {
    this.#groupNewHistory()
    if (!this.#reading(isHistoryIndexed, true)) this.#indexNewHistory()
    const nothing = { ...nothingForgotten, obstacle: 'storage' as const }
    if (this.health().state !== 'ok') return nothing
    return this.#reading((sql) => {
      const scope = forgetScope(sql, target)
      return {
        name: scope.name.slice(0, 500),
        obstacle: scope.obstacle,
        things: scope.things.length,
        persons: scope.persons.length,
        records: scope.seqs.length,
        notes: scope.persons.flatMap(({ id }) => consentNotesOf(sql, id)).length,
        checks: looksThatEnd(sql, scope),
        copies: copyCount(this.#options.place),
        keepers: scope.keepers.slice(0, mostKeepers)
      }
    }, nothing)
  }

  forgetNames(
    target: ForgetTarget,
    records: number | null,
    makePseudonym: () => { readonly name: string; readonly code: string }
  ): Promise<Result<ForgottenNames>> {
    return this.#alone(() => this.#forgetNames(target, records, makePseudonym))
  }

  async #forgetNames(
    target: ForgetTarget,
    records: number | null,
    makePseudonym: () => { readonly name: string; readonly code: string }
  ): Promise<Result<ForgottenNames>> {
    const preview = this.forgetPreview(target)
    if (preview.obstacle === 'storage') return fail({ kind: 'storage-failed', reason: 'no-access' })
    if (preview.obstacle !== null) return fail({ kind: 'not-found' })
    // What came about the same things since they were shown, such as a follow-up check, is forgotten with them.
    if (records !== null && records > preview.records) return fail({ kind: 'confirmation-expired' })
    const at = this.#options.clock.nowAt()
    const clock = { ...this.#options.clock, nowAt: () => at }
    const done = this.#transact((write) => {
      const { sql } = this.#opened
      if (sql === null) throw new DamagedStoreError()
      putMeta(sql, copiesToGo, 'yes')
      const scope = forgetScope(sql, target)
      return forgetNames(sql, scope, at, makePseudonym, (event) => write.append(event))
    }, clock)
    if (!done.ok) return done
    const isClean = await this.#removeNamedCopies(this.#closing.signal)
    return ok({ records: preview.records, pseudonym: done.value, isClean })
  }

  /** Names lie in freed pages, in the log and in every older copy until these are gone; one new backup takes their place. */
  async #removeNamedCopies(signal: AbortSignal): Promise<boolean> {
    const { sql, isWritable, lineage } = this.#opened
    const { place, log } = this.#options
    if (sql === null || !isWritable || readMeta(sql, copiesToGo) !== 'yes') return true
    this.#forgetFreedPages(sql)
    sql.first('PRAGMA wal_checkpoint(TRUNCATE)')
    const older = olderCopies(place)
    const target = this.#preparedBackup()
    if (target === null) return false
    const verdict = await checkInBackground(place.file, target, signal)
    const isSame = this.#opened.sql === sql
    if (verdict.kind === 'ok' && verdict.standing !== null && isSame) {
      this.#keep(target, { lineage, standing: verdict.standing, digest: await hashOf(target) })
      removeCopies(place, older)
      return this.transaction(() => putMeta(sql, copiesToGo, '')).ok
    }
    rmSync(target, { force: true })
    log.warn('Older copies of the database are kept, as no new one could be made')
    return false
  }

  restoreBackup(): Result<null> {
    const { place, clock, migrations: steps } = this.#options
    const { sql, health, lineage } = this.#opened
    if (health.state !== 'damaged') return fail({ kind: 'not-found' })
    const backup = bestBackup(place, steps, lineage)
    if (backup === null) return fail({ kind: 'not-found' })
    const { setAsideAs } = health
    const lastSeq = sql === null ? null : (readDamage(sql)?.lastSeq ?? null)
    const { madeAt, eventCount, missingEventCount } = offerOf(backup, lastSeq)
    try {
      this.#takeLogIn()
      sql?.close()
      moveAside(place, 'replaced', stampOf(clock.nowAt()))
      copyIntoPlace(place, backup, (copy) => beginNextGeneration(place, copy))
    } catch (error) {
      const reason = reasonOf(error, place.folder)
      this.#become(openDatabase(this.#options))
      if (reason === null) throw error
      return fail({ kind: 'storage-failed', reason })
    }
    this.#become(openDatabase(this.#options))
    return this.transaction((write) => {
      write.append({
        type: 'database-restored',
        operationId: null,
        accountId: null,
        accountName: null,
        assetKind: null,
        assetId: null,
        assetName: null,
        body: { backupMadeAt: madeAt, eventCount, missingEventCount, setAsideAs }
      })
      return null
    })
  }

  close(): void {
    this.#closing.abort()
    this.#groupNewHistory()
    if (!this.#reading(isHistoryIndexed, true)) this.#indexNewHistory()
    const isAllIn = this.#takeLogIn()
    this.#opened.sql?.close()
    if (isAllIn) this.#live?.end()
    else this.#live?.release()
    this.#live = null
    this.#opened = closedDatabase('unavailable')
  }

  #commit<T>(
    sql: Sql,
    work: (write: StoreWrites) => T,
    clock: Clock
  ): { readonly value: T; readonly appendedSeq: number | null } {
    const scope: WriteScope = {
      isOpen: true,
      appendedSeq: null,
      tail: this.#tail,
      walks: new Map()
    }
    sql.exec('BEGIN IMMEDIATE')
    try {
      const value = work(createWrites(sql, scope, clock, this.#runId))
      if (value instanceof Promise) throw new Error('A transaction cannot wait')
      if (scope.appendedSeq !== null) {
        const { head, groupedSeq, indexedSeq } = scope.tail
        scope.tail = {
          head,
          groupedSeq: groupManyNew(sql, scope.appendedSeq, scope.walks, groupedSeq),
          indexedSeq
        }
      }
      sql.exec('COMMIT')
      this.#tail = scope.tail
      return { value, appendedSeq: scope.appendedSeq }
    } catch (error) {
      // SQLite has already rolled back by itself after some of its errors.
      if (sql.isInTransaction) sql.exec('ROLLBACK')
      throw error
    } finally {
      scope.isOpen = false
    }
  }

  #failedWrite(error: unknown): Result<never> {
    const reason = storageReason(error, this.#options.place.folder)
    if (reason === null) throw error
    this.#options.log.warn('A write to the database failed', { reason })
    if (reason === 'damaged') this.#becomeDamaged()
    else if (!isPassing(error)) this.#setProblem(reason === 'disk-full' ? 'disk-full' : 'read-only')
    return fail({ kind: 'storage-failed', reason })
  }

  /** Null if writing can begin. After a failure a small write has to succeed first (security F3). */
  #tryToBecomeWritable(): StorageReason | null {
    if (this.#opened.health.state === 'newer-version') return 'newer-version'
    if (!this.#opened.isWritable && this.#isWorthReopening()) this.#reopen()
    const { sql, isWritable, health } = this.#opened
    if (sql === null || !isWritable) return health.state === 'disk-full' ? 'disk-full' : 'no-access'
    if (this.#problem === null) return null
    return this.#probe(sql)
  }

  #probe(sql: Sql): StorageReason | null {
    try {
      sql.exec('BEGIN IMMEDIATE')
      putMeta(sql, 'storage.probe', this.#options.clock.nowAt())
      sql.exec('COMMIT')
      this.#setProblem(null)
      return null
    } catch (error) {
      if (sql.isInTransaction) sql.exec('ROLLBACK')
      const reason = storageReason(error, this.#options.place.folder)
      if (reason === null) throw error
      return reason
    }
  }

  /** A schema step that failed for another reason than a full disk will fail again until the next start. */
  #isWorthReopening(): boolean {
    const { isSchemaOurs, health } = this.#opened
    return !this.#closing.signal.aborted && (isSchemaOurs || health.state === 'disk-full')
  }

  #reopen(): void {
    this.#opened.sql?.close()
    this.#become(openDatabase(this.#options))
  }

  #becomeDamaged(): void {
    this.#opened.sql?.close()
    this.#become(replaceDamaged(this.#options))
  }

  #become(opened: OpenDatabase): void {
    const before = JSON.stringify(this.health())
    this.#opened = opened
    this.#tail = unknownTail
    this.#live = this.#beginLive()
    this.#problem = null
    if (JSON.stringify(this.health()) !== before) this.#emit(this.#healthListeners, this.health())
  }

  #setProblem(trouble: 'disk-full' | 'read-only' | null): void {
    if (trouble === this.#problem) return
    this.#problem = trouble
    this.#emit(this.#healthListeners, this.health())
  }

  /** What is stored is stored: a listener that throws must not make it look undone. */
  #emit<P>(listeners: readonly ((payload: P) => void)[], payload: P): void {
    for (const listener of listeners) {
      try {
        listener(payload)
      } catch (error) {
        this.#options.log.bug(error)
      }
    }
  }

  #preparedBackup(): string | null {
    try {
      return unfinishedBackup(this.#options.place)
    } catch (error) {
      return this.#backupFailed(error)
    }
  }

  #keep(unfinished: string, facts: CopyFacts): void {
    const { place, clock } = this.#options
    try {
      keepBackup(place, unfinished, 'library', clock.nowAt(), facts)
      this.#setBackups('ok')
    } catch (error) {
      this.#backupFailed(error)
    }
  }

  /** Without a new backup the older ones still stand, so this is no reason to stop anything. */
  #backupFailed(error: unknown): null {
    const reason = reasonOf(error, this.#options.place.folder)
    if (reason === null) throw error
    this.#options.log.warn('The backup could not be made', { reason })
    this.#setBackups('failing')
    return null
  }

  #setBackups(backups: Health['backups']): void {
    if (backups === this.#backups) return
    this.#backups = backups
    this.#emit(this.#healthListeners, this.health())
  }

  #reading<T>(work: (sql: Sql) => T, nothing: T): T {
    const { sql, isSchemaOurs } = this.#opened
    if (sql === null) return nothing
    try {
      return work(sql)
    } catch (error) {
      // A newer app may have moved what this one looks for.
      if (!isSchemaOurs) return nothing
      if (this.#isInTransaction || !this.#noticeDamage(error)) throw error
      // What was damaged is set aside and told; the database that took its place answers.
      return this.#opened.sql === null ? nothing : work(this.#opened.sql)
    }
  }

  /** What was appended lately is made searchable first; a database that cannot be written is searched as it is. */
  #searching<T>(query: { readonly search: string }, work: (sql: Sql) => T, nothing: T): T {
    const isAllThere = query.search === '' || this.#reading(isHistoryIndexed, true)
    if (!isAllThere && !this.#isInTransaction) this.#indexNewHistory()
    return this.#reading(work, nothing)
  }

  /** What was appended lately is put into its operations first. */
  #grouped<T>(work: (sql: Sql) => T, nothing: T): T {
    this.#groupNewHistory()
    return this.#reading(work, nothing)
  }

  #groupNewHistory(): void {
    const { sql } = this.#opened
    if (sql === null || this.#isInTransaction || this.#reading(isHistoryGrouped, true)) return
    this.#remake(sql, groupNewHistory)
  }

  #indexNewHistory(): void {
    const { sql } = this.#opened
    if (sql !== null) this.#remake(sql, indexNewHistory)
  }

  /** A turn for each lot, after the one that wrote the records: together they would hold up the window for longer than a frame. */
  #indexSoon(): void {
    const { head, indexedSeq } = this.#tail
    if (this.#isIndexing || head === null || !isLotWaiting(head.seq, indexedSeq)) return
    this.#isIndexing = true
    setImmediate(() => {
      this.#isIndexing = false
      try {
        if (this.#indexLot()) this.#indexSoon()
      } catch (error) {
        this.#options.log.bug(error)
      }
    })
  }

  #indexLot(): boolean {
    const { sql } = this.#opened
    const { head } = this.#tail
    if (sql === null || head === null || this.#closing.signal.aborted) return false
    const indexed = this.#remake(sql, (own) => indexNextLot(own, head.seq))
    if (indexed.ok) this.#tail = { ...this.#tail, indexedSeq: indexed.value }
    return indexed.ok
  }

  /** Writes what can be made anew from the records at any time, so the disk is not waited for. */
  #remake<T>(sql: Sql, work: (sql: Sql) => T): Result<T> {
    sql.all('PRAGMA synchronous = NORMAL')
    try {
      return this.transaction(() => work(this.#opened.sql ?? sql))
    } finally {
      if (this.#opened.sql === sql) sql.all('PRAGMA synchronous = FULL')
    }
  }

  /** True if an error was damage, which is then told. What can only be read stays where it is. */
  #noticeDamage(error: unknown): boolean {
    if (storageReason(error, this.#options.place.folder) !== 'damaged') return false
    if (this.#opened.isWritable) this.#becomeDamaged()
    else this.#become(closedDatabase('unavailable'))
    return true
  }

  /** A walk over the records ends with an error if the database is found damaged, or another one takes its place. */
  *#everyEvent(chain: number, among?: Iterable<number>): IterableIterator<HistoryEvent> {
    const { sql } = this.#opened
    if (sql === null) return
    const events =
      among === undefined ? eachHistoryEvent(sql, chain) : historyEventsAt(sql, among, chain)
    for (;;) {
      if (this.#opened.sql !== sql) throw new DamagedStoreError()
      const next = this.#nextEvent(events)
      if (next.done === true) return
      yield next.value
    }
  }

  #nextEvent(events: Iterator<HistoryEvent>): IteratorResult<HistoryEvent> {
    try {
      return events.next()
    } catch (error) {
      if (this.#noticeDamage(error)) throw new DamagedStoreError()
      throw error
    }
  }
}

/** A backup that is taken lies behind the newer ones that were no good; from here on it is not compared with them. */
const beginNextGeneration = (place: DatabasePlace, copy: Sql): void => {
  const furthest = furthestBackup(place, lineageOf(copy))?.generation ?? 0
  putGeneration(copy, Math.max(furthest, readGeneration(copy)) + 1)
  forgetDamage(copy)
}

const copyReasonOf = (code: string): 'disk-full' | 'other' =>
  code.startsWith('SQLITE_FULL') ? 'disk-full' : 'other'

/** Somebody else held the file for a moment; nothing is wrong with it. */
const isPassing = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && /^SQLITE_(BUSY|LOCKED)/.test(String(error.code))
