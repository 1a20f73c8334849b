import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, expect, onTestFinished, test } from 'vitest'
import { failingLog, startDesk, type TestDesk, unwrap } from '../../../test/main/desks/desk.ts'
import { createMoodySecrets } from '../../../test/main/secrets/moody-secrets.ts'
import { anyListed } from '../../shared/domain/any-asset.ts'
import type { Asset } from '../../shared/domain/asset.ts'
import { consentNoteInputSchema } from '../../shared/domain/consent-note.ts'
import {
  type PersonSave,
  personSaveSchema,
  type TranscriptChoice
} from '../../shared/domain/person-save.ts'
import { ok } from '../../shared/result.ts'
import { verifyFile } from '../../verifier/verify-file.ts'
import { createPersonFolderWriter } from '../archive/person-folder.ts'
import { personPage } from '../archive/person-page.ts'
import { systemClock } from '../clock.ts'
import { consentText } from '../export/consent-text.ts'
import { transcriptText } from '../export/transcript-text.ts'
import { createAskForMedia } from '../media/ask-for-media.ts'
import { sniffMedia } from '../media/sniff-media.ts'
import { createReceiptIssuer } from '../receipts/receipt-issuer.ts'
import { createSigningKeys } from '../receipts/signing-key.ts'
import { createConsents } from './consents.ts'
import { createNotes } from './notes.ts'
import { createPersonSaving } from './person-saving.ts'
import { createPersons } from './persons.ts'
import { receiptKeyNotes } from './receipt-key.ts'
import { createSupervisor } from './supervisor.ts'
import { createTranscripts } from './transcripts.ts'

const desks: TestDesk[] = []

afterEach(async () => {
  await Promise.all(desks.splice(0).map((desk) => desk.close()))
})

const mediaDir = fileURLToPath(new URL('../../../resources/sample/', import.meta.url))
const clock = systemClock

const begin = async () => {
  const desk = await startDesk({ seedData: 'sample', mediaDir })
  desks.push(desk)
  const { store, keyRing, accountId } = desk
  await desk.library.refresh(accountId)
  const parent = mkdtempSync(join(tmpdir(), 'saved-'))
  onTestFinished(() => rmSync(parent, { recursive: true, force: true }))
  const secrets = createMoodySecrets()
  const told: PersonSave[] = []
  const asked: string[] = []
  const hooks = { onAsk: () => undefined as unknown }
  const ask = createAskForMedia({ fetch, clock, log: failingLog })
  const saving = createPersonSaving({
    store,
    keyRing,
    providerOf: () => desk.providers.tavus,
    clock,
    emit: (name, payload) => {
      if (name === 'person:savingChanged') told.push(personSaveSchema.parse(payload))
    },
    supervisor: createSupervisor({ clock, log: failingLog, onBackground: () => undefined }),
    stopping: new AbortController().signal,
    askFolder: async () => parent,
    writer: createPersonFolderWriter({
      ask: (link, range, attempt) => {
        asked.push(link.url)
        hooks.onAsk()
        return ask(link, range, attempt)
      },
      extensionOf: (start) => sniffMedia(start)?.extension ?? null,
      clock,
      mostBytes: 64 * 1024 ** 2
    }),
    issuer: createReceiptIssuer({
      keys: createSigningKeys({ secrets, ...receiptKeyNotes(store) }),
      printPdf: () => Promise.reject(new Error('Only Electron prints')),
      paper: () => 'A4'
    }),
    appVersion: '0.1.0',
    rememberLinks: () => undefined,
    pageOf: personPage,
    readTranscript: createTranscripts({
      store,
      keyRing,
      providerOf: () => desk.providers.tavus,
      makeReady: async () => ok(null),
      stopping: new AbortController().signal,
      askWhere: async () => null,
      saveText: () => Promise.reject(new Error('Nowhere')),
      wordsOf: transcriptText
    }).ask,
    transcriptInWords: transcriptText,
    notesInWords: consentText
  })
  const persons = createPersons({ store, clock, emit: () => undefined })
  const [person] = unwrap(
    persons.save({ id: null, name: 'Adaeze', consent: null, nameRule: 'Adaeze' })
  )
  if (person === undefined) throw new Error('No person')
  const ended = async (transcripts: TranscriptChoice = null): Promise<PersonSave> => {
    unwrap(await saving.begin(person.id, transcripts))
    await expect.poll(() => saving.current()?.state, { timeout: 15_000 }).not.toBe('saving')
    const save = saving.current()
    if (save === null) throw new Error('Nothing was saved')
    return save
  }
  const root = () => join(parent, readdirSync(parent)[0] ?? '')
  return { desk, persons, person, saving, ended, secrets, told, asked, hooks, parent, root }
}

const raise = (why: string): never => {
  throw new Error(why)
}

/** The conversations that were held with a face, and the PALs that show it. */
const hangingOn = ({ store }: TestDesk, { ref: { id: parentId } }: Asset) =>
  (['conversation', 'persona'] as const).flatMap(
    (kind) => store.read.assets({ ...anyListed, kind, parentId, limit: 100 }).rows
  )

test('everything of a person is saved, and the receipt names the sums', async () => {
  const { desk, person, ended, told, root } = await begin()
  const consents = createConsents({
    store: desk.store,
    clock,
    askFile: async () => null,
    fileOf: () => null,
    readClip: () => Promise.reject(new Error('No clip')),
    askWhere: async () => null,
    saveText: () => Promise.reject(new Error('Nowhere')),
    wordsOf: consentText
  })
  unwrap(
    consents.add(
      consentNoteInputSchema.parse({
        personId: person.id,
        spokenName: 'Adaeze Obi',
        statement: 'I, Adaeze Obi, consent.',
        place: 'training-video',
        clip: null,
        scope: 'Product films',
        givenOn: '2026-11-01',
        untilOn: null
      })
    )
  )
  const notes = createNotes({ store: desk.store, clock, emit: () => undefined })
  const [noted] = desk.store.read.assetsOf(person.id)
  if (noted === undefined) throw new Error('Nobody is tied')
  unwrap(
    notes.set({ what: 'asset', ref: noted.ref }, { text: 'For the spring film', tags: ['keep'] })
  )
  unwrap(notes.set({ what: 'person', personId: person.id }, { text: '', tags: ['actor'] }))
  const save = await ended()
  expect(save).toMatchObject({ state: 'saved', saved: { gapCount: 0, receipt: 'signed' } })
  expect(save.done).toBe(save.all)
  const [face] = desk.store.read.assetsOf(person.id)
  if (face === undefined) throw new Error('Nobody is tied')
  // What was made with a face shows it, whether or not anybody tied it.
  expect(face.childCount).toBeGreaterThan(1)
  expect(save.all).toBe(1 + face.childCount + hangingOn(desk, face).length)
  expect(told.at(-1)).toEqual(save)

  const names = readdirSync(root())
  expect(names).toEqual(
    expect.arrayContaining(['index.html', 'person.json', 'history.json', 'consents.txt'])
  )
  expect(names).not.toContain('unfinished.jsonl')
  const page = readFileSync(join(root(), 'index.html'), 'utf8')
  for (const { name } of desk.store.read.assetsOf(person.id)) expect(page).toContain(name)
  expect(page).toContain('I, Adaeze Obi, consent.')
  for (const text of ['For the spring film', 'keep', 'actor']) expect(page).toContain(text)
  expect(page.match(/<video /g)?.length).toBeGreaterThan(1)
  const history = JSON.parse(readFileSync(join(root(), 'history.json'), 'utf8'))
  const types = history.map(({ type }: { readonly type: string }) => type)
  expect(types).toEqual(
    expect.arrayContaining(['asset-first-seen', 'asset-assigned', 'person-added', 'consent-noted'])
  )

  const receiptPath = join(root(), 'receipt.json')
  const receipt = JSON.parse(readFileSync(receiptPath, 'utf8'))
  const sums = readFileSync(join(root(), 'SHA256SUMS'))
  expect(receipt.folder).toMatchObject({
    person: 'Adaeze',
    sumsSha256: createHash('sha256').update(sums).digest('hex'),
    gaps: 0
  })
  expect(await verifyFile(receiptPath)).toMatchObject({ isGood: true, what: 'receipt' })
  receipt.folder.files += 1
  writeFileSync(receiptPath, JSON.stringify(receipt))
  expect(await verifyFile(receiptPath)).toMatchObject({
    isGood: false,
    findings: expect.arrayContaining([
      expect.objectContaining({ code: 'signature-wrong' }),
      expect.objectContaining({ code: 'claim-differs' }),
      expect.objectContaining({ code: 'statement-differs' })
    ])
  })
})

test('the voice made with a face is saved, and what was said only where the person chose so', async () => {
  const { desk, persons, person, saving, ended, root } = await begin()
  const { store } = desk
  const voiced = store.read
    .assets({ ...anyListed, kind: 'replica', limit: 100 })
    .rows.filter(({ ref }) => store.read.voiceUses(ref).some(({ how }) => how.includes('original')))
  unwrap(persons.assign([voiced[0]?.ref ?? raise('No face has a voice')], person.id))
  const verbose = () =>
    desk.sandbox.requests.filter(
      ({ path, query }) => path.startsWith('/v2/conversations') && 'verbose' in query
    )
  const filesIn = (folder: string, ending: string) =>
    readdirSync(folder, { recursive: true }).filter((name) => String(name).endsWith(ending))

  const without = await ended()
  expect(without.saved).toMatchObject({ gapCount: 0 })
  expect(filesIn(root(), 'transcript.txt')).toEqual([])
  expect(verbose()).toEqual([])
  expect(filesIn(root(), 'sample.wav')).toHaveLength(1)
  expect(readFileSync(join(root(), 'index.html'), 'utf8')).toContain('<audio ')
  rmSync(root(), { recursive: true })

  const { count, talks } = saving.conversations(person.id)
  expect([count, talks.map(({ name }) => name)]).toEqual([
    3,
    ['Trial run', 'Rehearsal with Nadia', 'Front desk, first visitor']
  ])
  const rehearsal = talks.filter(({ name }) => name === 'Rehearsal with Nadia')
  const chosen = await ended({ without: rehearsal.map(({ ref }) => ref) })
  expect(chosen.saved).toMatchObject({ gapCount: 0 })
  const transcripts = filesIn(root(), 'transcript.txt')
  // Nobody asks for what was said where the person left that out; of the others, one goes on and has none yet.
  expect(verbose().map(({ path }) => path)).not.toContain(
    `/v2/conversations/${rehearsal[0]?.ref.id}`
  )
  expect([verbose().length, transcripts.length]).toEqual([2, 1])
  const text = readFileSync(join(root(), String(transcripts[0])), 'utf8')
  expect(text).toContain('Visitor: When are you open on Saturdays?')
  expect(readFileSync(join(root(), 'SHA256SUMS'), 'utf8')).toContain('transcript.txt')
})

test('it is stopped, and gone on with; a folder that is finished is left alone', async () => {
  const { saving, ended, hooks, parent, root } = await begin()
  hooks.onAsk = saving.stop
  expect(await ended()).toMatchObject({ state: 'stopped', saved: null })
  expect(existsSync(join(root(), 'index.html'))).toBe(false)
  hooks.onAsk = () => undefined
  expect(await ended()).toMatchObject({ state: 'saved', saved: { gapCount: 0 } })
  expect(readdirSync(parent)).toHaveLength(1)
  expect(await ended()).toMatchObject({ state: 'saved' })
  expect(readdirSync(parent)).toHaveLength(2)
})

test('without the keychain everything is saved but the receipt, which comes later without fetching', async () => {
  const { ended, secrets, asked, parent, root } = await begin()
  secrets.mood = 'unavailable'
  expect(await ended()).toMatchObject({ state: 'saved', saved: { receipt: 'no-key' } })
  expect(existsSync(join(root(), 'index.html'))).toBe(true)
  expect(existsSync(join(root(), 'receipt.json'))).toBe(false)
  secrets.mood = 'ok'
  const before = asked.length
  expect(await ended()).toMatchObject({ state: 'saved', saved: { receipt: 'signed' } })
  expect(asked.length).toBe(before)
  expect(readdirSync(parent)).toHaveLength(1)
  expect(await verifyFile(join(root(), 'receipt.json'))).toMatchObject({ isGood: true })
})

test('a provider that cannot be reached leaves gaps, and what is stored is saved', async () => {
  const { desk, ended, root } = await begin()
  await desk.sandbox.close()
  const save = await ended()
  expect(save.saved?.gapCount).toBe(save.all)
  expect(save.saved?.gaps[0]).toMatchObject({ reason: 'unreachable' })
  const metadata = readdirSync(root(), { recursive: true }).filter((name) =>
    String(name).endsWith('metadata.json')
  )
  expect(metadata).toHaveLength(save.all)
})

test('what was made with a face is somebody else’s where it is tied to them', async () => {
  const { desk, persons, person, ended } = await begin()
  const [face] = desk.store.read.assetsOf(person.id)
  if (face === undefined) throw new Error('Nobody is tied')
  const videos = desk.store.read.assets({
    ...anyListed,
    kind: 'video',
    parentId: face.ref.id,
    limit: 1
  })
  const input = { id: null, name: 'Ben', consent: null, nameRule: null }
  const ben = unwrap(persons.save(input)).find(({ name }) => name === 'Ben')
  const refs = videos.rows.map(({ ref }) => ref)
  unwrap(persons.assign(refs, ben?.id ?? null))
  expect((await ended()).all).toBe(face.childCount + hangingOn(desk, face).length)
})

test('nothing of another one of the same name is handed over', async () => {
  const { persons, ended, root } = await begin()
  unwrap(persons.save({ id: null, name: 'Adaeze', consent: null, nameRule: null }))
  await ended()
  const history = JSON.parse(readFileSync(join(root(), 'history.json'), 'utf8'))
  const types = history.map(({ type }: { readonly type: string }) => type)
  expect(types).not.toContain('person-added')
  expect(types).toContain('asset-assigned')
})
