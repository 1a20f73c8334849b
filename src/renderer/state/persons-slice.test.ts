import { describe, expect, it } from 'vitest'
import { testAsset } from '../../../test/renderer/asset.ts'
import type { AssetRef } from '../../shared/domain/asset.ts'
import { type Person, type PersonInput, personIdSchema } from '../../shared/domain/person.ts'
import type { Bridge } from '../../shared/ipc/bridge.ts'
import { fail, ok } from '../../shared/result.ts'
import { createAppStore } from './app-store.ts'

const person = (number: number, name: string): Person => ({
  id: personIdSchema.parse(`per_${String(number).padStart(8, '0')}`),
  name,
  nameRule: null,
  consent: null,
  createdAt: `2026-01-0${number}T00:00:00.000Z`,
  assetCount: 0,
  note: { text: '', tags: [] }
})

/** Main with some people; assigning fails so many times first. */
const personsDesk = (known: readonly Person[], refusals = 0) => {
  const persons = [...known]
  const assigned: number[] = []
  let left = refusals
  const bridge = {
    personSave: async ({ name }: PersonInput) => {
      persons.push(person(persons.length + 1, name))
      return ok(persons)
    },
    personAssign: async ({ refs }: { readonly refs: readonly AssetRef[] }) => {
      if (refs.length > 500) throw new Error('The contract takes 500')
      if (left > 0) {
        left -= 1
        return fail({ kind: 'storage-failed', reason: 'disk-full' })
      }
      assigned.push(refs.length)
      return ok({ before: refs.map((ref) => ({ ref, personId: null })) })
    }
  }
  return { persons, assigned, store: createAppStore(bridge as unknown as Bridge) }
}

const refs = (count: number) => Array.from({ length: count }, (_, at) => testAsset(`r${at}`).ref)

describe('assigning', () => {
  it('takes any number of assets', async () => {
    const desk = personsDesk([person(1, 'Mia')])
    const { assignPerson } = desk.store.getState()
    expect(await assignPerson(refs(1_200), desk.persons[0]?.id ?? null)).toBe(true)
    expect(desk.assigned).toEqual([500, 500, 200])
  })

  it('that fails can be tried again as a whole', async () => {
    const desk = personsDesk([person(1, 'Mia')], 1)
    const { assignPerson } = desk.store.getState()
    expect(await assignPerson(refs(600), desk.persons[0]?.id ?? null)).toBe(false)
    expect(await assignPerson(refs(600), desk.persons[0]?.id ?? null)).toBe(true)
    expect(desk.assigned).toEqual([500, 100])
  })
})

it('a new person is told by its own id, also before the list was there', async () => {
  const desk = personsDesk([person(1, 'Mia'), person(2, 'Kim')])
  const { savePerson } = desk.store.getState()
  const saved = await savePerson({ id: null, name: 'Noor', nameRule: null, consent: null })
  expect(saved).toEqual(ok(desk.persons[2]?.id))
})
