import {
  draftIssues,
  plainValues,
  type TextField,
  textFields
} from '../../shared/catalogue/draft-fields.ts'
import type { AccountId } from '../../shared/domain/account.ts'
import type { AssetRecord } from '../../shared/domain/asset.ts'
import { assetIdSchema } from '../../shared/domain/asset.ts'
import type { Draft, DraftId } from '../../shared/domain/draft.ts'
import type { HistoryBody } from '../../shared/domain/history.ts'
import type { AppError } from '../../shared/errors.ts'
import { fail, ok, type Result } from '../../shared/result.ts'
import type { Clock } from '../ports/clock.ts'
import type { Emit } from '../ports/emit.ts'
import type { Log } from '../ports/log.ts'
import type { Trainer, TrainingRequest } from '../ports/provider.ts'
import type { AccountRecord, Operation, Store } from '../ports/store.ts'
import type { Supervisor } from '../ports/supervisor.ts'
import { findWritableAccount } from './account-view.ts'
import { bindingOf } from './binding.ts'
import { type Drafts, lastAccountKey, type OpenDraft } from './drafts.ts'
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
  readonly log: Log
  readonly supervisor: Pick<Supervisor, 'start'>
  /** Takes the listings that can settle a creation whose answer was lost; ends when they have. */
  readonly lookAgain: (accountId: AccountId) => Promise<void>
}

const readAssetId = (id: string | null): Draft['createdId'] => {
  const read = assetIdSchema.safeParse(id)
  return read.success ? read.data : null
}

/** How much earlier than our request the provider's clock may say the replica was made. */
const clockToleranceMs = 5 * 60_000

const isUnclear = (error: AppError): boolean =>
  error.kind === 'outcome-unknown' ||
  error.kind === 'provider-down' ||
  error.kind === 'timed-out' ||
  error.kind === 'bug' ||
  error.kind === 'unexpected-response'

/** A draft's values as they are sent and kept: a text that says nothing was not chosen. */
const chosenIn = (draft: Draft) => ({
  ...plainValues((field) => draft[field]),
  ...(Object.fromEntries(
    textFields.map((field) => [field, draft[field].trim() === '' ? null : draft[field].trim()])
  ) as Record<TextField, string | null>)
})

const toRequest = ({ draft, urls }: OpenDraft, trainVideoUrl: string): TrainingRequest => {
  const { subject, consentIn, ...chosen } = chosenIn(draft)
  return {
    ...chosen,
    trainVideoUrl,
    consentVideoUrl:
      subject === 'personal' && consentIn === 'consent-video'
        ? (urls.consentVideoUrl ?? null)
        : null,
    callbackUrl: urls.callbackUrl ?? null
  }
}

/** What the history keeps of a draft: no link, only where it pointed and its hash (security D8). */
const factsOf = (draft: Draft): HistoryBody => {
  // The name is the record's own.
  const { replicaName: _name, ...chosen } = chosenIn(draft)
  return {
    ...chosen,
    consentIn: draft.subject === 'personal' ? draft.consentIn : null,
    videoHost: draft.trainVideo?.host ?? null,
    videoFile: draft.trainVideo?.fileName ?? null,
    videoLinkSha256: draft.trainVideo?.sha256 ?? null,
    videoLinkValidUntilAt: draft.trainVideo?.validUntilAt ?? null
  }
}

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
    model: draft.model.trim() === '' ? null : draft.model.trim(),
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
      write.putMeta(lastAccountKey, account.id)
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
    const answer = await ask(trainer, account, toRequest(entry, url))
    const answered = onAnswer(operation, creating, account, answer)
    const told = drafts.put(answered)
    deps.emit('library:changed', { accountId: account.id })
    if (answered.draft.state === 'unclear') {
      deps.supervisor.start('refreshing', () => lookFor(operation))
    }
    return told
  }

  /** Sends one request. Whatever is thrown on the way ends as an answer, so that no draft stays being sent for ever. */
  const ask = async (
    trainer: Trainer,
    account: AccountRecord,
    request: TrainingRequest
  ): Promise<Awaited<ReturnType<Trainer['train']>>> => {
    try {
      const connection = deps.keyRing.connect(account, account.keyFingerprint)
      return await trainer.train(connection, request, new AbortController().signal)
    } catch (error) {
      // Nobody can tell how far it came.
      return fail({ kind: 'bug', reference: deps.log.bug(error) })
    }
  }

  /** Looks into the lists; what they could not tell is left to the person. */
  const lookFor = async ({ id, accountId }: Operation): Promise<void> => {
    try {
      await deps.lookAgain(accountId)
    } catch (error) {
      deps.log.bug(error)
    }
    leaveToPerson((operationId) => operationId === id)
  }

  const leaveToPerson = (isMeant: (operationId: string | null) => boolean): void => {
    for (const { id } of drafts.all()) {
      const found = drafts.find(id)
      if (!found.ok || found.value.draft.state !== 'unclear' || !isMeant(found.value.operationId)) {
        continue
      }
      drafts.put({ ...found.value, draft: { ...found.value.draft, state: 'unsettled' } })
    }
  }

  /** Makes a draft whose fate the lists could not tell one that can be changed and sent again. */
  const reopen = (draftId: DraftId): Result<Draft> => {
    const found = drafts.find(draftId)
    if (!found.ok) return found
    if (found.value.draft.state !== 'unsettled') return ok(found.value.draft)
    const draft: Draft = { ...found.value.draft, state: 'editing', error: null }
    return drafts.put({ ...found.value, operationId: null, draft })
  }

  const draftOf = (operation: Operation): OpenDraft | null => {
    for (const draft of drafts.all()) {
      const found = drafts.find(draft.id)
      if (found.ok && found.value.operationId === operation.id) return found.value
    }
    return null
  }

  /**
   * The replica that an unclear request made, if the listing shows such a one: not there before, made since, with what
   * was sent. Where no name was sent, only if it is the only one.
   */
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
    return operation.assetName === '' && fits.length > 1 ? null : (fits[0] ?? null)
  }

  /** What was asked at the address that the account has now; lists of another address know nothing of it. */
  const unclearOf = (account: AccountRecord): readonly Operation[] =>
    store.read
      .operations(['unclear'])
      .filter(
        ({ kind, accountId, origin }) =>
          kind === 'create' &&
          accountId === account.id &&
          (origin === null || origin === new URL(account.apiAddress).origin)
      )

  /**
   * After a listing: what the lost answers would have said. Nothing is sent. What is listed settles a creation whatever
   * else the listing missed; only a whole one that began after the answer was lost can say that nothing was made.
   */
  const settleUnclear = (
    account: AccountRecord,
    listingBeganAt: string,
    isWhole: boolean
  ): void => {
    for (const operation of unclearOf(account)) {
      const made = madeBy(operation, store.read.assetRecords(account.id, 'replica'))
      const canDeny = isWhole && (unclearSince.get(operation.id) ?? '') <= listingBeganAt
      if (made === null && !canDeny) continue
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

  /** After the first listings of a start: whatever of earlier runs they did not settle is left to the person. */
  const endChecks = (): void =>
    leaveToPerson((operationId) => operationId === null || !unclearSince.has(operationId))

  const settledDraft = (draft: Draft, { state, assetId }: Operation): Draft | null => {
    if (state === 'done') {
      return { ...draft, state: 'created', createdId: readAssetId(assetId), error: null }
    }
    return state === 'refused'
      ? { ...draft, state: 'editing', error: { kind: 'outcome-unknown' } }
      : null
  }

  /** At start: drafts whose creation was settled on disk and whose own state was not. */
  const catchUp = (): void => {
    for (const { id, state } of drafts.all()) {
      const found = drafts.find(id)
      const operation = found.ok ? store.read.operation(found.value.operationId ?? '') : null
      if (!found.ok || state !== 'unclear' || operation === null) continue
      const draft = settledDraft(found.value.draft, operation)
      if (draft !== null) drafts.put({ ...found.value, operationId: null, draft })
    }
  }

  return { create, settleUnclear, markOpenAsUnclear, catchUp, endChecks, reopen }
}
export type Creations = ReturnType<typeof createCreations>
