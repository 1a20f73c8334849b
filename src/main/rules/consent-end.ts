import type { ConsentNote } from '../../shared/domain/consent-note.ts'
import type { Person } from '../../shared/domain/person.ts'

/** The last day that a consent of the person is noted to hold, `YYYY-MM-DD`; null: no end is noted. Pure. */
export const consentEndsOn = (
  { consent }: Pick<Person, 'consent'>,
  notes: readonly Pick<ConsentNote, 'untilOn'>[]
): string | null =>
  [consent?.untilOn ?? null, ...notes.map(({ untilOn }) => untilOn)]
    .filter((day) => day !== null)
    .toSorted()
    .at(-1) ?? null

/** When a day is over, by the calendar of this computer; it is not always 24 hours long. */
export const endOfDayMs = (day: string): number => {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number)
  return new Date(year, month - 1, date + 1).getTime()
}
