import { beforeEach, describe, expect, it } from 'vitest'
import type { Draft } from '../../shared/domain/draft.ts'
import { draftSchema } from '../../shared/domain/draft.ts'
import { openIn, temporaryFolder } from '../storage/test-kit.ts'
import { account, accountId, steppingClock } from '../storage/test-kit-data.ts'
import { createDrafts } from './drafts.ts'
import { unwrap } from './test-kit.ts'

const secret = 'canary0signature5d41402abc4b2a76b9719d911017c592'
const signed = (more: string): string =>
  `https://bucket.s3.eu-west-1.amazonaws.com/priya-raman.mp4?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIAX%2F20260301%2Feu-west-1%2Fs3%2Faws4_request&X-Amz-Date=20260301T100000Z&X-Amz-SignedHeaders=host${more}`
const good = signed(`&X-Amz-Expires=518400&X-Amz-Signature=${secret}`)

let told: readonly Draft[] = []
const start = () => {
  const store = openIn(temporaryFolder())
  store.transaction((write) => write.putAccount(account()))
  const emit = (_name: unknown, payload: unknown) => {
    told = (payload as { readonly drafts: readonly Draft[] }).drafts
  }
  return {
    store,
    drafts: createDrafts({ store, clock: steppingClock(), emit, canTrain: () => true })
  }
}
let desk: ReturnType<typeof start>
beforeEach(() => {
  told = []
  desk = start()
})

const addFile = async (text: string, name: string) =>
  unwrap(await desk.drafts.addFile(text, accountId, name)).drafts

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
    unwrap(desk.drafts.add('', null))
    const refused = await desk.drafts.addFile('nothing', null, 'x.txt')
    expect(refused).toMatchObject({ ok: false, error: { issues: [{ code: 'nothing-in-file' }] } })
    expect(desk.drafts.all()).toHaveLength(1)
    expect(await addFile(`[InternetShortcut]\r\nURL=${good}`, 'take.url')).toHaveLength(1)
  })

  it('leaves no signature in the database', async () => {
    await addFile(`url,consent_video_url,callback_url\n${good},${good},${good}`, 'takes.csv')
    const stored = JSON.stringify(desk.store.read.drafts())
    expect(stored).toContain('priya-raman.mp4')
    expect(stored).not.toContain(secret)
  })
})

describe('many at once', () => {
  it('200 links make 200 drafts; 500 drafts are the most', async () => {
    const links = (from: number, count: number) =>
      Array.from({ length: count }, (_, index) => `https://files.example/${from + index}.mp4`)
    expect(unwrap(desk.drafts.add(links(0, 200).join('\n'), null)).addedIds).toHaveLength(200)
    await addFile(links(200, 200).join('\r\n'), 'list.txt')
    unwrap(desk.drafts.add(links(400, 100).join(' '), null))
    expect(desk.drafts.add(links(500, 1).join(), null)).toMatchObject({
      ok: false,
      error: { kind: 'invalid-input', issues: [{ code: 'too-many-drafts' }] }
    })
    expect(desk.store.read.drafts()).toHaveLength(500)
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
    [
      'a signature in the path',
      `https://files.example/exp=1~hmac=${secret}/a.mp4`,
      'expiry-unknown'
    ],
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
