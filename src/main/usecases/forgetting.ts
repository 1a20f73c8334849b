import { randomInt } from 'node:crypto'
import { mostSteps } from '../../shared/catalogue/limits.ts'
import type { AssetRef } from '../../shared/domain/asset.ts'
import type { ForgetPreview, ForgetTarget, ForgottenNames } from '../../shared/domain/forgetting.ts'
import type { HistoryView } from '../../shared/domain/history.ts'
import type { DeletionPlan } from '../../shared/domain/plan.ts'
import { searchPieces } from '../../shared/folded.ts'
import { t } from '../../shared/messages/messages.ts'
import { ok, type Result } from '../../shared/result.ts'
import type { Emit } from '../ports/emit.ts'
import type { Log } from '../ports/log.ts'
import type { SettingsStore } from '../ports/settings-store.ts'
import type { BatchRecord, Store } from '../ports/store.ts'
import type { Drafts } from './drafts.ts'
import { isAssetRef } from './plans/facts-from-store.ts'

export interface ForgettingDeps {
  readonly store: Store
  readonly drafts: Pick<Drafts, 'createdFor' | 'forget'>
  readonly settings: Pick<SettingsStore, 'get' | 'update'>
  readonly emit: Emit
  readonly log: Log
  /** Everything that the window shows of plans, to be told anew. */
  readonly tellPlans: () => void
  /** What was written down to be drawn at the next start. */
  readonly forgetFirstScreen: () => void
  /** Removes pictures that nothing in the library speaks of any more. */
  readonly sweepPictures: () => Promise<void>
}

/** Without letters and digits that are taken for each other. */
const letters = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789'

const code = (): string =>
  Array.from({ length: 5 }, () => letters[randomInt(letters.length)] ?? '').join('')

const makePseudonym = () => {
  const made = code()
  return { name: t('forget.pseudonym', { code: made }), code: made.toLowerCase() }
}

/** Shorter ones are in too many words. */
const shortestWord = 3

/** True for a view that narrows the history to a person, or says a word of a name. */
const speaksOf =
  (personId: ForgetTarget['personId'], words: readonly string[]) =>
  ({ name, filter }: HistoryView): boolean => {
    const said = new Set(searchPieces(`${name} ${filter.search}`))
    return (
      (personId !== null && filter.personId === personId) || words.some((word) => said.has(word))
    )
  }

/** Names that are forgotten for good: the history keeps what happened, and not to whom (ADR 0031). */
export const createForgetting = (deps: ForgettingDeps) => {
  const { store, settings, drafts, emit, log } = deps

  const namesOf = ({ refs, personId }: ForgetTarget): readonly string[] => [
    ...refs.map((ref) => store.read.asset(ref)?.name ?? ''),
    ...store.read.persons().flatMap(({ id, name }) => (id === personId ? [name] : []))
  ]

  /** Views that were saved of a name, or of a person, would go on saying it. */
  const forgetViews = async (
    personId: ForgetTarget['personId'],
    names: readonly string[]
  ): Promise<void> => {
    const words = names.flatMap(searchPieces).filter(({ length }) => length >= shortestWord)
    const isGone = speaksOf(personId, words)
    const { historyViews } = settings.get()
    if (!historyViews.some(isGone)) return
    const saved = await settings.update({
      historyViews: historyViews.filter((view) => !isGone(view))
    })
    if (!saved.ok) log.warn('Views that say a forgotten name are kept')
  }

  const tellAll = (): void => {
    emit('person:changed', { persons: [...store.read.persons()] })
    for (const { id } of store.read.accounts()) emit('library:changed', { accountId: id })
    deps.tellPlans()
  }

  const preview = (target: ForgetTarget): Result<ForgetPreview> => ok(store.forgetPreview(target))

  const run = async (
    target: ForgetTarget,
    records: number | null
  ): Promise<Result<ForgottenNames>> => {
    deps.forgetFirstScreen()
    const names = namesOf(target)
    const done = await store.forgetNames(target, records, makePseudonym)
    if (!done.ok) return done
    await forgetViews(target.personId, names)
    if (!drafts.forget(target.refs.flatMap(drafts.createdFor)).ok) {
      log.warn('A draft of something whose name was forgotten is kept')
    }
    deps.forgetFirstScreen()
    tellAll()
    await deps.sweepPictures()
    return done
  }

  let isWithPlans = false
  let isDue = false

  /** Everything of a plan that was confirmed so, once nothing of it is listed any more. */
  const ofPlan = async (batch: BatchRecord): Promise<void> => {
    const { choices, subject } = JSON.parse(batch.planJson) as Partial<DeletionPlan>
    if (choices?.names !== 'forget') return
    const target = {
      refs: store.read
        .batchOperations(batch.id, null, { offset: 0, limit: mostSteps })
        .map(({ accountId, assetKind: kind, assetId }) => ({
          accountId,
          kind,
          id: assetId as AssetRef['id']
        }))
        .filter(isAssetRef),
      personId: subject?.scope === 'person' ? subject.personId : null
    }
    if (store.forgetPreview(target).obstacle === null) await run(target, null)
  }

  return {
    preview,
    /** After a deletion has ended, and at each start: forgets what its plan said. */
    afterPlans: async (): Promise<void> => {
      isDue = true
      if (isWithPlans) return
      isWithPlans = true
      try {
        while (isDue) {
          isDue = false
          for (const { id, state } of store.read.listedBatches()) {
            const batch = state === 'finished' ? store.read.batch(id) : null
            if (batch !== null) await ofPlan(batch)
          }
        }
      } finally {
        isWithPlans = false
      }
    },
    /** As a person confirmed it, with the number of records that they were shown. */
    forget: (target: ForgetTarget, records: number): Promise<Result<ForgottenNames>> =>
      run(target, records),
    /** Forgets once more what was forgotten before and came back with a copy from another time or computer. */
    again: async (): Promise<Result<{ count: number }>> => {
      const named = store.read.namedAgain()
      const persons = named.filter(({ personId }) => personId !== null)
      const refs = named.flatMap((target) => target.refs)
      // Older copies are removed each time, so the things go together.
      const targets = [...(refs.length === 0 ? [] : [{ refs, personId: null }]), ...persons]
      for (const target of targets) {
        const done = await run(target, null)
        // What is listed again bears its name again.
        if (!done.ok && done.error.kind === 'storage-failed') return done
      }
      return ok({ count: named.length - store.read.namedAgain().length })
    }
  }
}
