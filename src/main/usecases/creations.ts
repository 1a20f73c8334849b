import type { AccountId } from '../../shared/domain/account.ts'
import type { Draft, DraftId } from '../../shared/domain/draft.ts'
import type { HistoryBody } from '../../shared/domain/history.ts'
import type { AppError } from '../../shared/errors.ts'
import { fail, ok, type Result } from '../../shared/result.ts'
import type { Clock } from '../ports/clock.ts'
import type { Emit } from '../ports/emit.ts'
import type { Trainer, TrainingRequest } from '../ports/provider.ts'
import type { AccountRecord, AssetRecord, Operation, Store } from '../ports/store.ts'
import { findWritableAccount } from './account-view.ts'
import { bindingOf } from './binding.ts'
import { draftIssues } from './draft-check.ts'
import type { Drafts, OpenDraft } from './drafts.ts'
import { operationEvent } from './history-event.ts'
import type { KeyRing } from './key-ring.ts'
import { newId } from './new-id.ts'

export interface CreationDeps {
  readonly store: Store
  readonly keyRing: KeyRing
  readonly drafts: Drafts
  /** Null: the account's provider trains nothing. */
  readonly trainerOf: (account: AccountRecord) => Trainer | null
  readonly clock: Clock
  readonly emit: Emit
  /** Asks for the listing that can settle a creation whose answer was lost. */
  readonly lookAgain: (accountId: AccountId) => void
}

/** How much earlier than our request the provider's clock may say the replica was made. */
const clockToleranceMs = 5 * 60_000

const isUnclear = (error: AppError): boolean =>
  error.kind === 'outcome-unknown' ||
  error.kind === 'provider-down' ||
  error.kind === 'timed-out' ||
  error.kind === 'unexpected-response'

const toRequest = ({ draft, urls }: OpenDraft, trainVideoUrl: string): TrainingRequest => ({
  trainVideoUrl,
  consentVideoUrl:
    draft.subject === 'personal' && draft.consentIn === 'consent-video'
      ? (urls.consentVideoUrl ?? null)
      : null,
  callbackUrl: urls.callbackUrl ?? null,
  replicaName: draft.replicaName.trim() === '' ? null : draft.replicaName.trim(),
  model: draft.model.trim(),
  hasGreenScreen: draft.hasGreenScreen
})

/** What the history keeps of a draft: no link, only where it pointed and its hash (security D8). */
const factsOf = (draft: Draft): HistoryBody => ({
  model: draft.model,
  subject: draft.subject,
  consentIn: draft.subject === 'personal' ? draft.consentIn : null,
  hasGreenScreen: draft.hasGreenScreen,
  videoHost: draft.trainVideo?.host ?? null,
  videoFile: draft.trainVideo?.fileName ?? null,
  videoLinkSha256: draft.trainVideo?.sha256 ?? null,
  videoLinkValidUntilAt: draft.trainVideo?.validUntilAt ?? null
})

/** Asking a provider to train a replica, and finding out later what became of a request whose answer was lost. */
export const createCreations = (deps: CreationDeps) => {
  const { store, clock, drafts } = deps
  /** When each lost answer was noticed: a listing that began earlier cannot tell. */
  const unclearSince = new Map<string, string>()

  const newOperation = (draft: Draft, account: AccountRecord): Operation => ({
    id: newId('op'),
    kind: 'create',
    accountId: account.id,
    assetKind: 'replica',
    assetId: null,
    assetName: draft.replicaName.trim(),
    mode: null,
    ...bindingOf(account),
    state: 'queued',
    askedAt: clock.nowAt(),
    sentAt: null,
    finishedAt: null,
    httpStatus: null,
    error: null,
    batchId: null,
    stepId: null,
    attempt: 0,
    found: null,
    after: []
  })

  const firstRow = (
    draft: Draft,
    account: AccountRecord,
    id: AssetRecord['ref']['id'],
    statusRaw: string
  ): AssetRecord => ({
    ref: { accountId: account.id, kind: 'replica', id },
    name: draft.replicaName.trim() === '' ? id : draft.replicaName.trim(),
    status: 'training',
    statusRaw,
    progress: 0,
    model: draft.model.trim(),
    origin: 'own',
    createdAt: clock.nowAt(),
    updatedAt: null,
    errorMessage: null,
    posterId: null,
    clipId: null,
    parentId: null,
    details: [],
    presence: 'listed',
    firstSeenAt: clock.nowAt(),
    movedAt: clock.nowAt(),
    lastSeenAt: clock.nowAt()
  })

  /** Checks the draft once more, with the time of now: a link may have run out since it was dropped. */
  const check = (
    draftId: DraftId
  ): Result<{ entry: OpenDraft; account: AccountRecord; trainer: Trainer; url: string }> => {
    const found = drafts.find(draftId)
    if (!found.ok) return found
    if (found.value.draft.state !== 'editing') {
      return fail({
        kind: 'invalid-input',
        issues: [{ field: '', code: 'already-asked', said: null }]
      })
    }
    const entry = drafts.reread(found.value)
    const issues = draftIssues(entry.draft)
    const url = entry.urls.trainVideoUrl
    if (issues.length > 0 || url === undefined || entry.draft.accountId === null) {
      return fail({ kind: 'invalid-input', issues: [...issues] })
    }
    const account = findWritableAccount(store, entry.draft.accountId)
    if (!account.ok) return account
    const trainer = deps.trainerOf(account.value)
    if (trainer === null) {
      const trainsNothing = { field: 'accountId', code: 'trains-nothing', said: null }
      return fail({ kind: 'invalid-input', issues: [trainsNothing] })
    }
    return ok({ entry, account: account.value, trainer, url })
  }

  const noteAsked = (
    operation: Operation,
    entry: OpenDraft,
    account: AccountRecord
  ): Result<null> =>
    store.transaction((write) => {
      write.putOperation({
        ...operation,
        state: 'sent',
        sentAt: operation.askedAt,
        attempt: 1
      })
      write.append(operationEvent('creation-asked', operation, account, factsOf(entry.draft)))
      return null
    })

  const onAnswer = (
    operation: Operation,
    entry: OpenDraft,
    account: AccountRecord,
    answer: Awaited<ReturnType<Trainer['train']>>
  ): OpenDraft => {
    const finishedAt = clock.nowAt()
    if (answer.ok) {
      const { id, statusRaw } = answer.value
      const done: Operation = { ...operation, state: 'done', assetId: id, finishedAt }
      store.transaction((write) => {
        write.putOperation(done)
        write.putAsset(firstRow(entry.draft, account, id, statusRaw))
        write.append(operationEvent('creation-answered', done, account, { statusRaw }))
      })
      return {
        ...entry,
        urls: {},
        draft: { ...entry.draft, state: 'created', createdId: id, error: null }
      }
    }
    const { error } = answer
    if (isUnclear(error)) {
      unclearSince.set(operation.id, clock.nowAt())
      store.transaction((write) => {
        write.putOperation({ ...operation, state: 'unclear', error })
        write.append(operationEvent('creation-unclear', operation, account, { reason: error.kind }))
      })
      return { ...entry, draft: { ...entry.draft, state: 'unclear', error } }
    }
    store.transaction((write) => {
      write.putOperation({ ...operation, state: 'refused', error, finishedAt })
      const said = 'said' in error ? error.said : null
      write.append(
        operationEvent('creation-failed', operation, account, { reason: error.kind, said })
      )
    })
    return { ...entry, draft: { ...entry.draft, state: 'editing', error } }
  }

  const create = async (draftId: DraftId): Promise<Result<Draft>> => {
    const checked = check(draftId)
    if (!checked.ok) {
      const found = drafts.find(draftId)
      if (!found.ok || found.value.draft.state !== 'editing') return checked
      return drafts.put({ ...found.value, draft: { ...found.value.draft, error: checked.error } })
    }
    const { entry, account, trainer, url } = checked.value
    const operation = newOperation(entry.draft, account)
    const asked = noteAsked(operation, entry, account)
    if (!asked.ok) return asked
    const creating: OpenDraft = {
      ...entry,
      operationId: operation.id,
      draft: { ...entry.draft, state: 'creating', error: null }
    }
    drafts.put(creating)
    const connection = deps.keyRing.connect(account, account.keyFingerprint)
    const signal = new AbortController().signal
    const answer = await trainer.train(connection, toRequest(entry, url), signal)
    const answered = onAnswer(operation, creating, account, answer)
    const told = drafts.put(answered)
    deps.emit('library:changed', { accountId: account.id })
    if (answered.draft.state === 'unclear') deps.lookAgain(account.id)
    return told
  }

  const draftOf = (operation: Operation): OpenDraft | null => {
    for (const draft of drafts.all()) {
      const found = drafts.find(draft.id)
      if (found.ok && found.value.operationId === operation.id) return found.value
    }
    return null
  }

  /** The replica that an unclear request made, if the listing shows exactly such a one. */
  const madeBy = (operation: Operation, rows: readonly AssetRecord[]): AssetRecord | null => {
    const since = Date.parse(operation.askedAt) - clockToleranceMs
    const claimed = new Set(
      store.read
        .operations(['done'])
        .flatMap(({ kind, assetId }) => (kind === 'create' ? [assetId] : []))
    )
    const fits = rows.filter(
      ({ ref, name, origin, firstSeenAt, createdAt }) =>
        origin !== 'stock' &&
        !claimed.has(ref.id) &&
        firstSeenAt >= operation.askedAt &&
        (createdAt === null || Date.parse(createdAt) >= since) &&
        (operation.assetName === '' || name === operation.assetName)
    )
    return fits[0] ?? null
  }

  /** After a complete listing: what the lost answers would have said. Nothing is sent. */
  const settleUnclear = (account: AccountRecord, listingBeganAt: string): void => {
    const unclear = store.read
      .operations(['unclear'])
      .filter(({ kind, accountId }) => kind === 'create' && accountId === account.id)
      .filter(({ id }) => (unclearSince.get(id) ?? '') <= listingBeganAt)
    for (const operation of unclear) {
      const made = madeBy(operation, store.read.assetRecords(account.id, 'replica'))
      const finishedAt = clock.nowAt()
      const settled: Operation =
        made === null
          ? { ...operation, state: 'refused', finishedAt, error: { kind: 'outcome-unknown' } }
          : { ...operation, state: 'done', finishedAt, assetId: made.ref.id, error: null }
      const type = made === null ? 'creation-failed' : 'creation-answered'
      store.transaction((write) => {
        write.putOperation(settled)
        write.append(operationEvent(type, settled, account, { foundInListing: made !== null }))
      })
      const entry = draftOf(operation)
      if (entry === null) continue
      drafts.put({
        ...entry,
        operationId: null,
        draft:
          made === null
            ? { ...entry.draft, state: 'editing', error: { kind: 'outcome-unknown' } }
            : { ...entry.draft, state: 'created', createdId: made.ref.id, error: null }
      })
    }
  }

  /** At start: whatever has no answer is unclear now; the listing will tell. */
  const markOpenAsUnclear = (): Result<null> => {
    const open = store.read.operations(['queued', 'sent']).filter(({ kind }) => kind === 'create')
    if (open.length === 0) return ok(null)
    return store.transaction((write) => {
      for (const operation of open) {
        const account = store.read.account(operation.accountId)
        write.putOperation({ ...operation, state: 'unclear', error: { kind: 'outcome-unknown' } })
        if (account !== null) {
          write.append(
            operationEvent('creation-unclear', operation, account, { reason: 'interrupted' })
          )
        }
      }
      return null
    })
  }

  return { create, settleUnclear, markOpenAsUnclear }
}
export type Creations = ReturnType<typeof createCreations>
