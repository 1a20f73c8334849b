import {
  needsStatement,
  plainValues,
  sentVideoFields,
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
import type { DraftEvent, OpenDraft } from './draft-states.ts'
import { type Drafts, lastAccountKey } from './drafts.ts'
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
  /**
   * Makes the links of a draft's uploads anew and checks its videos once more, right before they are sent; ends soon,
   * whatever a server does.
   */
  readonly refreshVideos: (draftId: DraftId) => Promise<void>
  /** Takes the listings that can settle a creation whose answer was lost; ends when they have. */
  readonly refreshListings: (accountId: AccountId) => Promise<unknown>
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

const isFromImage = ({ trainFrom }: Draft): boolean => trainFrom === 'image'

const toRequest = ({ draft, urls }: OpenDraft): TrainingRequest => {
  const {
    subject: _subject,
    spokenName: _spokenName,
    trainFrom,
    consentIn,
    ...chosen
  } = chosenIn(draft)
  const hasConsentVideo = sentVideoFields(draft).includes('consentVideoUrl')
  return {
    ...chosen,
    // What belongs to an image alone is not sent with a video.
    ...(trainFrom === 'video' ? { voiceName: null, voiceId: null, hasImageFix: false } : {}),
    trainVideoUrl: trainFrom === 'video' ? (urls.trainVideoUrl ?? null) : null,
    trainImageUrl: trainFrom === 'image' ? (urls.trainImageUrl ?? null) : null,
    consentVideoUrl: hasConsentVideo ? (urls.consentVideoUrl ?? null) : null,
    callbackUrl: urls.callbackUrl ?? null
  }
}

/** What the history keeps of a draft: no link, only where it pointed and its hash (security D8). */
const factsOf = (draft: Draft): HistoryBody => {
  // The name is the record's own.
  const { replicaName: _name, ...chosen } = chosenIn(draft)
  const link = isFromImage(draft) ? draft.trainImage : draft.trainVideo
  return {
    ...chosen,
    consentIn: needsStatement(draft) ? draft.consentIn : null,
    videoHost: link?.host ?? null,
    videoFile: link?.fileName ?? null,
    videoLinkSha256: link?.sha256 ?? null,
    videoLinkValidUntilAt: link?.validUntilAt ?? null,
    videoWarnings: warningsOf(draft)
  }
}

/** What was found in the videos and sent all the same: a failure that it foretold can then be shown with it. */
const warningsOf = (draft: Draft): string | null => {
  const codes = sentVideoFields(draft).flatMap((field) =>
    (draft.checks[field]?.findings ?? [])
      .filter(({ level }) => level === 'warning' || level === 'refused')
      .map(({ code }) => code)
  )
  return codes.length === 0 ? null : [...new Set(codes)].join(' ')
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

  /** Checks the draft once more, with the time and the account of now. */
  const check = (
    draftId: DraftId
  ): Result<{ entry: OpenDraft; account: AccountRecord; trainer: Trainer }> => {
    const ready = drafts.readyToSend(draftId)
    if (!ready.ok) return ready
    const { accountId } = ready.value.draft
    if (accountId === null) return fail({ kind: 'invalid-input', issues: [] })
    const account = findWritableAccount(store, accountId)
    if (!account.ok) return account
    const trainer = deps.trainerOf(account.value)
    if (trainer === null) {
      const trainsNothing = { field: 'accountId', code: 'trains-nothing', said: null }
      return fail({ kind: 'invalid-input', issues: [trainsNothing] })
    }
    return ok({ entry: ready.value, account: account.value, trainer })
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

  /** Writes down what became of a request, and answers what that means for its draft. */
  const noteAnswer = (
    operation: Operation,
    draft: Draft,
    account: AccountRecord,
    answer: Awaited<ReturnType<Trainer['train']>>
  ): DraftEvent => {
    const finishedAt = clock.nowAt()
    if (answer.ok) {
      const { id, statusRaw } = answer.value
      const done: Operation = { ...operation, state: 'done', assetId: id, finishedAt }
      store.transaction((write) => {
        write.putOperation(done)
        write.putAsset(firstRow(draft, account, id, statusRaw))
        write.append(operationEvent('creation-answered', done, account, { statusRaw }))
      })
      return { kind: 'created', createdId: id }
    }
    const { error } = answer
    if (isUnclear(error)) {
      unclearSince.set(operation.id, clock.nowAt())
      store.transaction((write) => {
        write.putOperation({ ...operation, state: 'unclear', error })
        write.append(operationEvent('creation-unclear', operation, account, { reason: error.kind }))
      })
      return { kind: 'answer-lost', error }
    }
    store.transaction((write) => {
      write.putOperation({ ...operation, state: 'refused', error, finishedAt })
      const said = 'said' in error ? error.said : null
      write.append(
        operationEvent('creation-failed', operation, account, { reason: error.kind, said })
      )
    })
    return { kind: 'refused', error }
  }

  /** The draft can be changed again, and says why nothing was sent. */
  const notSent = (draftId: DraftId, error: AppError): Result<Draft> =>
    drafts.apply(draftId, { kind: 'not-sent', error }) ?? fail(error)

  const create = async (draftId: DraftId): Promise<Result<Draft>> => {
    const begun = drafts.begin(draftId)
    if (!begun.ok) return begun
    try {
      await deps.refreshVideos(draftId)
    } catch (error) {
      return notSent(draftId, { kind: 'bug', reference: deps.log.bug(error) })
    }
    const checked = check(draftId)
    if (!checked.ok) return notSent(draftId, checked.error)
    const { entry, account, trainer } = checked.value
    const operation = newOperation(entry.draft, account)
    const asked = noteAsked(operation, entry, account)
    if (!asked.ok) return notSent(draftId, asked.error)
    drafts.apply(draftId, { kind: 'asked', operationId: operation.id })
    const answer = await ask(trainer, account, toRequest(entry))
    const event = noteAnswer(operation, entry.draft, account, answer)
    const applied = drafts.apply(draftId, event)
    deps.emit('library:changed', { accountId: account.id })
    if (event.kind === 'answer-lost') {
      deps.supervisor.start('refreshing', () => searchListings(operation))
    }
    return applied ?? fail({ kind: 'not-found' })
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
  const searchListings = async ({ id, accountId }: Operation): Promise<void> => {
    try {
      await deps.refreshListings(accountId)
    } catch (error) {
      deps.log.bug(error)
    }
    leaveToPerson((operationId) => operationId === id)
  }

  const leaveToPerson = (isMeant: (operationId: string | null) => boolean): void => {
    for (const { id, operationId } of drafts.unclear()) {
      if (isMeant(operationId)) drafts.apply(id, { kind: 'left-to-person' })
    }
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
      const draftId = drafts.ofOperation(operation.id)
      const created = made === null ? null : { createdId: made.ref.id }
      if (draftId !== null) drafts.apply(draftId, { kind: 'settled', created })
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

  /** At start: drafts whose creation was settled on disk and whose own state was not. */
  const catchUp = (): void => {
    for (const { id, operationId } of drafts.unclear()) {
      const { state, assetId = null } = store.read.operation(operationId ?? '') ?? {}
      if (state !== 'done' && state !== 'refused') continue
      const created = state === 'done' ? { createdId: readAssetId(assetId) } : null
      drafts.apply(id, { kind: 'settled', created })
    }
  }

  return { create, settleUnclear, markOpenAsUnclear, catchUp, endChecks }
}
