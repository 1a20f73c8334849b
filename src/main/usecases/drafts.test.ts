import { beforeEach, describe, expect, it } from 'vitest'
import { unwrap } from '../../../test/main/desks/desk.ts'
import { account, accountId, steppingClock } from '../../../test/main/storage/records.ts'
import { openIn, temporaryFolder } from '../../../test/main/storage/temporary-store.ts'
import { type AccountId, accountIdSchema } from '../../shared/domain/account.ts'
import type { Draft } from '../../shared/domain/draft.ts'
import { draftSchema } from '../../shared/domain/draft.ts'
import type { EventPayload } from '../../shared/ipc/events.ts'
import type { AccountRecord } from '../ports/store.ts'
import { createDrafts, lastAccountKey } from './drafts.ts'

const secret = 'ca9a7105d41402abc4b2a76b9719d911017c592ca9a7105d41402abc4b2a76b9'
const signed = (more: string): string =>
  `https://bucket.s3.eu-west-1.amazonaws.com/priya-raman.mp4?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIAX%2F20260301%2Feu-west-1%2Fs3%2Faws4_request&X-Amz-Date=20260301T100000Z&X-Amz-SignedHeaders=host${more}`
const good = signed(`&X-Amz-Expires=518400&X-Amz-Signature=${secret}`)

let told: readonly Draft[] = []
/** What the servers say, where a test lets them differ from this computer. */
let serverNowAt: string | null = null
let removedIds: readonly string[] = []
const start = () => {
  const store = openIn(temporaryFolder())
  store.transaction((write) => write.putAccount(account()))
  const clock = steppingClock()
  const emit = (_name: unknown, payload: unknown) => {
    const change = payload as EventPayload<'draft:changed'>
    told = change.changed
    removedIds = change.removedIds
  }
  return {
    store,
    drafts: createDrafts({
      store,
      clock,
      trustedNowAt: () => serverNowAt ?? clock.nowAt(),
      emit,
      canTrain: ({ provider }) => provider === 'tavus',
      onVideos: () => undefined
    })
  }
}
let desk: ReturnType<typeof start>
beforeEach(() => {
  told = []
  serverNowAt = null
  desk = start()
})

const addFile = async (text: string, name: string) =>
  unwrap(await desk.drafts.addFile(text, accountId, name)).added

const codes = (draft: Draft | undefined) => draft?.trainVideo?.findings.map(({ code }) => code)

describe('a file', () => {
  it('becomes a draft for each row, with its findings', async () => {
    const drafts = await addFile(
      `name,url,type,green_screen\nPriya,${good},personal,yes\n,https://drive.google.com/file/d/x/view,non-human,\nBea,,,`,
      'takes.csv'
    )
    expect(drafts).toMatchObject([
      { replicaName: 'Priya', subject: 'personal', hasGreenScreen: true, accountId },
      { subject: 'non-human', hasGreenScreen: false },
      { replicaName: 'Bea', trainVideo: null }
    ])
    expect(codes(drafts[0])).toContain('valid-long-enough')
    expect(codes(drafts[1])).toContain('share-page')
    expect(told).toEqual(drafts)
    for (const draft of drafts) expect(draftSchema.safeParse(draft).success).toBe(true)
  })

  it('that names an image, or a consent video, is about that', async () => {
    const drafts = await addFile(
      `train_image_url,consent_video_url,voice_name,spoken_name,video_url
https://files.example/priya-face.png,,anna,Priya Raman,
,${good},,,${good}`,
      'takes.csv'
    )
    expect(drafts).toMatchObject([
      { trainFrom: 'image', voiceName: 'anna', spokenName: 'Priya Raman', trainVideo: null },
      { trainFrom: 'video', consentIn: 'consent-video', spokenName: '' }
    ])
    expect(drafts[0]?.trainImage?.findings.map(({ code }) => code)).not.toContain('not-mp4')
    expect(drafts.map(({ replicaName }) => replicaName)).toEqual(['Priya Face', 'Priya Raman'])
  })

  it('says on the draft what of its row was not understood, until that is changed', async () => {
    const [draft] = await addFile(`url,type\n${good},robot`, 'takes.csv')
    expect(draft?.error).toEqual({
      kind: 'invalid-input',
      issues: [{ field: 'subject', code: 'not-understood', said: null }]
    })
    if (draft === undefined) throw new Error('No draft')
    expect(unwrap(desk.drafts.update(draft.id, { subject: 'personal' })).error).toBeNull()
  })

  it('takes the place of a form that was never filled in, unless it is refused', async () => {
    const [blank] = unwrap(desk.drafts.add('', null)).added
    const refused = await desk.drafts.addFile('nothing', null, 'x.txt')
    expect(refused).toMatchObject({ ok: false, error: { issues: [{ code: 'nothing-in-file' }] } })
    expect(desk.drafts.all()).toHaveLength(1)
    const added = await addFile(`[InternetShortcut]\r\nURL=${good}`, 'take.url')
    expect(added).toHaveLength(1)
    // In one go: a screen that had none in between would begin another.
    expect({ told, removedIds }).toEqual({ told: added, removedIds: [blank?.id] })
  })

  it('leaves no signature in the database', async () => {
    await addFile(`url,consent_video_url,callback_url\n${good},${good},${good}`, 'takes.csv')
    const stored = JSON.stringify(desk.store.read.drafts())
    expect(stored).toContain('priya-raman.mp4')
    expect(stored).not.toContain(secret)
  })
})

describe('many at once', () => {
  const links = (from: number, count: number) =>
    Array.from({ length: count }, (_, index) => `https://files.example/${from + index}.mp4`)

  it('500 drafts are the most; how many more there were is answered', async () => {
    unwrap(desk.drafts.add('', null))
    const first = unwrap(desk.drafts.add(links(0, 300).join('\n'), null))
    expect(first).toMatchObject({ added: { length: 300 }, leftOut: 0 })
    const second = unwrap(await desk.drafts.addFile(links(300, 210).join('\r\n'), null, 'list.txt'))
    expect(second).toMatchObject({ added: { length: 200 }, leftOut: 10 })
    const third = unwrap(desk.drafts.add(links(600, 7).join(' '), null))
    expect(third).toEqual({ added: [], leftOut: 7 })
    expect(desk.drafts.add('', null)).toMatchObject({
      ok: false,
      error: { kind: 'invalid-input', issues: [{ code: 'too-many-drafts' }] }
    })
    expect(desk.store.read.drafts()).toHaveLength(500)
  })

  it('are changed together, but for what was sent, and one by one again', () => {
    const { added } = unwrap(desk.drafts.add(links(0, 3).join('\n'), null))
    const [first] = added
    if (first === undefined) throw new Error('Few')
    unwrap(desk.drafts.begin(first.id))
    const shared = { subject: 'non-human', model: 'phoenix-3', callbackUrl: good } as const
    expect(unwrap(desk.drafts.applyToAll(shared))).toEqual({ count: 2 })
    expect(desk.drafts.all()).toMatchObject([
      { subject: 'personal', model: '', callback: null },
      { subject: 'non-human', model: 'phoenix-3', callback: { fileName: 'priya-raman.mp4' } },
      { subject: 'non-human', model: 'phoenix-3', replicaName: '' }
    ])
    expect(JSON.stringify(desk.store.read.drafts())).not.toContain(secret)
    expect(
      desk.drafts.applyToAll({ accountId: accountIdSchema.parse('acc_nobody00') })
    ).toMatchObject({
      ok: false,
      error: { issues: [{ field: 'accountId', code: 'trains-nothing' }] }
    })
  })

  it('that were discarded come back with their links, once', () => {
    const { added } = unwrap(desk.drafts.add(`${good}\n${links(0, 1)[0]}`, null))
    const [first] = added
    if (first === undefined) throw new Error('Few')
    unwrap(desk.drafts.discard([first.id]))
    expect(desk.drafts.all()).toHaveLength(1)
    expect(unwrap(desk.drafts.restoreDiscarded()).added).toMatchObject([{ id: first.id }])
    unwrap(desk.drafts.update(first.id, { subject: 'non-human' }))
    expect(desk.drafts.readyToSend(first.id).ok).toBe(true)
    expect(unwrap(desk.drafts.restoreDiscarded()).added).toEqual([])
    expect(desk.store.read.drafts()).toHaveLength(2)
  })

  it('a change of one tells of that one alone', () => {
    const { added } = unwrap(desk.drafts.add(links(0, 3).join('\n'), null))
    const [first, second, third] = added
    if (first === undefined || second === undefined || third === undefined) throw new Error('Few')
    unwrap(desk.drafts.update(second.id, { replicaName: 'Priya' }))
    expect(told).toMatchObject([{ id: second.id, replicaName: 'Priya' }])
    unwrap(desk.drafts.discard([first.id, third.id]))
    expect(removedIds).toEqual([first.id, third.id])
    expect(told).toEqual([])
    expect(desk.store.read.drafts().map(({ id }) => id)).toEqual([second.id])
  })
})

describe('links that are not what they seem', () => {
  it.each<[string, string, string]>([
    [
      'a signature twice',
      signed(`&X-Amz-Expires=518400&X-Amz-Signature=${secret}&X-Amz-Signature=b`),
      'repeated-parameter'
    ],
    [
      'a signature in lower case',
      good.replace(/[?&]X-Amz-/g, (name) => name.toLowerCase()),
      'valid-long-enough'
    ],
    [
      'a signature in the fragment',
      `https://files.example/a.mp4#X-Amz-Signature=${secret}`,
      'not-signed'
    ],
    ['a signature in the path', `https://files.example/exp=1~hmac=${secret}/a.mp4`, 'expired'],
    ['a negative expiry', signed(`&X-Amz-Expires=-1&X-Amz-Signature=${secret}`), 'bad-expiry']
  ])('%s', async (_what, link, code) => {
    for (const [name, text] of [
      ['take.url', `[InternetShortcut]\r\nURL=${link}`],
      ['take.webloc', `<key>URL</key><string>${link.replaceAll('&', '&amp;')}</string>`],
      ['takes.txt', link],
      ['takes.csv', `url\n"${link}"`]
    ] as const) {
      const drafts = await addFile(text, name)
      expect(codes(drafts.at(-1)), name).toContain(code)
      expect(JSON.stringify(drafts)).not.toContain(secret)
    }
  })
})

describe('the clock of a link', () => {
  it('is the servers’ where one is known, and again when it is sent', () => {
    const [{ id }] = unwrap(desk.drafts.add(good, null)).added as [Draft]
    unwrap(desk.drafts.update(id, { subject: 'non-human' }))
    expect(desk.drafts.readyToSend(id)).toMatchObject({ ok: true })
    serverNowAt = '2026-03-07T10:00:00.000Z'
    expect(desk.drafts.readyToSend(id)).toMatchObject({
      ok: false,
      error: { issues: [{ field: 'trainVideoUrl', code: 'unusable-link' }] }
    })
    const draft = unwrap(desk.drafts.update(id, { replicaName: 'Priya' }))
    expect(codes(draft)).toEqual(expect.arrayContaining(['expired', 'server-clock']))
  })
})

describe('a corrected link', () => {
  it('takes the place of the one that was given, and no part of it reaches the window', () => {
    const link = `https://www.dropbox.com/scl/fi/x/a.mp4?rlkey=${secret}&dl=0`
    const [{ id }] = unwrap(desk.drafts.add(link, null)).added as [Draft]
    expect(codes(told[0])).toEqual(['share-page', 'mend-known'])
    const mended = unwrap(desk.drafts.mendLink(id, 'trainVideoUrl'))
    expect(codes(mended)).toEqual(['not-signed'])
    expect(JSON.stringify([told, mended])).not.toContain(secret)
    expect(desk.drafts.mendLink(id, 'trainVideoUrl')).toMatchObject({ ok: false })
    expect(desk.drafts.mendLink(id, 'callbackUrl')).toMatchObject({ ok: false })
  })
})

describe('the account of a draft', () => {
  const putAccount = (change: Partial<AccountRecord>): AccountId => {
    const record = account(change)
    desk.store.transaction((write) => write.putAccount(record))
    return record.id
  }
  const add = (name: string, change: Partial<AccountRecord> = {}): AccountId =>
    putAccount({ id: accountIdSchema.parse(`acc_${name.padEnd(8, '0')}`), name, ...change })
  const remove = (id: AccountId): void => {
    desk.store.transaction((write) => write.removeAccount(id))
    desk.drafts.forAccountChanged(id)
  }
  const accountOfNew = (wanted: AccountId | null) =>
    unwrap(desk.drafts.add(good, wanted)).added.at(-1)?.accountId

  it('is never the sample while there is another, nor one that trains nothing', async () => {
    const sample = add('sample', { isSample: true })
    const models = add('models', { provider: 'replicate' })
    const locked = add('locked', { isReadOnly: true })
    for (const wanted of [null, sample, models, locked]) {
      expect(accountOfNew(wanted)).toBe(accountId)
    }
    remove(accountId)
    expect(accountOfNew(null)).toBe(sample)
    remove(sample)
    expect(accountOfNew(models)).toBeNull()
  })

  it('is the one that was used last, unless another is in view', async () => {
    const second = add('second')
    expect(accountOfNew(null)).toBe(accountId)
    expect(accountOfNew(second)).toBe(second)
    desk.store.transaction((write) => write.putMeta(lastAccountKey, second))
    expect(accountOfNew(null)).toBe(second)
    expect(accountOfNew(accountId)).toBe(accountId)
  })

  it('cannot be changed to one that trains nothing', async () => {
    const models = add('models', { provider: 'replicate' })
    const [draft] = unwrap(desk.drafts.add(good, null)).added
    if (draft === undefined) throw new Error('No draft')
    expect(desk.drafts.update(draft.id, { accountId: models })).toMatchObject({
      ok: false,
      error: { issues: [{ field: 'accountId', code: 'trains-nothing' }] }
    })
    expect(desk.drafts.all().map(({ accountId }) => accountId)).toEqual([accountId])
  })

  it.each(['changed', 'removed', 'restored'] as const)(
    'is none once that account can train no more: %s',
    async (how) => {
      unwrap(desk.drafts.add(good, null))
      if (how === 'removed') remove(accountId)
      if (how === 'changed') {
        putAccount({ isReadOnly: true })
        desk.drafts.forAccountChanged(accountId)
      }
      if (how === 'restored') {
        putAccount({ provider: 'replicate' })
        desk.drafts.restore()
      }
      expect(desk.drafts.all()).toMatchObject([{ accountId: null, state: 'editing' }])
      if (how !== 'restored') desk.drafts.restore()
      expect(desk.drafts.all()).toMatchObject([{ accountId: null, state: 'editing' }])
    }
  )
})

describe('stored drafts', () => {
  const storeAs = (edit: (stored: Record<string, Record<string, unknown>>) => unknown) => {
    unwrap(desk.drafts.add(good, null))
    const [record] = desk.store.read.drafts()
    if (record === undefined) throw new Error('No draft')
    const json = JSON.stringify(edit(JSON.parse(record.json)))
    desk.store.transaction((write) => write.putDraft({ id: record.id, json }))
    desk.drafts.restore()
    return desk.drafts.all()[0]
  }

  it('that were sent with the default of before come back with nothing chosen', () => {
    const former = ({ draft }: Record<string, Record<string, unknown>>) => ({
      draft: { ...draft, model: 'phoenix-4' },
      operationId: null
    })
    expect(storeAs(former)).toMatchObject({ model: '', error: null })
  })

  it('from before a field was there are whole', () => {
    const before = storeAs(({ draft: stored, ...rest }) => {
      const { spokenName: _name, trainImage: _image, ...older } = stored ?? {}
      return { ...rest, draft: older }
    })
    expect(before).toMatchObject({ spokenName: '', trainImage: null, error: null })
  })

  it('keep a model that was chosen', () => {
    expect(
      storeAs((stored) => ({ ...stored, draft: { ...stored['draft'], model: 'phoenix-4' } }))
    ).toMatchObject({ model: 'phoenix-4' })
  })

  it.each([
    [
      'with a field that cannot be read',
      'Priya',
      (draft: object) => ({ ...draft, subject: 'ghost' })
    ],
    ['with a field that nobody knows', 'Priya', (draft: object) => ({ ...draft, later: 1 })],
    ['of which nothing can be read', '', () => null]
  ])('%s do not vanish, and say so', (_, name, edit) => {
    const restored = storeAs((stored) => ({
      ...stored,
      draft: edit({ ...stored['draft'], replicaName: 'Priya' })
    }))
    expect(restored).toMatchObject({
      replicaName: name,
      error: { issues: [{ code: 'draft-damaged' }] }
    })
  })

  it('that may have been sent are not sent again, even if their state cannot be read', () => {
    const damaged = storeAs((stored) => ({
      ...stored,
      operationId: 'op_1234567890abcdef',
      draft: { ...stored['draft'], state: 'lost' }
    }))
    expect(damaged?.state).toBe('unclear')
  })
})
