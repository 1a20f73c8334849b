import type { TargetKind } from '../../shared/catalogue/kinds.ts'
import type { PlanStep } from '../../shared/domain/plan.ts'
import type { AppError } from '../../shared/errors.ts'
import { assertNever } from '../../shared/result.ts'
import { assetName, type StateTone } from './asset-words.ts'
import { type BatchFacts, batchHeading, lostAnswer, waitText } from './batch-words.ts'
import { capital } from './capital.ts'
import { describeError } from './describe-error.ts'
import { describeEnd } from './end-words.ts'
import { countOfKind } from './kind-words.ts'
import { cautionText } from './plan-words.ts'
import { countOf, number } from './time-words.ts'

export interface NoticeWords {
  readonly tone: StateTone
  readonly title: string
  readonly text: string
}

const failedTitles = {
  'check-key': 'The key was not checked',
  'forget-key': 'The key was not forgotten',
  'remove-account': 'The account was not removed',
  'explore-sample': 'The sample data did not start',
  refresh: 'The list was not refreshed',
  delete: 'Nothing was deleted',
  rename: 'The name was not changed',
  'copy-link': 'The link was not copied',
  'drag-out': 'There is no picture to take along',
  'add-drafts': 'No draft was made',
  'update-draft': 'The draft was not changed',
  'discard-draft': 'The draft was not discarded',
  create: 'The replica was not created',
  export: 'The history was not exported',
  'clear-history': 'The history was not cleared',
  'save-settings': 'The settings were not saved',
  'open-link': 'The page was not opened',
  'reveal-data': 'The folder was not shown',
  'restore-backup': 'The backup was not restored',
  'accept-end': 'The end of the history was not accepted',
  'save-diagnostics': 'The diagnostics were not saved',
  'stop-waiting': 'The wait could not be ended',
  'remove-person': 'The person was not removed',
  'assign-person': 'Nothing was assigned',
  undo: 'It was not taken back',
  pause: 'It was not paused',
  resume: 'It did not go on',
  'cancel-rest': 'The rest was not canceled',
  retry: 'It was not tried again',
  dismiss: 'It was not put away',
  'show-past': 'The earlier deletions were not read',
  pin: 'It was not pinned',
  unpin: 'It was not unpinned',
  'verify-receipt': 'The receipt was not checked'
} as const

export const failureNotice = (
  doing: keyof typeof failedTitles,
  error: AppError,
  who: string
): NoticeWords => {
  const { title, meaning, advice, said } = describeError(error, who)
  const quote = said === null ? '' : ` ${capital(who)}: “${said}”.`
  return {
    tone: 'bad',
    title: failedTitles[doing],
    text: `${title}.${quote} ${meaning} ${advice}`
  }
}

/** More than this nobody reads in a notice; the list of deletions has them all. */
const mostListed = 4

const listed = (lines: readonly string[]): string => {
  const rest = lines.length - mostListed
  const shown = lines.slice(0, rest > 0 ? mostListed : lines.length).join(' ')
  return rest > 0 ? `${shown} And ${countOf(rest, 'more', 'more')}.` : shown
}

/** How a deletion of one thing ended, claiming no more than is known. */
const oneEnded = (batch: BatchFacts, name: string, who: string): NoticeWords => {
  const { counts, mode, lastError } = batch
  const asked = `Asked ${who} to delete ${name}${mode === 'permanent' ? ' permanently' : ''}`
  if (counts.refused > 0) {
    const words = lastError === null ? null : describeEnd(lastError, who)
    const quote = words === null || words.said === null ? '' : ` ${capital(who)}: “${words.said}”.`
    return {
      tone: 'bad',
      title: `${name} was not deleted`,
      text: words === null ? 'Nothing was deleted.' : `${words.title}.${quote} ${words.advice}`
    }
  }
  if (counts.unclear > 0) {
    const lost = lostAnswer({ error: lastError, httpStatus: null }, who)
    return { tone: 'warn', title: asked, text: `${lost}. What happened is not known yet.` }
  }
  if (counts.gone > 0) {
    return { tone: 'good', title: asked, text: 'It was gone when checked.' }
  }
  if (counts['already-gone'] > 0) {
    return {
      tone: 'good',
      title: `${name} was already gone`,
      text: `${capital(who)} no longer knows it.`
    }
  }
  if (counts['not-found'] > 0) {
    return {
      tone: 'warn',
      title: `${capital(who)} does not know ${name}`,
      text: 'It was never seen in a list, so it is not counted as deleted.'
    }
  }
  if (counts.accepted > 0) {
    return {
      tone: 'good',
      title: asked,
      text: `${capital(who)} accepted; removal takes a few minutes.`
    }
  }
  return {
    tone: 'good',
    title: asked,
    text:
      mode === 'permanent'
        ? `${capital(who)} accepted. The history keeps what was asked and answered.`
        : `${capital(who)} accepted.`
  }
}

const manyEnded = (batch: BatchFacts, of: TargetKind | null, who: string): NoticeWords => {
  const { counts, total, lastError } = batch
  const went = total - counts.canceled
  const said = lastError === null ? null : describeEnd(lastError, who)
  const parts = [
    counts.done > 0 ? `${capital(who)} accepted ${countOf(counts.done, 'deletion')}.` : '',
    counts.accepted > 0
      ? `${capital(who)} accepted ${number(counts.accepted)}; removal takes a few minutes.`
      : '',
    counts.gone > 0 ? `${number(counts.gone)} gone when checked.` : '',
    counts['already-gone'] > 0
      ? `${countOf(counts['already-gone'], 'was', 'were')} already gone.`
      : '',
    counts['not-found'] > 0
      ? `${number(counts['not-found'])} not known to ${who}, so not counted as deleted.`
      : '',
    counts.unclear > 0
      ? `${number(counts.unclear)} without a usable answer. What happened is not known yet.`
      : '',
    counts.refused > 0 && said !== null
      ? `${said.title}${said.said === null ? '' : `: “${said.said}”`}.`
      : '',
    counts.canceled > 0 ? `${number(counts.canceled)} canceled, not deleted.` : ''
  ]
  const isUnsure = counts.unclear > 0 || counts['not-found'] > 0
  return {
    tone: counts.refused > 0 ? 'bad' : isUnsure ? 'warn' : 'good',
    title:
      counts.refused === 0
        ? `Asked ${who} to delete ${countOfKind(went, of)}`
        : `${countOfKind(counts.refused, of)} ${counts.refused === 1 ? 'was' : 'were'} not deleted`,
    text: parts.filter((part) => part !== '').join(' ')
  }
}

/** What became of a deletion, or why it does not go on. */
export const batchNotice = (
  turn: 'ended' | 'undone' | 'waits',
  batch: BatchFacts,
  of: TargetKind | null,
  who: string
): NoticeWords => {
  const subject = batchHeading(batch, of)
  switch (turn) {
    case 'undone':
      return { tone: 'good', title: `${subject}: taken back`, text: 'Nothing was deleted.' }
    case 'waits':
      return { tone: 'warn', title: `${subject}: waiting`, text: waitText(batch, who) }
    case 'ended':
      return batch.total === 1 ? oneEnded(batch, subject, who) : manyEnded(batch, of, who)
    default:
      return assertNever(turn)
  }
}

/** What was held back before anything was sent, each with its reason. */
export const blockedNotice = (steps: readonly PlanStep[]): NoticeWords => {
  const [first] = steps
  const reason = ({ cautions }: PlanStep): string =>
    cautions
      .filter(({ level }) => level === 'blocks')
      .map(({ code }) => cautionText(code))
      .join(' ')
  if (steps.length === 1 && first !== undefined) {
    return { tone: 'warn', title: `${assetName(first)} was not deleted`, text: reason(first) }
  }
  return {
    tone: 'warn',
    title: `${countOfKind(steps.length, first?.target.kind ?? null)} were not deleted`,
    text: listed(steps.map((step) => `${assetName(step)}: ${reason(step)}`))
  }
}

export const renamedNotice = (name: string): NoticeWords => ({
  tone: 'good',
  title: `Renamed to ${name}`,
  text: 'Tavus accepted.'
})

export const createdNotice = (name: string): NoticeWords => ({
  tone: 'good',
  title: `Asked Tavus to train ${assetName({ name })}`,
  text: 'Tavus accepted. It usually takes 3 to 4 hours.'
})

export const exportedNotice = (savedAs: string, count: number): NoticeWords => ({
  tone: 'good',
  title: `${countOf(count, 'record')} saved`,
  text: `As ${savedAs}, read back and counted.`
})

export const historyClearedNotice = (count: number, keptAs: string): NoticeWords => ({
  tone: 'good',
  title: `${countOf(count, 'record')} cleared`,
  text: `For 30 days they are kept in ${keptAs} in the data folder.`
})

export const manyCreatedNotice = (created: number, asked: number): NoticeWords =>
  created === asked
    ? {
        tone: 'good',
        title: `Asked Tavus to train ${countOf(created, 'replica')}`,
        text: 'Tavus accepted all of them. Trainings usually take 3 to 4 hours.'
      }
    : {
        tone: 'warn',
        title: `Tavus accepted ${created} of ${asked}`,
        text: 'The others say why, each in its own draft.'
      }

export const diagnosticsSavedNotice = (savedAs: string): NoticeWords => ({
  tone: 'good',
  title: 'Diagnostics saved',
  text: `As ${savedAs}. It holds no key and no signed link.`
})

const refusals = {
  video:
    'is a video. Tavus fetches videos by itself: put it where Tavus can reach it and drop its link',
  folder: 'is a folder. Drop the files in it instead',
  'other-kind': 'is not a .url, .webloc, .txt or .csv file',
  'too-long': 'is longer than 200,000 characters; split it',
  'no-link': 'has no link in it',
  unreadable: 'could not be read'
} as const

interface RefusedFile {
  readonly name: string
  readonly reason: keyof typeof refusals
}

export const filesRefusedNotice = (files: readonly RefusedFile[]): NoticeWords => {
  const named = files.slice(0, 3).map(({ name, reason }) => `${name} ${refusals[reason]}.`)
  const more = files.length - named.length
  return {
    tone: 'warn',
    title: `${countOf(files.length, 'file')} not taken`,
    text: [...named, ...(more > 0 ? [`And ${more} more.`] : [])].join(' ')
  }
}

export const nothingDroppedNotice: NoticeWords = {
  tone: 'warn',
  title: 'There was no link in that',
  text: 'Drop the address of a training video, or the text that holds it.'
}

export const restoredNotice: NoticeWords = {
  tone: 'good',
  title: 'The backup was restored',
  text: 'The damaged database is kept beside it.'
}
