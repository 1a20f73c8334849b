import { type AssetKind, assetKinds } from '../../shared/catalogue/kinds.ts'
import type { ConsentNote } from '../../shared/domain/consent-note.ts'
import type { Consent } from '../../shared/domain/person.ts'
import { endOfDayMs } from '../../shared/end-of-day.ts'
import type { EventPayload } from '../../shared/ipc/events.ts'
import { t } from '../../shared/messages/messages.ts'
import type { StateTone } from './asset-words.ts'
import { countOfKind } from './kind-words.ts'
import type { NoticeWords } from './notice-words.ts'
import { shortDate } from './time-words.ts'

/** "2 replicas, 1 video". */
export const tiedText = (tied: readonly AssetKind[]): string => {
  const parts = assetKinds.flatMap((kind) => {
    const count = tied.filter((one) => one === kind).length
    return count === 0 ? [] : [countOfKind(count, kind)]
  })
  return parts.length === 0 ? t('people.noAssets') : parts.join(', ')
}

const dayMs = 24 * 60 * 60 * 1000
/** So long before its end a consent is worth a thought. */
const soonDays = 30

/** Without a zone it is the person's own noon, so that the day stays the day. */
const noon = (day: string): string => `${day}T12:00:00`

/** How a consent stands today; never more than what was written down. */
export const consentText = (
  consent: Consent | null,
  nowMs: number
): { readonly tone: StateTone; readonly text: string } => {
  if (consent === null) return { tone: 'quiet', text: t('people.consentState.none') }
  const { agreedOn, untilOn } = consent
  const date = agreedOn === null ? null : shortDate(noon(agreedOn))
  if (untilOn === null) {
    const text =
      date === null ? t('people.consentState.open') : t('people.consentState.openSince', { date })
    return { tone: 'good', text }
  }
  const days = Math.ceil((endOfDayMs(untilOn) - nowMs) / dayMs)
  const end = shortDate(noon(untilOn))
  if (days <= 0) return { tone: 'bad', text: t('people.consentState.expired', { end }) }
  if (days <= soonDays)
    return { tone: 'warn', text: t('people.consentState.ending', { end, days }) }
  const text =
    date === null
      ? t('people.consentState.until', { end })
      : t('people.consentState.sinceUntil', { date, end })
  return { tone: 'good', text }
}

export const personDueNotice = ({
  name,
  why,
  endsOn
}: EventPayload<'person:due'>): NoticeWords => ({
  tone: 'warn',
  title: t('notices.personDue', { name, why }),
  text: t('notices.personDueText', { day: shortDate(noon(endsOn)), why })
})

/** Until when a likeness is to be kept, and whether that day is over. */
export const retentionText = (
  keepUntilOn: string,
  nowMs: number
): { readonly tone: StateTone; readonly text: string } => {
  const day = shortDate(noon(keepUntilOn))
  return endOfDayMs(keepUntilOn) <= nowMs
    ? { tone: 'bad', text: t('people.retention.over', { day }) }
    : { tone: 'quiet', text: t('people.retention.until', { day }) }
}

/** Whose consent a note is of, and of which day. */
export const noteTitle = ({ spokenName, givenOn }: ConsentNote): string =>
  t('consent.noteTitle', { name: spokenName, day: shortDate(noon(givenOn)) })

/** Until when it is valid, as it was noted. */
export const noteUntil = ({ untilOn }: ConsentNote): string =>
  untilOn === null ? t('consent.noEnd') : shortDate(noon(untilOn))
