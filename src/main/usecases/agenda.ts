import { uploadGoesOn } from '../../shared/catalogue/upload-states.ts'
import type { AccountId } from '../../shared/domain/account.ts'
import type { Agenda, AgendaEntry, AgendaKind } from '../../shared/domain/agenda.ts'
import type { Asset } from '../../shared/domain/asset.ts'
import type { Batch } from '../../shared/domain/batch.ts'
import type { Draft } from '../../shared/domain/draft.ts'
import type { Upload } from '../../shared/domain/upload.ts'
import type { WaitReason } from '../../shared/domain/wait-reason.ts'
import type { AccountRecord, PendingProofs, UploadRecord } from '../ports/store.ts'
import type { PersonEnd } from './consent-reminders.ts'

/** What the agenda is read from; all of it stored facts. */
export interface AgendaFacts {
  readonly accounts: readonly Pick<AccountRecord, 'id' | 'isSample'>[]
  readonly batches: readonly Pick<
    Batch,
    | 'state'
    | 'waitsFor'
    | 'waitsUntilAt'
    | 'heldUntilAt'
    | 'runAt'
    | 'title'
    | 'names'
    | 'total'
    | 'accountIds'
  >[]
  readonly checks: readonly PendingProofs[]
  /** What the providers still work on. */
  readonly unfinished: readonly Pick<Asset, 'ref' | 'name' | 'origin'>[]
  readonly uploads: readonly Pick<Upload, 'fileName' | 'state'>[]
  readonly uploaded: readonly Pick<UploadRecord, 'id' | 'draftId' | 'field' | 'state'>[]
  readonly drafts: readonly Pick<Draft, 'id' | 'state' | 'files'>[]
  /** When the next upkeep is due; null: it is not known yet. */
  readonly upkeepAt: string | null
  readonly clearedUntil: readonly string[]
  /** Consents that end some day, and likenesses that are not to be kept any longer then. */
  readonly personEnds: readonly Pick<PersonEnd, 'name' | 'why' | 'endsAtMs'>[]
  /** When a new version is looked for next; null: never without the person. */
  readonly updateAt: string | null
  /** When the person is reminded of what is older than they want to keep; null: everything is kept. */
  readonly keepingAt: string | null
}

type DeletionKind = Extract<AgendaKind, 'scheduled' | 'held' | 'deletion'>

/** For these a batch waits without the person. */
const passing: ReadonlySet<WaitReason | null> = new Set<WaitReason | null>([
  'connection',
  'pace',
  'storage'
])

/** How a batch goes on without the person; null: it does not. */
export const deletionKind = ({
  state,
  waitsFor,
  heldUntilAt
}: Pick<Batch, 'state' | 'waitsFor' | 'heldUntilAt'>): DeletionKind | null => {
  if (state === 'scheduled') return 'scheduled'
  // A hold that was paused, by the person or by a restart, waits for the person.
  if (state === 'held') return heldUntilAt === null ? null : 'held'
  if (state === 'running') return 'deletion'
  return state === 'waiting' && passing.has(waitsFor) ? 'deletion' : null
}

const nameOf = ({ title, names, total }: AgendaFacts['batches'][number]): string =>
  title === '' && total === 1 ? (names[0] ?? '') : title

const byTime = (one: AgendaEntry, other: AgendaEntry): number =>
  (one.dueAt ?? '').localeCompare(other.dueAt ?? '')

/** Everything that will happen on its own: what is under way first, then by its time. Pure. */
export const agendaEntries = (facts: AgendaFacts): readonly AgendaEntry[] => {
  const samples = new Set(facts.accounts.filter(({ isSample }) => isSample).map(({ id }) => id))
  const isReal = (accountId: AccountId): boolean => !samples.has(accountId)

  const deletions = facts.batches.flatMap((batch): AgendaEntry[] => {
    const kind = deletionKind(batch)
    if (kind === null) return []
    const dueAt = {
      scheduled: batch.runAt,
      held: batch.heldUntilAt,
      deletion: batch.waitsUntilAt
    }[kind]
    const isPromised = batch.accountIds.some(isReal)
    return [{ kind, dueAt, name: nameOf(batch), count: batch.total, isPromised }]
  })

  const checks = facts.checks.map(
    ({ accountId, dueAt, count, name }): AgendaEntry => ({
      kind: 'check',
      dueAt,
      name: count === 1 ? name : '',
      count,
      isPromised: isReal(accountId)
    })
  )

  const trainings = facts.unfinished
    .filter(({ origin }) => origin !== 'stock')
    .map(({ ref, name }) => ({ name, isPromised: isReal(ref.accountId) }))
  const trainingEntries = [true, false].flatMap((isPromised): AgendaEntry[] => {
    const those = trainings.filter((training) => training.isPromised === isPromised)
    const name = those.length === 1 ? (those[0]?.name ?? '') : ''
    return those.length === 0
      ? []
      : [{ kind: 'training', dueAt: null, name, count: those.length, isPromised }]
  })

  const uploads = facts.uploads.filter(uploadGoesOn).map(
    ({ fileName }): AgendaEntry => ({
      kind: 'upload',
      dueAt: null,
      name: fileName,
      count: 1,
      isPromised: true
    })
  )

  const editing = new Map(
    facts.drafts.filter(({ state }) => state === 'editing').map((draft) => [draft.id, draft])
  )
  const links = facts.uploaded.filter(
    ({ id, draftId, field, state }) =>
      state === 'done' && editing.get(draftId)?.files[field]?.uploadId === id
  ).length
  const { upkeepAt } = facts
  const own = (kind: AgendaKind, dueAt: string | null, count: number): AgendaEntry[] =>
    dueAt === null || count === 0 ? [] : [{ kind, dueAt, name: '', count, isPromised: false }]

  return [
    ...deletions,
    ...checks,
    ...trainingEntries,
    ...uploads,
    ...own('link', upkeepAt, links),
    ...own('upkeep', upkeepAt, 1),
    ...own('update', facts.updateAt, 1),
    ...own('keeping', facts.keepingAt, 1),
    ...facts.personEnds.map(
      ({ name, why, endsAtMs }): AgendaEntry => ({
        kind: why,
        dueAt: new Date(endsAtMs).toISOString(),
        name,
        count: 1,
        isPromised: false
      })
    ),
    ...facts.clearedUntil.flatMap((untilAt) => own('cleared', untilAt, 1))
  ].toSorted(byTime)
}

export interface AgendaDeps {
  readonly facts: () => AgendaFacts
  readonly isPaused: () => boolean
  /** Told when it is another one. */
  readonly onChanged: (agenda: Agenda) => void
}

/** Answers what will happen on its own, and tells when that changes. */
export const createAgenda = ({ facts, isPaused, onChanged }: AgendaDeps) => {
  let told = ''

  const now = (): Agenda => ({ entries: [...agendaEntries(facts())], isPaused: isPaused() })

  /** Something happened that may have changed it. */
  const review = (): void => {
    const agenda = now()
    const text = JSON.stringify(agenda)
    if (text === told) return
    told = text
    onChanged(agenda)
  }

  return { now, review, isPromised: () => now().entries.some((entry) => entry.isPromised) }
}
export type AgendaKeeper = ReturnType<typeof createAgenda>
