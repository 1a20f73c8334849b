import { isFinal, type ProofCheck } from '../../shared/domain/batch.ts'
import type { HistoryEvent } from '../../shared/domain/history.ts'
import { mostSteps, type PlanDraft } from '../../shared/domain/plan.ts'
import type { ReceiptCheck } from '../../shared/domain/receipt.ts'
import type { ReceiptVerdict } from '../../shared/domain/receipt-verdict.ts'
import { fail, ok, type Result } from '../../shared/result.ts'
import type { Clock } from '../ports/clock.ts'
import type { ReceiptFacts, ReceiptPress } from '../ports/receipt-press.ts'
import type { BatchRecord, Operation, Store } from '../ports/store.ts'
import { findAccount } from './account-view.ts'
import { appEvent } from './history-event.ts'
import { newId } from './new-id.ts'

export interface ReceiptDeps {
  readonly store: Store
  readonly clock: Clock
  readonly press: ReceiptPress
  readonly appVersion: string
  /** Asks the person for a place; null if they thought better of it. */
  readonly askWhere: (suggestedName: string) => Promise<string | null>
  /** Asks the person for a file to read; null if they thought better of it. */
  readonly askFile: () => Promise<string | null>
}

const pageSize = 500

const checkOf = ({ what, checkedAt, result }: ProofCheck): readonly ReceiptCheck[] => {
  if (checkedAt === null || result === null) return []
  return [
    {
      kind: what === 'asset' ? 'read-back' : 'link',
      what: what === 'asset' ? null : what,
      at: checkedAt,
      result: result === 'still-there' ? 'still-listed' : result
    }
  ]
}

/** Receipts of ended batches, the key that signs them, and checking receipts and exported histories of anyone. */
export const createReceipts = (deps: ReceiptDeps) => {
  const { store, clock, press } = deps

  /** The batch's id stands in each of its records, so the text index finds them all. */
  const recordsOf = (batchId: string): readonly HistoryEvent[] => {
    const found: HistoryEvent[] = []
    for (let beforeSeq: number | null = null; ; ) {
      const page = store.read.history({
        search: batchId,
        accountId: null,
        asset: null,
        group: 'all',
        beforeSeq,
        limit: pageSize
      })
      found.push(...page.rows.filter(({ body }) => body['batch'] === batchId))
      beforeSeq = page.rows.at(-1)?.seq ?? null
      if (!page.hasMore) return found
    }
  }

  const itemOf = (operation: Operation): ReceiptFacts['items'][number] => ({
    operationId: operation.id,
    target: {
      accountId: operation.accountId,
      kind: operation.assetKind,
      id: operation.assetId ?? ''
    },
    mode: operation.mode ?? 'soft',
    checks: store.read.proofsOf(operation.id).flatMap(checkOf)
  })

  const accountsOf = (operations: readonly Operation[]): ReceiptFacts['accounts'] =>
    [...new Set(operations.map(({ accountId }) => accountId))].flatMap((id) => {
      const account = findAccount(store, id)
      return account.ok ? [account.value] : []
    })

  const factsOf = (
    batch: BatchRecord,
    operations: readonly Operation[],
    key: ReceiptFacts['key']
  ): Result<ReceiptFacts> => {
    const head = store.read.historyHead()
    const records = recordsOf(batch.id)
    const told = new Set(records.map(({ operationId }) => operationId))
    // What the person cleared out of the history cannot be vouched for any more.
    if (head === null || operations.some(({ id }) => !told.has(id))) {
      return fail({ kind: 'not-found' })
    }
    const plan = JSON.parse(batch.planJson) as PlanDraft
    return ok({
      receiptId: newId('rcp'),
      madeAt: clock.nowAt(),
      appVersion: deps.appVersion,
      key,
      accounts: accountsOf(operations),
      batch: { id: batch.id, scope: batch.scope, title: batch.title, runAt: batch.runAt },
      items: operations.map(itemOf),
      survives: plan.survives,
      stays: plan.steps.flatMap(({ stays }) => stays),
      unknowns: plan.unknowns,
      archive: batch.archive,
      head,
      records
    })
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
    // Before anybody is asked for a place: without the key there is nothing to save.
    const key = await press.key()
    if (!key.ok) return key
    const path = await deps.askWhere(`replica-desk-receipt-${clock.nowAt().slice(0, 10)}.${format}`)
    if (path === null) return ok({ savedAs: null })
    const facts = factsOf(batch, operations, key.value)
    if (!facts.ok) return facts
    const saved = await press.save(path, facts.value, format)
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
export type Receipts = ReturnType<typeof createReceipts>
