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
