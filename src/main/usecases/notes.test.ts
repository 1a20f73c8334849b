import { afterEach, describe, expect, test } from 'vitest'
import { startDesk, type TestDesk, unwrap } from '../../../test/main/desks/desk.ts'
import { anyListed } from '../../shared/domain/any-asset.ts'
import { personIdSchema } from '../../shared/domain/person.ts'
import { systemClock } from '../clock.ts'
import { createNotes } from './notes.ts'
import { createPersons } from './persons.ts'

const desks: TestDesk[] = []

afterEach(async () => {
  await Promise.all(desks.splice(0).map((desk) => desk.close()))
})

const begin = async () => {
  const desk = await startDesk()
  desks.push(desk)
  const told: string[] = []
  const emit = (name: string) => told.push(name)
  const deps = { store: desk.store, clock: systemClock, emit }
  const notes = createNotes(deps)
  const persons = createPersons(deps)
  const ref = await desk.addReplica('Amara Osei')
  const about = { what: 'asset', ref } as const
  const found = (search: string, tag: string | null = null) =>
    desk.store.read
      .assets({ ...anyListed, presence: 'all', kind: 'replica', limit: 10, search, tag })
      .rows.map(({ name }) => name)
  const searched = (search: string) =>
    desk.store.read
      .history({ search, accountId: null, asset: null, group: 'all', beforeSeq: null, limit: 10 })
      .rows.map(({ type }) => type)
  return { desk, notes, persons, ref, about, told, found, searched }
}

describe('a note', () => {
  test('is kept, told, recorded with what it was, and taken away when it is emptied', async () => {
    const { desk, notes, about, told } = await begin()
    const first = { text: 'Film again in May', tags: ['Spring', 'b-roll'] }
    expect(unwrap(notes.set(about, first))).toEqual({ note: first, before: { text: '', tags: [] } })
    expect(notes.get(about)).toEqual(first)
    expect(told).toContain('library:changed')
    unwrap(notes.set(about, { ...first, text: '' }))
    unwrap(notes.set(about, { text: '', tags: [] }))
    expect(
      desk
        .events()
        .slice(-4)
        .map(({ type, assetName, body }) => [type, assetName, body])
    ).toEqual([
      ['asset-noted', 'Amara Osei', { note: 'Film again in May', before: '' }],
      ['asset-tagged', 'Amara Osei', { tags: 'Spring, b-roll', before: '' }],
      ['asset-noted', 'Amara Osei', { note: '', before: 'Film again in May' }],
      ['asset-tagged', 'Amara Osei', { tags: '', before: 'Spring, b-roll' }]
    ])
    expect(notes.get(about)).toEqual({ text: '', tags: [] })
    expect(notes.tags('replica')).toEqual([])
  })

  test('that changes nothing is no record', async () => {
    const { desk, notes, about } = await begin()
    unwrap(notes.set(about, { text: 'One', tags: ['a'] }))
    const count = desk.events().length
    unwrap(notes.set(about, { text: ' One ', tags: ['a', 'A'] }))
    expect(desk.events()).toHaveLength(count)
  })

  test('has each tag once, parted by commas, and no sign that breaks a line', async () => {
    const { notes, about } = await begin()
    const { note } = unwrap(
      notes.set(about, {
        text: 'One\u0000two\nthree',
        tags: [' Spring  film ', 'SPRING FILM', 'a, b', ',']
      })
    )
    expect(note).toEqual({ text: 'One two\nthree', tags: ['Spring film', 'a', 'b'] })
  })

  test('of a thing or a person that is not known is refused', async () => {
    const { notes, ref } = await begin()
    const unknown = { ...ref, id: `${ref.id}x` as typeof ref.id }
    for (const about of [
      { what: 'asset', ref: unknown },
      { what: 'person', personId: personIdSchema.parse('per_nobody00') }
    ] as const) {
      expect(notes.set(about, { text: 'x', tags: [] })).toMatchObject({
        error: { kind: 'not-found' }
      })
    }
  })

  test('stays when the asset is gone, and is found then too', async () => {
    const { desk, notes, about, ref, found } = await begin()
    unwrap(notes.set(about, { text: 'Kept', tags: ['proof'] }))
    const record = desk.store.read
      .assetRecords(ref.accountId, 'replica')
      .find(({ ref: { id } }) => id === ref.id)
    if (record === undefined) throw new Error('It is not stored')
    desk.store.transaction((write) => write.putAsset({ ...record, presence: 'gone' }))
    expect(notes.get(about)).toEqual({ text: 'Kept', tags: ['proof'] })
    expect(found('kept')).toEqual(['Amara Osei'])
    desk.store.transaction((write) => write.removeAccount(ref.accountId))
    expect(notes.get(about)).toEqual({ text: '', tags: [] })
  })

  test('of a person is told with the person, and gone with them', async () => {
    const { desk, notes, persons, told } = await begin()
    const [person] = unwrap(
      persons.save({ id: null, name: 'Amara', consent: null, nameRule: null })
    )
    if (person === undefined) throw new Error('Nobody is there')
    const about = { what: 'person', personId: person.id } as const
    told.length = 0
    unwrap(notes.set(about, { text: 'Agent: Lin', tags: ['actor'] }))
    expect(told).toEqual(['person:changed'])
    expect(unwrap(persons.list())[0]?.note).toEqual({ text: 'Agent: Lin', tags: ['actor'] })
    expect(notes.tags('person')).toEqual([{ tag: 'actor', count: 1 }])
    expect(desk.events().at(-1)).toMatchObject({ type: 'person-tagged', body: { person: 'Amara' } })
    unwrap(persons.remove(person.id))
    expect(notes.get(about)).toEqual({ text: '', tags: [] })
  })
})

describe('the library and the history find', () => {
  test.each([
    ['山田葉子の研修ビデオ', '葉子'],
    ['ملاحظة عن الفيلم', 'الفيلم'],
    ['הערה על הסרט', 'הסרט'],
    ['कृपया दोबारा', 'दोबारा'],
    ['Ångström déjà', 'angstrom'],
    ['Слово дня', 'слово'],
    ['한국어 메모', '메모']
  ])('%s by %s', async (text, search) => {
    const { notes, about, found, searched } = await begin()
    unwrap(notes.set(about, { text, tags: [] }))
    expect(found(search)).toEqual(['Amara Osei'])
    expect(found(`${search} amara`)).toEqual(['Amara Osei'])
    expect(found(`${search} nobody`)).toEqual([])
    expect(searched(search)).toEqual(['asset-noted'])
  })

  test('a tag, however it is written, with how many have it', async () => {
    const { notes, about, desk, found } = await begin()
    const other = await desk.addReplica('Kenji')
    unwrap(notes.set(about, { text: '', tags: ['Größe', 'spring'] }))
    unwrap(notes.set({ what: 'asset', ref: other }, { text: '', tags: ['größe'] }))
    expect(notes.tags('replica').map(({ count }) => count)).toEqual([2, 1])
    expect(found('', 'GRÖSSE')).toHaveLength(2)
    expect(found('', 'spring')).toEqual(['Amara Osei'])
    expect(found('spring')).toEqual(['Amara Osei'])
    expect(notes.tags('video')).toEqual([])
  })
})
