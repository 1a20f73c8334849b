import type { Persons } from '../../usecases/persons.ts'
import type { Handlers } from '../dispatcher.ts'

export const personHandlers = (
  persons: Persons
): Pick<Handlers, 'person:list' | 'person:save' | 'person:remove' | 'person:assign'> => ({
  'person:list': () => persons.list(),
  'person:save': (input) => persons.save(input),
  'person:remove': ({ personId }) => persons.remove(personId),
  'person:assign': ({ refs, personId }) => persons.assign(refs, personId)
})
