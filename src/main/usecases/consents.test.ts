import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, onTestFinished, test } from 'vitest'
import { startDesk, type TestDesk, unwrap } from '../../../test/main/desks/desk.ts'
import type { ConsentNoteInput } from '../../shared/domain/consent-note.ts'
import { type PersonId, personIdSchema } from '../../shared/domain/person.ts'
import { systemClock } from '../clock.ts'
import { consentText, readClip } from '../export/consent-text.ts'
import { saveWhole } from '../files/save-file.ts'
import { createConsents } from './consents.ts'
import { createPersons } from './persons.ts'

const desks: TestDesk[] = []

afterEach(async () => {
  await Promise.all(desks.splice(0).map((desk) => desk.close()))
})

const statement = 'I, Amara Osei, am currently speaking and consent'

const begin = async () => {
  const desk = await startDesk()
  desks.push(desk)
  const folder = mkdtempSync(join(tmpdir(), 'consents-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const clip = join(folder, 'take-3.mp4')
  writeFileSync(clip, 'a take')
  const names: string[] = []
  // What the dialogs of the system answer.
  const chosen: { file: string | null; place: string | null } = {
    file: clip,
    place: join(folder, 'notes.txt')
  }
  const persons = createPersons({ store: desk.store, clock: systemClock, emit: () => undefined })
  const consents = createConsents({
    store: desk.store,
    clock: systemClock,
    askFile: async () => chosen.file,
    fileOf: (_draftId, field) => (field === 'trainVideoUrl' ? clip : null),
    readClip,
    askWhere: async (name) => {
      names.push(name)
      return chosen.place
    },
    saveText: saveWhole,
    wordsOf: consentText
  })
  const [person] = unwrap(
    persons.save({ id: null, name: 'Amara Osei', consent: null, nameRule: null })
  )
  if (person === undefined) throw new Error('No person')
  return { desk, persons, consents, person, clip, chosen, names }
}

const input = (personId: PersonId, changes: Partial<ConsentNoteInput> = {}): ConsentNoteInput => ({
  personId,
  spokenName: 'Amara Ngozi Osei',
  statement,
  place: 'training-video',
  clip: null,
  scope: 'Product videos',
  givenOn: '2026-03-01',
  untilOn: null,
  ...changes
})

const hash = createHash('sha256').update('a take').digest('hex')

describe('notes of consent', () => {
  test('are kept with the person, in order, and recorded with all that they say', async () => {
    const { desk, consents, person } = await begin()
    const { clip } = unwrap(await consents.chooseClip())
    expect(clip).toEqual({ fileName: 'take-3.mp4', sizeBytes: 6, sha256: hash })
    unwrap(consents.add(input(person.id, { clip })))
    unwrap(consents.add(input(person.id, { givenOn: '2026-04-01', untilOn: '2027-04-01' })))
    const listed = unwrap(consents.list(person.id))
    expect(listed.map(({ givenOn }) => givenOn)).toEqual(['2026-03-01', '2026-04-01'])
    expect(listed[0]).toMatchObject({ statement, clip, personId: person.id })
    expect(desk.events().find(({ type }) => type === 'consent-noted')?.body).toMatchObject({
      person: 'Amara Osei',
      spokenName: 'Amara Ngozi Osei',
      statement,
      clipFile: 'take-3.mp4',
      clipSha256: hash,
      scope: 'Product videos',
      givenOn: '2026-03-01'
    })
  })

  test('take the clip of a draft from its file, and none from a link', async () => {
    const { desk, consents } = await begin()
    const [draft] = unwrap(desk.drafts.add('', null)).added
    if (draft === undefined) throw new Error('No draft')
    expect(unwrap(await consents.draftClip(draft.id, 'trainVideoUrl')).clip?.sha256).toBe(hash)
    expect(unwrap(await consents.draftClip(draft.id, 'consentVideoUrl')).clip).toBeNull()
  })

  test('say why a clip cannot be read', async () => {
    const { consents, chosen } = await begin()
    chosen.file = '/nowhere/take.mp4'
    expect(await consents.chooseClip()).toMatchObject({
      ok: false,
      error: { kind: 'storage-failed', reason: 'no-access' }
    })
    chosen.file = null
    expect(unwrap(await consents.chooseClip()).clip).toBeNull()
  })

  test('are exported in words, and nothing is written if no place is chosen', async () => {
    const { consents, person, chosen, names } = await begin()
    const { clip } = unwrap(await consents.chooseClip())
    unwrap(consents.add(input(person.id, { clip, untilOn: '2027-03-01' })))
    const { savedAs } = unwrap(await consents.exportTo(person.id))
    const text = readFileSync(savedAs ?? '', 'utf8')
    for (const words of ['not legal advice', statement, hash, '2027-03-01', 'take-3.mp4']) {
      expect(text).toContain(words)
    }
    expect(names).toEqual(['consent-Amara-Osei.txt'])
    chosen.place = null
    expect(unwrap(await consents.exportTo(person.id)).savedAs).toBeNull()
  })

  test('are removed one by one or with the person, and the history keeps that they were', async () => {
    const { desk, persons, consents, person } = await begin()
    unwrap(consents.add(input(person.id)))
    const [first] = unwrap(consents.add(input(person.id, { scope: 'Trailers' })))
    if (first === undefined) throw new Error('No note')
    expect(unwrap(consents.remove(first.id)).map(({ scope }) => scope)).toEqual(['Trailers'])
    expect(consents.remove(first.id)).toMatchObject({ ok: false, error: { kind: 'not-found' } })
    unwrap(persons.remove(person.id))
    expect(desk.store.read.consentNotes(person.id)).toEqual([])
    const removed = desk.events().filter(({ type }) => type === 'consent-note-removed')
    expect(removed.map(({ body }) => body['person'])).toEqual(['Amara Osei', 'Amara Osei'])
  })

  test('belong to somebody', async () => {
    const { consents } = await begin()
    const nobody = personIdSchema.parse('per_0123456789abcdef')
    expect(consents.add(input(nobody))).toMatchObject({ ok: false, error: { kind: 'not-found' } })
    expect(await consents.exportTo(nobody)).toMatchObject({ error: { kind: 'not-found' } })
  })
})
