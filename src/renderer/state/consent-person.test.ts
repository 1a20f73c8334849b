import { describe, expect, it } from 'vitest'
import type { Person, PersonInput } from '../../shared/domain/person.ts'
import type { Bridge } from '../../shared/ipc/bridge.ts'
import { ok } from '../../shared/result.ts'
import { createAppStore } from './app-store.ts'
import { nobodyYet, personProposed, somebodyNew, withNamesakes } from './consent-person.ts'
import type { ConsentBeginning } from './consents-slice.ts'

const person = (id: string, name: string, changes: Partial<Person> = {}): Person => ({
  id: `per_${id}` as Person['id'],
  name,
  consent: null,
  nameRule: null,
  assetCount: 0,
  note: { text: '', tags: [] },
  createdAt: '2026-11-01T10:00:00.000Z',
  ...changes
})

const amara = person('a', 'Amara Osei')
const namesake = person('b', 'Amara  Osei ')
const priya = person('c', 'Priya Raman')

describe('whose consent it is', () => {
  it.each([
    ['the one of that name', [amara, priya], 'Amara Osei ', amara.id],
    ['somebody new', [priya], 'Amara Osei', somebodyNew],
    ['somebody new where nobody is known', [], 'Amara Osei', somebodyNew],
    ['nobody of several namesakes', [amara, priya, namesake], 'Amara Osei', nobodyYet]
  ])('%s', (_what, persons, spokenName, expected) => {
    expect(personProposed(persons, spokenName)).toBe(expected)
  })

  it('and who has to be told apart', () => {
    expect([...withNamesakes([amara, priya, namesake])]).toEqual([amara.id, namesake.id])
  })
})

const consent = { note: 'Films', agreedOn: '2026-11-02', untilOn: null }

const start = (persons: readonly Person[]) => {
  const saved: PersonInput[] = []
  const bridge = {
    personSave: async (input: PersonInput) => {
      saved.push(input)
      return ok(persons)
    }
  }
  const store = createAppStore(bridge as unknown as Bridge)
  store.setState({ persons: { kind: 'ready', value: persons } })
  return { store, saved }
}

describe('the first consent of a person', () => {
  it('is kept with the person as they are by now', async () => {
    const { store, saved } = start([amara])
    const renamed = person('a', 'Amara Osei-Boateng', { nameRule: 'amara' })
    store.setState({ persons: { kind: 'ready', value: [renamed] } })
    await store.getState().keepFirstConsent(amara.id, consent)
    expect(saved).toEqual([
      { id: amara.id, name: 'Amara Osei-Boateng', nameRule: 'amara', consent }
    ])
  })

  it('takes the place of none, and comes with nobody who is gone', async () => {
    const { store, saved } = start([person('a', 'Amara Osei', { consent })])
    await store.getState().keepFirstConsent(amara.id, { ...consent, note: 'Other' })
    await store.getState().keepFirstConsent(priya.id, consent)
    expect(saved).toEqual([])
  })
})

it('a form that is done closes itself and not the one that was opened since', () => {
  const { store } = start([])
  const beginning = (spokenName: string): ConsentBeginning => ({
    personId: null,
    spokenName,
    statement: '',
    place: 'training-video',
    video: null
  })
  const [first, second] = [beginning('Amara'), beginning('Priya')]
  store.setState({ consentForm: second })
  store.getState().closeConsentForm(first)
  expect(store.getState().consentForm).toBe(second)
  store.getState().closeConsentForm(second)
  expect(store.getState().consentForm).toBeNull()
})
