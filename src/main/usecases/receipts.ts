import { isFinal } from '../../shared/catalogue/item-states.ts'
import { stepModes } from '../../shared/catalogue/kinds.ts'
import { mostSteps } from '../../shared/catalogue/limits.ts'
import type { HistoryEvent } from '../../shared/domain/history.ts'
import type { PlanDraft } from '../../shared/domain/plan.ts'
import type { ReceiptVerdict } from '../../shared/domain/receipt-verdict.ts'
import { fail, ok, type Result } from '../../shared/result.ts'
import type { Clock } from '../ports/clock.ts'
import type { ReceiptFacts, ReceiptIssuer } from '../ports/receipt-issuer.ts'
import type { BatchRecord, Operation, Store } from '../ports/store.ts'
import { appEvent } from './history-event.ts'
import { historyRecords } from './history-records.ts'
import { newId } from './new-id.ts'

export interface ReceiptDeps {
  readonly store: Store
  readonly clock: Clock
  readonly issuer: ReceiptIssuer
  readonly appVersion: string
  /** Asks the person for a place; null if they thought better of it. */
  readonly askWhere: (suggestedName: string) => Promise<string | null>
  /** Asks the person for a file to read; null if they thought better of it. */
  readonly askFile: () => Promise<string | null>
}

/** The first record of each deletion; without it, requests may be missing from those that follow. */
const isBeginning = ({ type }: HistoryEvent): boolean =>
  type === 'deletion-asked' || type === 'deletion-held' || type === 'deletion-scheduled'

/** Receipts of ended batches, the key that signs them, and checking receipts and exported histories of anyone. */
export const createReceipts = (deps: ReceiptDeps) => {
  const { store, clock, issuer: press } = deps

  /** Every record of a batch holds its id, so the text index finds them all. */
  const recordsOf = (batchId: string): readonly HistoryEvent[] =>
    historyRecords(
      store,
      { search: batchId, accountId: null, asset: null },
      ({ body }) => body['batch'] === batchId
    )

  /** By how an account was added here, provider and sample data are known where older records do not name them. */
  const additionsOf = (operations: readonly Operation[]): readonly HistoryEvent[] =>
    [...new Set(operations.map(({ accountId }) => accountId))].flatMap((accountId) =>
      historyRecords(
        store,
        { search: 'account-added', accountId, asset: null },
        ({ type, seq }) => type === 'account-added' && seq > 0
      )
    )

  /** The records that tell which of these have lost names, and when. */
  const forgettingOf = (records: readonly HistoryEvent[]): readonly HistoryEvent[] =>
    [...new Set(records.flatMap(({ forgotten }) => forgotten?.by ?? []))].flatMap(
      (seq) =>
        store.read.history({
          search: '',
          accountId: null,
          asset: null,
          group: 'all',
          beforeSeq: seq + 1,
          limit: 1
        }).rows
    )

  const itemOf = (operation: Operation): ReceiptFacts['items'][number] => ({
    operationId: operation.id,
    target: {
      accountId: operation.accountId,
      kind: operation.assetKind,
      id: operation.assetId ?? ''
    },
    mode: operation.mode ?? 'soft'
  })

  /** Deletions that were tried again: another one is in their place by now, but they were asked for, too. */
  const earlierOnes = (
    records: readonly HistoryEvent[],
    operations: readonly Operation[]
  ): ReceiptFacts['items'] => {
    const current = new Set(operations.map(({ id }) => id))
    const earlier = new Map<string, HistoryEvent>()
    for (const record of records) {
      const { operationId } = record
      if (operationId !== null && !current.has(operationId)) earlier.set(operationId, record)
    }
    return [...earlier].map(([operationId, { accountId, assetKind, assetId, body }]) => ({
      operationId,
      target: { accountId: accountId ?? '', kind: assetKind ?? '', id: assetId ?? '' },
      mode: stepModes.find((mode) => mode === body['mode']) ?? 'soft'
    }))
  }

  const isUnmarkedSample = (
    accountId: Operation['accountId'],
    records: readonly HistoryEvent[]
  ): boolean =>
    store.read.account(accountId)?.isSample === true &&
    !records.some((record) => record.accountId === accountId && record.body['isSample'] === true)

  const factsOf = (
    batch: BatchRecord,
    operations: readonly Operation[],
    key: ReceiptFacts['key']
  ): Result<ReceiptFacts> => {
    const told = [...recordsOf(batch.id), ...additionsOf(operations)]
    const records = [...told, ...forgettingOf(told)]
    const begun = new Set(records.filter(isBeginning).map(({ operationId }) => operationId))
    const ids = [
      ...operations.map(({ id }) => id),
      ...earlierOnes(records, operations).map(({ operationId }) => operationId)
    ]
    // What the person cleared out of the history cannot be vouched for any more, nor what came before the rest of it.
    if (ids.some((id) => !begun.has(id))) return fail({ kind: 'not-found' })
    // Whatever cannot be marked must not look like a deletion at a provider.
    if (operations.some(({ accountId }) => isUnmarkedSample(accountId, records))) {
      return fail({ kind: 'not-found' })
    }
    const plan = JSON.parse(batch.planJson) as PlanDraft
    return ok({
      receiptId: newId('rcp'),
      madeAt: clock.nowAt(),
      appVersion: deps.appVersion,
      key,
      batch: { id: batch.id, scope: batch.scope, title: batch.title, runAt: batch.runAt },
      items: [...operations.map(itemOf), ...earlierOnes(records, operations)],
      survives: plan.survives,
      stays: plan.steps.flatMap(({ stays }) => stays),
      unknowns: plan.unknowns,
      archive: batch.archive,
      records
    })
  }

  /** Tells the history what the receipt will say, and answers that record. */
  const note = (facts: ReceiptFacts): Result<HistoryEvent> => {
    const body = {
      batch: facts.batch.id,
      receipt: facts.receiptId,
      statement: press.statement(facts)
    }
    const noted = store.transaction((write) => write.append(appEvent('receipt-made', body)))
    if (!noted.ok) return noted
    const query = {
      search: '',
      accountId: null,
      asset: null,
      group: 'all',
      beforeSeq: null
    } as const
    const [made] = store.read.history({ ...query, limit: 1 }).rows
    return made === undefined ? fail({ kind: 'not-found' }) : ok(made)
  }

  const save = async (
    batchId: string,
    format: 'json' | 'pdf'
  ): Promise<Result<{ savedAs: string | null }>> => {
    const batch = store.read.batch(batchId)
    if (batch === null) return fail({ kind: 'not-found' })
    const operations = store.read.batchOperations(batchId, null, { offset: 0, limit: mostSteps })
    if (!operations.every(({ state }) => isFinal(state) || state === 'unclear')) {
      return fail({ kind: 'not-found' })
    }
    // Its records have the hashes and numbers of another computer's history, which ends there.
    if (recordsOf(batchId).some(({ seq }) => seq < 0)) return fail({ kind: 'made-elsewhere' })
    // Before anybody is asked for a place: without the key there is nothing to save.
    const key = await press.key()
    if (!key.ok) return key
    const path = await deps.askWhere(`replica-desk-receipt-${clock.nowAt().slice(0, 10)}.${format}`)
    if (path === null) return ok({ savedAs: null })
    const facts = factsOf(batch, operations, key.value)
    if (!facts.ok) return facts
    const made = note(facts.value)
    if (!made.ok) return made
    const saved = await press.save(path, facts.value, made.value, format)
    if (!saved.ok) return saved
    const body = { batch: batchId, format, receipt: facts.value.receiptId }
    const noted = store.transaction((write) => write.append(appEvent('receipt-saved', body)))
    return noted.ok ? ok({ savedAs: path }) : noted
  }

  const verify = async (): Promise<Result<{ verdict: ReceiptVerdict | null }>> => {
    const path = await deps.askFile()
    return path === null ? ok({ verdict: null }) : ok({ verdict: await press.verify(path) })
  }

  const renewKey = async (): Promise<Result<{ fingerprint: string }>> => {
    const key = await press.renewKey()
    return key.ok ? ok({ fingerprint: key.value.fingerprint }) : key
  }

  return {
    save,
    verify,
    key: () => ok({ fingerprint: press.fingerprint() }),
    renewKey
  }
}
