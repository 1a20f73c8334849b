import type {
  DeletionCaution,
  DeletionMode,
  DeletionOutcome,
  DeletionPlan
} from '../../shared/domain/deletion.ts'
import type { AppError } from '../../shared/errors.ts'
import { assetName, type StateTone } from './asset-words.ts'
import { cautionText, outcomeText } from './deletion-words.ts'
import { describeError } from './describe-error.ts'
import { countOf } from './time-words.ts'

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
  'save-diagnostics': 'The diagnostics were not saved',
  'stop-waiting': 'The wait could not be ended'
} as const

export const failureNotice = (doing: keyof typeof failedTitles, error: AppError): NoticeWords => {
  const { title, meaning, advice, said } = describeError(error)
  const quote = said === null ? '' : ` Tavus: “${said}”.`
  return {
    tone: 'bad',
    title: failedTitles[doing],
    text: `${title}.${quote} ${meaning} ${advice}`
  }
}

export const deletionNotice = (outcome: DeletionOutcome, mode: DeletionMode): NoticeWords => {
  const { title, text } = outcomeText({ ...outcome, name: assetName(outcome) }, mode)
  if (outcome.outcome === 'failed' && outcome.error !== null) {
    const words = describeError(outcome.error)
    const quote = words.said === null ? '' : ` Tavus: “${words.said}”.`
    return { tone: 'bad', title, text: `${words.title}.${quote} ${words.advice}` }
  }
  const isUnsure = outcome.outcome === 'unclear' || outcome.outcome === 'not-found'
  return { tone: isUnsure ? 'warn' : 'good', title, text }
}

/** More than this nobody reads in a notice; the history has them all. */
const mostListed = 6

const listed = (lines: readonly string[]): string => {
  const rest = lines.length - mostListed
  const shown = lines.slice(0, rest > 0 ? mostListed : lines.length).join(' ')
  return rest > 0 ? `${shown} And ${countOf(rest, 'more', 'more')}, see the history.` : shown
}

/** Many deletions in one notice: how many went well, and each that did not with its reason. */
export const deletionsNotice = (
  outcomes: readonly DeletionOutcome[],
  blocked: DeletionPlan['items']
): NoticeWords => {
  const reasons = new Map(
    blocked.map(({ ref, cautions }) => [
      `${ref.accountId}/${ref.kind}/${ref.id}`,
      cautions.map(({ code }) => cautionText(code)).join(' ')
    ])
  )
  const ended = (...kinds: readonly DeletionOutcome['outcome'][]) =>
    outcomes.filter(({ outcome }) => kinds.includes(outcome))
  const accepted = ended('done').length
  const gone = ended('already-gone').length
  const unsure = ended('unclear', 'not-found')
  const failed = ended('failed')
  const reasonOf = (item: DeletionOutcome): string => {
    const { ref } = item
    const known = reasons.get(`${ref.accountId}/${ref.kind}/${ref.id}`)
    if (known !== undefined) return known
    if (item.error === null) return 'No reason is known.'
    const { title, said } = describeError(item.error)
    return said === null ? `${title}.` : `Tavus: “${said}”.`
  }
  const lines = [
    ...failed.map((item) => `${assetName(item)} was not deleted: ${reasonOf(item)}`),
    ...unsure.map((item) => {
      const { title, text } = outcomeText({ ...item, name: assetName(item) }, 'soft')
      return `${title}. ${text}`
    })
  ]
  const parts = [
    accepted > 0 ? `Tavus accepted ${countOf(accepted, 'deletion')}.` : '',
    gone > 0 ? `${countOf(gone, 'was', 'were')} already gone.` : '',
    listed(lines)
  ]
  const asked = outcomes.length - blocked.length
  return {
    tone: failed.length > 0 ? 'bad' : unsure.length > 0 ? 'warn' : 'good',
    title:
      failed.length === 0
        ? `Asked Tavus to delete ${countOf(asked, nounOf(outcomes))}`
        : `${countOf(failed.length, nounOf(failed))} ${failed.length === 1 ? 'was' : 'were'} not deleted`,
    text: parts.filter((part) => part !== '').join(' ')
  }
}

const nounOf = (outcomes: readonly DeletionOutcome[]): string =>
  outcomes.every(({ ref }) => ref.kind === 'video') ? 'video' : 'replica'

export const blockedNotice = (name: string, cautions: readonly DeletionCaution[]): NoticeWords => ({
  tone: 'warn',
  title: `${assetName({ name })} was not deleted`,
  text: cautions.map((caution) => cautionText(caution.code)).join(' ')
})

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
