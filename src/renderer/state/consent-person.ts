import type { Person } from '../../shared/domain/person.ts'
import { isSameName } from '../../shared/same-name.ts'

/** Somebody who is not in the list yet. */
export const somebodyNew = 'new'

/** Nobody: the person has to choose. */
export const nobodyYet = ''

/**
 * Whose consent it is, as far as the name that is spoken tells: the one person of that name, or somebody new. Of several
 * namesakes none is proposed, since a consent with the wrong one would be a false record.
 */
export const personProposed = (
  persons: readonly Pick<Person, 'id' | 'name'>[],
  spokenName: string
): string => {
  const namesakes = persons.filter(({ name }) => isSameName(name, spokenName))
  if (namesakes.length > 1) return nobodyYet
  return namesakes[0]?.id ?? somebodyNew
}

/** Those whose name alone does not tell them apart. */
export const withNamesakes = (
  persons: readonly Pick<Person, 'id' | 'name'>[]
): ReadonlySet<string> =>
  new Set(
    persons
      .filter(({ id, name }) =>
        persons.some((other) => other.id !== id && isSameName(other.name, name))
      )
      .map(({ id }) => id)
  )
