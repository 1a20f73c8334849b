import type { Asset, AssetRef } from '../../shared/domain/asset.ts'
import type { DeletionMode, DeletionOutcome, DeletionPlan } from '../../shared/domain/deletion.ts'
import type { HistoryBody, HistoryEventType } from '../../shared/domain/history.ts'
import type { AppError } from '../../shared/errors.ts'
import { fail, ok, type Result } from '../../shared/result.ts'
import type { Clock } from '../ports/clock.ts'
import type { Emit } from '../ports/emit.ts'
import type { Provider, RemovalAnswer } from '../ports/provider.ts'
import type { AccountRecord, Operation, OperationState, Store } from '../ports/store.ts'
import { findAccount } from './account-view.ts'
import { deletionCautions } from './deletion-cautions.ts'
import { operationEvent } from './history-event.ts'
import type { KeyRing } from './key-ring.ts'
import { newId } from './new-id.ts'
import type { Confirmations, Confirmed } from './plans/confirmations.ts'

export interface DeletionDeps {
  readonly store: Store
  readonly keyRing: KeyRing
  readonly providerOf: (account: AccountRecord) => Provider
  readonly confirmations: Confirmations
  readonly clock: Clock
  readonly emit: Emit
}

interface Item {
  readonly account: AccountRecord
  readonly asset: Asset
}

type Final = Exclude<OperationState, 'asked' | 'sent'>

interface Settled {
  readonly state: Final
  readonly httpStatus: number | null
  readonly error: AppError | null
}

/** Lost answers and server errors tell nothing about what happened (security R4). */
const isUnclear = (error: AppError): boolean =>
  error.kind === 'outcome-unknown' ||
  error.kind === 'provider-down' ||
  error.kind === 'timed-out' ||
  error.kind === 'unexpected-response'

/** After these nothing more of the account is sent (security R8). */
const stopsQueue = (error: AppError | null): boolean =>
  error !== null &&
  ['key-rejected', 'key-missing', 'key-changed', 'key-damaged', 'keychain-unavailable'].includes(
    error.kind
  )

const isPause = (error: AppError | null): boolean => error?.kind === 'rate-limited'

const statusOf = (error: AppError): number | null =>
  error.kind === 'provider-refused' || error.kind === 'provider-down' ? error.status : null

const settle = (answer: Result<RemovalAnswer>): Settled => {
  if (answer.ok) {
    const state = answer.value.outcome === 'removed' ? 'done' : 'already-gone'
    return { state, httpStatus: answer.value.httpStatus, error: null }
  }
  const state = isUnclear(answer.error) ? 'unclear' : 'failed'
  return { state, httpStatus: statusOf(answer.error), error: answer.error }
}

const eventTypes: Readonly<Record<Final, HistoryEventType>> = {
  done: 'deletion-answered',
  'already-gone': 'deletion-answered',
  'not-found': 'deletion-answered',
  failed: 'deletion-failed',
  unclear: 'deletion-unclear',
  canceled: 'deletion-failed'
}

/** What the window is told of a final state; a deletion that was never sent counts as failed. */
const outcomeOf = (state: Final): DeletionOutcome['outcome'] =>
  state === 'canceled' ? 'failed' : state

/** Looking at a deletion, running it, and finding out later what became of one whose answer was lost. */
export const createDeletions = (deps: DeletionDeps) => {
  const { store, clock } = deps

  const findItem = (ref: AssetRef): Result<Item> => {
    const account = findAccount(store, ref.accountId)
    if (!account.ok) return account
    const asset = store.read.asset(ref)
    return asset === null ? fail({ kind: 'not-found' }) : ok({ account: account.value, asset })
  }

  const findItems = (refs: readonly AssetRef[]): Result<readonly Item[]> => {
    const items: Item[] = []
    for (const ref of refs) {
      const item = findItem(ref)
      if (!item.ok) return item
      items.push(item.value)
    }
    return ok(items)
  }

  const cautionsFor = ({ account, asset }: Item) =>
    deletionCautions(asset, account.isReadOnly, clock.nowAt())

  const prepare = (refs: readonly AssetRef[], mode: DeletionMode): Result<DeletionPlan> => {
    const items = findItems(refs)
    if (!items.ok) return items
    const fingerprints = new Map(
      items.value.map(({ account }) => [account.id as string, account.keyFingerprint])
    )
    const effects = items.value.map(({ account, asset }) =>
      deps.providerOf(account).describeDeletion(asset.ref.kind, mode)
    )
    return ok({
      ...deps.confirmations.mint({ refs, mode, fingerprints }),
      mode,
      items: items.value.map((item) => ({
        ref: item.asset.ref,
        name: item.asset.name,
        cautions: cautionsFor(item)
      })),
      goes: [...new Set(effects.flatMap(({ goes }) => goes))],
      stays: [...new Set(effects.flatMap(({ stays }) => stays))]
    })
  }

  const about = (
    type: HistoryEventType,
    operation: Operation,
    account: AccountRecord,
    body: HistoryBody
  ) => operationEvent(type, operation, account, { mode: operation.mode, ...body })

  const newOperation = ({ account, asset }: Item, confirmed: Confirmed): Operation => ({
    id: newId('op'),
    kind: 'delete',
    accountId: account.id,
    assetKind: asset.ref.kind,
    assetId: asset.ref.id,
    assetName: asset.name,
    mode: confirmed.mode,
    keyFingerprint: confirmed.fingerprints.get(account.id) ?? null,
    state: 'asked',
    askedAt: clock.nowAt(),
    finishedAt: null,
    httpStatus: null,
    error: null
  })

  const finish = (
    operation: Operation,
    account: AccountRecord,
    settled: Settled,
    type: HistoryEventType
  ): Result<null> =>
    store.transaction((write) => {
      write.putOperation({
        ...operation,
        ...settled,
        finishedAt: settled.state === 'unclear' ? null : clock.nowAt()
      })
      write.append(
        about(type, operation, account, {
          outcome: settled.state,
          httpStatus: settled.httpStatus,
          reason: settled.error?.kind ?? null,
          said: settled.error !== null && 'said' in settled.error ? settled.error.said : null
        })
      )
      const isGone = settled.state === 'done' || settled.state === 'already-gone'
      const asset = operation.assetId === null ? null : assetOf(operation)
      if (isGone && asset !== null) {
        const { deletion: _worked, ...record } = asset
        write.putAsset({ ...record, presence: 'gone' })
      }
      return null
    })

  const assetOf = (operation: Operation): Asset | null =>
    store.read.asset({
      accountId: operation.accountId,
      kind: operation.assetKind,
      id: operation.assetId as AssetRef['id']
    })

  /** Intent is on disk; now the attempt is, then the request leaves, then its outcome is (security R3). */
  const send = async (operation: Operation, item: Item): Promise<Settled> => {
    const { account, asset } = item
    const sent: Operation = { ...operation, state: 'sent' }
    const noted = store.transaction((write) => {
      write.putOperation(sent)
      write.append(about('deletion-sent', sent, account, {}))
    })
    if (!noted.ok) return { state: 'failed', httpStatus: null, error: noted.error }
    const answer = await deps
      .providerOf(account)
      .remove(
        deps.keyRing.connect(account, operation.keyFingerprint),
        asset.ref.kind,
        asset.ref.id,
        operation.mode ?? 'soft',
        new AbortController().signal
      )
    const settled = settle(answer)
    finish(sent, account, settled, eventTypes[settled.state])
    if (settled.state !== 'unclear') return settled
    return (await readBack(sent, account)) ?? settled
  }

  /**
   * Finds out what became of a deletion whose answer was lost, by reading alone; it is never sent again by itself
   * (security R5). Null if the provider could not be asked.
   */
  const readBack = async (
    operation: Operation,
    account: AccountRecord
  ): Promise<Settled | null> => {
    const asset = assetOf(operation)
    if (asset === null) return null
    const answer = await deps
      .providerOf(account)
      .get(
        deps.keyRing.connect(account),
        asset.ref.kind,
        asset.ref.id,
        new AbortController().signal
      )
    if (!answer.ok) return null
    const isGone = answer.value.found === null || answer.value.found.status === 'deleted'
    const settled: Settled = isGone
      ? { state: 'already-gone', httpStatus: null, error: null }
      : { state: 'failed', httpStatus: null, error: { kind: 'outcome-unknown' } }
    finish(operation, account, settled, 'deletion-read-back')
    return settled
  }

  const blocked = (items: readonly Item[]): DeletionOutcome[] =>
    items
      .filter((item) => cautionsFor(item).some(({ level }) => level === 'blocks'))
      .map(({ asset, account }) => ({
        ref: asset.ref,
        name: asset.name,
        outcome: 'failed',
        error: account.isReadOnly
          ? { kind: 'read-only-account' }
          : { kind: 'invalid-input', issues: [{ field: 'ref', code: 'blocked', said: null }] }
      }))

  const toOutcome = (item: Item, settled: Settled): DeletionOutcome => ({
    ref: item.asset.ref,
    name: item.asset.name,
    outcome: outcomeOf(settled.state),
    error: settled.error
  })

  const runOne = async (
    operation: Operation,
    item: Item,
    stopped: Map<string, AppError>
  ): Promise<DeletionOutcome> => {
    const reason = stopped.get(item.account.id)
    if (reason !== undefined) {
      const settled: Settled = { state: 'canceled', httpStatus: null, error: reason }
      finish(operation, item.account, settled, eventTypes.canceled)
      return toOutcome(item, settled)
    }
    const settled = await send(operation, item)
    if (settled.error !== null && (stopsQueue(settled.error) || isPause(settled.error))) {
      stopped.set(item.account.id, settled.error)
    }
    deps.emit('library:changed', { accountId: item.account.id })
    return toOutcome(item, settled)
  }

  const run = async (
    token: string,
    refs: readonly AssetRef[],
    mode: DeletionMode,
    typedName: string | null
  ): Promise<Result<DeletionOutcome[]>> => {
    const confirmed = deps.confirmations.use(token, refs, mode)
    if (confirmed === null) return fail({ kind: 'confirmation-expired' })
    const items = findItems(refs)
    if (!items.ok) return items
    const [only] = items.value
    if (mode === 'permanent' && (items.value.length !== 1 || typedName !== only?.asset.name)) {
      const issues = [{ field: 'typedName', code: 'does-not-match', said: null }]
      return fail({ kind: 'invalid-input', issues })
    }
    const refused = blocked(items.value)
    const refusedIds = new Set(refused.map(({ ref }) => `${ref.accountId}/${ref.id}`))
    const open = items.value.filter(
      ({ asset }) => !refusedIds.has(`${asset.ref.accountId}/${asset.ref.id}`)
    )
    const operations = open.map((item) => ({ item, operation: newOperation(item, confirmed) }))
    const asked = store.transaction((write) => {
      for (const { item, operation } of operations) {
        write.putOperation(operation)
        write.append(about('deletion-asked', operation, item.account, {}))
      }
    })
    if (!asked.ok) return asked
    for (const accountId of new Set(open.map(({ account }) => account.id))) {
      deps.emit('library:changed', { accountId })
    }
    const stopped = new Map<string, AppError>()
    const outcomes = [...refused]
    for (const { item, operation } of operations) {
      outcomes.push(await runOne(operation, item, stopped))
    }
    return ok(outcomes)
  }

  /** At start: whatever has no outcome is unclear now, whether it had been sent or not (security R5). */
  const markOpenAsUnclear = (): Result<null> => {
    const open = store.read
      .operations(['asked', 'sent'])
      .filter((operation) => operation.kind === 'delete')
    if (open.length === 0) return ok(null)
    return store.transaction((write) => {
      for (const operation of open) {
        const account = store.read.account(operation.accountId)
        write.putOperation({ ...operation, state: 'unclear', error: { kind: 'outcome-unknown' } })
        if (account !== null) {
          const body = { outcome: 'unclear', wasSent: operation.state === 'sent' }
          write.append(about('deletion-unclear', operation, account, body))
        }
      }
      return null
    })
  }

  /** Reads back the unclear deletions of an account; what cannot be asked now stays unclear. */
  const settleUnclear = async (account: AccountRecord): Promise<void> => {
    const unclear = store.read
      .operations(['unclear'])
      .filter(({ kind, accountId }) => kind === 'delete' && accountId === account.id)
    for (const operation of unclear) {
      const settled = await readBack(operation, account)
      if (settled === null) return
      deps.emit('library:changed', { accountId: account.id })
    }
  }

  return { prepare, run, markOpenAsUnclear, settleUnclear }
}
export type Deletions = ReturnType<typeof createDeletions>
