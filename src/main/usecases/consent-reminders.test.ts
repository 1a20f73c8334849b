import { describe, expect, onTestFinished, test } from 'vitest'
import { account, asset } from '../../../test/main/storage/records.ts'
import { openIn, temporaryFolder } from '../../../test/main/storage/temporary-store.ts'
import { consentNoteIdSchema } from '../../shared/domain/consent-note.ts'
import { personIdSchema } from '../../shared/domain/person.ts'
import type { Settings } from '../../shared/domain/settings.ts'
import type { EventPayload } from '../../shared/ipc/events.ts'
import type { Emit } from '../ports/emit.ts'
import type { Notice } from '../ports/notifier.ts'
import { createConsentReminders, personEnds } from './consent-reminders.ts'

const personId = personIdSchema.parse('per_aaaaaaaa')
const replica = asset('r1')

/** One person whose replica is listed, and whose consent ends with March 2026, by this computer's calendar. */
const begin = (notifications: Settings['notifications'] = 'all') => {
  const store = openIn(temporaryFolder())
  onTestFinished(() => store.close())
  const person = {
    id: personId,
    name: 'Amara Osei',
    consent: { note: '', agreedOn: null, untilOn: '2026-03-31' },
    nameRule: null,
    createdAt: '2026-01-01T00:00:00.000Z'
  }
  store.transaction((write) => {
    write.putAccount(account())
    write.putAsset(replica)
    write.putPerson(person)
    write.assignPerson(replica.ref, personId)
  })
  const shown: Notice[] = []
  const told: EventPayload<'person:due'>[] = []
  let nowMs = new Date(2026, 2, 31, 23, 59).getTime()
  const emit: Emit = (name, payload) => {
    if (name === 'person:due') told.push(payload as EventPayload<'person:due'>)
  }
  const start = () =>
    createConsentReminders({
      store,
      clock: { nowAt: () => new Date(nowMs).toISOString(), wait: () => Promise.resolve() },
      notifier: { show: (notice) => shown.push(notice) },
      settings: () => ({ notifications }),
      emit
    })
  const pass = () => {
    nowMs = new Date(2026, 3, 1).getTime()
  }
  return { store, person, shown, told, start, pass }
}

describe('a consent that ends', () => {
  test('is reminded of once its last day is over, once, also after a restart', () => {
    const { store, shown, told, start, pass } = begin()
    start().remind()
    expect(shown).toEqual([])
    pass()
    start().remind()
    start().remind()
    expect(told).toEqual([{ personId, name: 'Amara Osei', why: 'consent', endsOn: '2026-03-31' }])
    expect(shown).toEqual([
      {
        title: 'The consent of Amara Osei has ended',
        body: 'Nothing is deleted unless you say so. Open Replica Desk to see what is left.',
        ref: null
      }
    ])
    const { lines } = store.read.inbox({ beforeSeq: null, limit: 10 })
    expect(lines.map(({ head, isNew }) => [head.type, head.body, isNew])).toEqual([
      ['person-due', { person: 'Amara Osei', personId, why: 'consent', endsOn: '2026-03-31' }, true]
    ])
  })

  test('that was extended is reminded of at its new end', () => {
    const { store, person, told, start, pass } = begin()
    pass()
    store.transaction((write) =>
      write.addConsentNote({
        id: consentNoteIdSchema.parse('cns_aaaaaaaa'),
        personId,
        spokenName: 'Amara Osei',
        statement: 'I, Amara Osei, am currently speaking and consent',
        place: 'training-video',
        clip: null,
        scope: '',
        givenOn: '2026-02-01',
        untilOn: '2027-03-31',
        createdAt: '2026-02-01T00:00:00.000Z'
      })
    )
    start().remind()
    expect(told).toEqual([])
    expect(personEnds(store).map(({ endsOn }) => endsOn)).toEqual(['2027-03-31'])
    expect(person.consent.untilOn).toBe('2026-03-31')
  })

  test('of somebody of whom nothing is left needs no reminder', () => {
    const { store, told, start, pass } = begin()
    pass()
    store.transaction((write) => write.assignPerson(replica.ref, null))
    start().remind()
    expect(told).toEqual([])
  })

  test('is told in the window alone where the desktop is not to be told of anything', () => {
    const { shown, told, start, pass } = begin('off')
    pass()
    start().remind()
    expect([shown.length, told.length]).toEqual([0, 1])
  })

  test('is told again where nobody can say what was told', () => {
    const { store, told, start, pass } = begin()
    pass()
    store.transaction((write) => write.putMeta('consent-ends-told', '{"per_aaaaaaaa":'))
    start().remind()
    start().remind()
    expect(told).toHaveLength(1)
  })

  test('and a likeness that is not to be kept any longer are two reminders, each once', () => {
    const { store, person, shown, told, start, pass } = begin()
    store.transaction((write) =>
      write.putPerson({ ...person, consent: null, keepUntilOn: '2026-03-31' })
    )
    start().remind()
    expect(told).toEqual([])
    pass()
    start().remind()
    start().remind()
    store.transaction((write) => write.putPerson({ ...person, keepUntilOn: '2026-03-31' }))
    start().remind()
    expect(told.map(({ why }) => why)).toEqual(['retention', 'consent'])
    expect(shown.map(({ title }) => title)).toEqual([
      'The retention date of Amara Osei has passed',
      'The consent of Amara Osei has ended'
    ])
    expect(store.read.persons()[0]?.keepUntilOn).toBe('2026-03-31')
    expect(store.read.asset(replica.ref)?.presence).toBe('listed')
  })
})
