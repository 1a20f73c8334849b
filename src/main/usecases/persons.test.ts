import { afterEach, describe, expect, test } from 'vitest'
import { startDesk, type TestDesk, unwrap } from '../../../test/main/desks/desk.ts'
import type { PersonInput } from '../../shared/domain/person.ts'
import { systemClock } from '../clock.ts'
import { createPersons } from './persons.ts'

const desks: TestDesk[] = []

afterEach(async () => {
  await Promise.all(desks.splice(0).map((desk) => desk.close()))
})

const begin = async () => {
  const desk = await startDesk()
  desks.push(desk)
  const told: string[] = []
  const persons = createPersons({
    store: desk.store,
    clock: systemClock,
    emit: (name) => told.push(name)
  })
  return { desk, persons, told }
}

const input = (changes: Partial<PersonInput> = {}): PersonInput => ({
  id: null,
  name: 'Amara Osei',
  consent: null,
  nameRule: null,
  ...changes
})

describe('people', () => {
  test('are kept with what they agreed to, and counted with what is tied to them', async () => {
    const { desk, persons, told } = await begin()
    const ref = await desk.addReplica('Amara, spring')
    const consent = { note: 'Trailers only', agreedOn: '2026-03-01', untilOn: '2027-03-01' }
    const [saved] = unwrap(persons.save(input({ consent })))
    expect(saved).toMatchObject({ name: 'Amara Osei', consent, assetCount: 0 })

    unwrap(persons.assign([ref], saved?.id ?? null))
    expect(unwrap(persons.list())).toMatchObject([{ assetCount: 1 }])
    expect(desk.store.read.asset(ref)?.personId).toBe(saved?.id)
    expect(desk.events().at(-1)).toMatchObject({
      type: 'asset-assigned',
      assetId: ref.id,
      body: { person: 'Amara Osei', by: 'hand' }
    })
    expect(told).toContain('person:changed')
    expect(told).toContain('library:changed')
  })

  test('an asset is untied again, and nobody is not a person', async () => {
    const { desk, persons } = await begin()
    const ref = await desk.addReplica('Amara')
    const [saved] = unwrap(persons.save(input()))
    const personId = saved?.id ?? null
    expect(unwrap(persons.assign([ref], personId)).before).toEqual([{ ref, personId: null }])
    expect(unwrap(persons.assign([ref], personId)).before).toEqual([])
    expect(unwrap(persons.assign([ref], null)).before).toEqual([{ ref, personId }])
    expect(desk.store.read.asset(ref)?.personId).toBeNull()
    expect(unwrap(persons.list())).toMatchObject([{ assetCount: 0 }])
  })

  test('a rule on the name ties what is there, whatever its case and accents', async () => {
    const { desk, persons } = await begin()
    const refs = [await desk.addReplica('LUCÍA in the garden'), await desk.addReplica('Kenji')]
    const [saved] = unwrap(persons.save(input({ name: 'Lucía', nameRule: 'lucia' })))
    expect(refs.map((ref) => desk.store.read.asset(ref)?.personId)).toEqual([saved?.id, null])
  })

  test.each([
    ['राम', 'राम कुमार', 'रमा देवी'],
    ['이수', '이수 인사', '이순신'],
    ['葉子', '山田葉子の研修ビデオ', '山田葉月'],
    ['Ann', 'Ann, spring', 'Joanna, spring']
  ])('the rule %s assigns %s, and not %s', async (nameRule, own, other) => {
    const { desk, persons } = await begin()
    const refs = [await desk.addReplica(own), await desk.addReplica(other)]
    const [saved] = unwrap(persons.save(input({ name: own, nameRule })))
    expect(refs.map((ref) => desk.store.read.asset(ref)?.personId)).toEqual([saved?.id, null])
  })

  test('a rule ties what a listing brings, but not again what was untied by hand', async () => {
    const { desk, persons } = await begin()
    const old = await desk.addReplica('Lucía, old')
    const [saved] = unwrap(persons.save(input({ name: 'Lucía', nameRule: 'lucía' })))
    unwrap(persons.assign([old], null))
    const listingBeganAt = systemClock.nowAt()
    const fresh = await desk.addReplica('Lucía, new')
    persons.applyRules(desk.accountId, listingBeganAt)
    expect(desk.store.read.asset(fresh)?.personId).toBe(saved?.id)
    expect(desk.store.read.asset(old)?.personId).toBeNull()
  })

  test('a person can be removed; what was tied stays', async () => {
    const { desk, persons } = await begin()
    const ref = await desk.addReplica('Amara')
    const [saved] = unwrap(persons.save(input()))
    if (saved === undefined) throw new Error('Nobody was saved')
    unwrap(persons.assign([ref], saved.id))
    expect(unwrap(persons.remove(saved.id))).toEqual([])
    expect(desk.store.read.asset(ref)).toMatchObject({ presence: 'listed', personId: null })
    expect(persons.remove(saved.id)).toMatchObject({ ok: false, error: { kind: 'not-found' } })
  })
})
