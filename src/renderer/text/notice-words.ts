import { keeperName, type TargetKind } from '../../shared/catalogue/kinds.ts'
import { mostDrafts } from '../../shared/catalogue/limits.ts'
import type { ForgottenNames } from '../../shared/domain/forgetting.ts'
import type { SavedExport } from '../../shared/domain/history-export.ts'
import type { PlanStep } from '../../shared/domain/plan.ts'
import type { AppError } from '../../shared/errors.ts'
import type { MessageId } from '../../shared/messages/message-values.ts'
import { t } from '../../shared/messages/messages.ts'
import { assertNever } from '../../shared/result.ts'
import { assetName, type StateTone } from './asset-words.ts'
import { type BatchFacts, batchHeading, batchSubject, lostAnswer, waitText } from './batch-words.ts'
import { describeError, describeFileError } from './describe-error.ts'
import { describeEnd } from './end-words.ts'
import { savedExportWords } from './export-words.ts'
import { countOfKind } from './kind-words.ts'
import { cautionText } from './plan-words.ts'
import { allOf } from './time-words.ts'

type After<Prefix extends string, Id> = Id extends `${Prefix}.${infer Rest}` ? Rest : never

/** What was being done when it failed. */
type Doing = After<'failed', MessageId>

/** Why a file was left out that nothing is wrong with. */
type SharedReason = After<'notices.refusedFiles', MessageId>

interface RefusedFile {
  readonly name: string
  readonly reason: After<'notices.refusedFile', MessageId> | SharedReason
}

export interface NoticeWords {
  readonly tone: StateTone
  readonly title: string
  readonly text: string
}

const notice = (tone: StateTone, title: string, text: string): NoticeWords => ({
  tone,
  title,
  text
})

const sentences = (...texts: readonly string[]): string =>
  texts.filter((text) => text !== '').join(' ')

/** "Tavus: “No such video.”" */
const quote = (who: string, said: string | null): string =>
  said === null ? '' : t('notices.quote', { who, said })

/** What writes a file where the person chose. */
const savings: ReadonlySet<Doing> = new Set<Doing>([
  'back-up',
  'export',
  'export-consents',
  'save-diagnostics',
  'save-person-folder',
  'save-template',
  'save-transcript'
])

export const failureNotice = (doing: Doing, error: AppError, who: string): NoticeWords => {
  const wordsOf = savings.has(doing) ? describeFileError : describeError
  const { title, meaning, advice, said } = wordsOf(error, who)
  return notice(
    'bad',
    t(`failed.${doing}`),
    sentences(t('notices.sentence', { text: title }), quote(who, said), meaning, advice)
  )
}

/** More than this nobody reads in a notice; the list of deletions has them all. */
const mostListed = 4

const listed = (lines: readonly string[], most: number): string => {
  const rest = lines.length - most
  return rest > 0
    ? sentences(...lines.slice(0, most), t('notices.andMore', { count: rest }))
    : sentences(...lines)
}

/** How a deletion of one thing ended, claiming no more than is known. */
const oneEnded = (batch: BatchFacts, of: TargetKind | null, who: string): NoticeWords => {
  const name = batchHeading(batch, of)
  const { counts, changed, mode, lastError } = batch
  if (changed !== undefined) {
    return notice('good', t('notices.changed', { name }), t('notices.changedText', { who }))
  }
  if (counts.refused > 0) {
    const words = lastError === null ? null : describeEnd(lastError, who)
    return notice(
      'bad',
      t('notices.notDeleted', { name }),
      words === null
        ? t('notices.nothingDeleted')
        : sentences(
            t('notices.sentence', { text: words.title }),
            quote(who, words.said),
            words.advice
          )
    )
  }
  if (counts.unclear > 0) {
    const lost = lostAnswer({ error: lastError, httpStatus: null }, who)
    return notice('warn', t('notices.unclear', { name }), t('batches.item.unclear', { lost }))
  }
  if (counts.gone > 0) {
    return notice('good', t('notices.gone', { name }), t('notices.goneText', { who }))
  }
  if (counts['already-gone'] > 0) {
    return notice('good', t('notices.alreadyGone', { name }), t('notices.alreadyGoneText', { who }))
  }
  if (counts['not-found'] > 0) {
    return notice('warn', t('notices.notFound', { who, name }), t('notices.notFoundText'))
  }
  if (counts.accepted > 0) {
    return notice(
      'good',
      t('notices.accepted', { name: batchSubject(batch, of) }),
      t('notices.acceptedText', { who })
    )
  }
  return mode === 'permanent'
    ? notice('good', t('notices.donePermanent', { name }), t('notices.doneText', { who }))
    : notice('good', t('notices.done', { name }), t('notices.confirmed', { who }))
}

const manyTitle = (
  { counts, changed, total }: BatchFacts,
  of: TargetKind | null,
  who: string
): string => {
  if (counts.refused > 0) {
    return t('notices.manyNotDeleted', { items: countOfKind(counts.refused, of) })
  }
  const items = countOfKind(total - counts.canceled, of)
  if (changed !== undefined) return t('notices.changed', { name: items })
  return counts.done === total - counts.canceled
    ? t('notices.manyDone', { items })
    : t('notices.manyAsked', { items, who })
}

const manyEnded = (batch: BatchFacts, of: TargetKind | null, who: string): NoticeWords => {
  const { counts, changed = { done: 0, gone: 0 }, lastError } = batch
  /** Without what was changed and not deleted. */
  const deleted = (key: keyof typeof counts): number =>
    counts[key] - (key === 'done' || key === 'gone' ? changed[key] : 0)
  const said = lastError === null ? null : describeEnd(lastError, who)
  const parts = (
    ['done', 'accepted', 'gone', 'already-gone', 'not-found', 'unclear'] as const
  ).flatMap((key) =>
    deleted(key) > 0 ? [t(`notices.many.${key}`, { count: deleted(key), who })] : []
  )
  const changes = changed.done + changed.gone
  if (changes > 0) parts.unshift(t('notices.many.changed', { count: changes }))
  const why =
    counts.refused > 0 && said !== null
      ? [t('notices.sentence', { text: said.title }), quote(who, said.said)]
      : []
  const canceled =
    counts.canceled > 0 ? [t('notices.many.canceled', { count: counts.canceled })] : []
  const isUnsure = counts.unclear > 0 || counts['not-found'] > 0
  return notice(
    counts.refused > 0 ? 'bad' : isUnsure ? 'warn' : 'good',
    manyTitle(batch, of, who),
    sentences(...parts, ...why, ...canceled)
  )
}

/** What became of a deletion, or why it waits. */
export const batchNotice = (
  turn: 'ended' | 'undone' | 'waits',
  batch: BatchFacts,
  of: TargetKind | null,
  who: string
): NoticeWords => {
  const subject = batchSubject(batch, of)
  switch (turn) {
    case 'undone':
      return notice('good', t('notices.undone', { subject }), t('notices.nothingDeleted'))
    case 'waits':
      return notice('warn', t('notices.waits', { subject }), waitText(batch, who))
    case 'ended':
      return batch.total === 1 ? oneEnded(batch, of, who) : manyEnded(batch, of, who)
    default:
      return assertNever(turn)
  }
}

/** What was held back before anything was sent, each with its reason. */
export const blockedNotice = (steps: readonly PlanStep[]): NoticeWords => {
  const [first] = steps
  const reason = ({ cautions }: PlanStep): string =>
    sentences(
      ...cautions.filter(({ level }) => level === 'blocks').map(({ code }) => cautionText(code))
    )
  if (steps.length === 1 && first !== undefined) {
    return notice('warn', t('notices.notDeleted', { name: assetName(first) }), reason(first))
  }
  return notice(
    'warn',
    t('notices.manyNotDeleted', {
      items: countOfKind(steps.length, first?.target.kind ?? null)
    }),
    listed(
      steps.map((step) =>
        t('batches.change.caution', { thing: assetName(step), caution: reason(step) })
      ),
      mostListed
    )
  )
}

export const renamedNotice = (name: string): NoticeWords =>
  notice(
    'good',
    t('notices.renamed', { name }),
    t('notices.confirmed', { who: keeperName('replica') })
  )

export const pinnedNotice = (isPinned: boolean, count: number): NoticeWords =>
  isPinned
    ? notice('good', t('notices.pinned', { count }), t('notices.pinnedText'))
    : notice('good', t('notices.unpinned', { count }), t('notices.unpinnedText'))

export const assignedNotice = (person: string | null, count: number): NoticeWords =>
  notice(
    'good',
    person === null
      ? t('notices.unassigned', { count })
      : t('notices.assigned', { name: person, count }),
    ''
  )

export const createdNotice = (name: string): NoticeWords =>
  notice('good', t('notices.created', { name: assetName({ name }) }), t('notices.createdText'))

export const exportedNotice = (saved: SavedExport): NoticeWords => {
  const { tone, title, text } = savedExportWords(saved)
  return notice(tone, title, text)
}

export const historyClearedNotice = (count: number, keptAs: string): NoticeWords =>
  notice('good', t('notices.cleared', { count }), t('notices.clearedText', { keptAs }))

export const namesForgottenNotice = (done: ForgottenNames): NoticeWords =>
  notice(
    done.isClean ? 'good' : 'warn',
    t('notices.namesForgotten', { count: done.records }),
    t(done.isClean ? 'notices.namesForgottenText' : 'notices.namesForgottenLater', {
      pseudonym: done.pseudonym
    })
  )

export const manyCreatedNotice = (created: number, asked: number): NoticeWords =>
  created === asked
    ? notice('good', t('notices.manyCreated', { count: created }), t('notices.createdText'))
    : notice('warn', t('notices.someCreated', { created, asked }), t('notices.someCreatedText'))

export const diagnosticsSavedNotice = (savedAs: string): NoticeWords =>
  notice('good', t('notices.diagnostics'), t('notices.diagnosticsText', { savedAs }))

export const templateSavedNotice = (savedAs: string): NoticeWords =>
  notice('good', t('notices.template'), t('notices.templateText', { savedAs }))

export const consentNotedNotice = (name: string): NoticeWords =>
  notice('good', t('notices.consentNoted', { name }), t('notices.consentNotedText'))

export const transcriptSavedNotice = (savedAs: string): NoticeWords =>
  notice('good', t('notices.transcriptSaved'), t('notices.transcriptSavedText', { savedAs }))

export const consentsExportedNotice = (savedAs: string): NoticeWords =>
  notice('good', t('notices.consentsExported'), t('notices.consentsExportedText', { savedAs }))

/** Files that share a reason that has nothing to do with them, in one sentence. */
const sharedReason = (files: readonly RefusedFile[], reason: SharedReason): readonly string[] => {
  const names = files.filter((file) => file.reason === reason).map(({ name }) => name)
  if (names.length === 0) return []
  const rest = names.length - mostNames
  const more = rest > 0 ? [t('notices.moreFiles', { count: rest })] : []
  return [
    t(`notices.refusedFiles.${reason}`, {
      most: mostDrafts,
      names: allOf([...names.slice(0, mostNames), ...more])
    })
  ]
}

/** As many names as a notice can hold. */
const mostNames = 3

export const filesRefusedNotice = (files: readonly RefusedFile[]): NoticeWords => {
  const own = files.flatMap(({ name, reason }) =>
    reason === 'no-room' || reason === 'not-stored'
      ? []
      : [t(`notices.refusedFile.${reason}`, { name })]
  )
  const said = [
    ...(own.length === 0 ? [] : [listed(own, mostNames)]),
    ...sharedReason(files, 'no-room'),
    ...sharedReason(files, 'not-stored')
  ]
  return notice('warn', t('notices.filesRefused', { count: files.length }), sentences(...said))
}

export const draftsDiscardedNotice = (count: number): NoticeWords =>
  notice('good', t('notices.draftsDiscarded', { count }), '')

export const draftsLeftOutNotice = (count: number, most: number): NoticeWords =>
  notice('warn', t('notices.draftsLeftOut', { count }), t('notices.draftsLeftOutText', { most }))

export const nothingDroppedNotice = (): NoticeWords =>
  notice('warn', t('notices.noLink'), t('notices.noLinkText'))

export const restoredNotice = (): NoticeWords =>
  notice('good', t('notices.restored'), t('notices.restoredText'))
