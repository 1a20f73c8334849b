import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  type DeskOptions,
  failingLog,
  startDesk,
  type TestDesk,
  unwrap
} from '../../../test/main/desks/desk.ts'
import { faultCatalog } from '../../../test/sandbox/fault-catalog.ts'
import type { Draft, DraftPatch } from '../../shared/domain/draft.ts'
import type { VideoCheck } from '../../shared/domain/video-check.ts'
import { draftLike } from './draft-again.ts'

const secret = 'ca9a7105d41402abc4b2a76b9719d911017c592ca9a7105d41402abc4b2a76b9'

const link = (name: string): string => {
  const date = new Date().toISOString().replace(/[-:]|\.\d+/g, '')
  return `https://bucket.s3.eu-west-1.amazonaws.com/${name}?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIAX%2F${date.slice(0, 8)}%2Feu-west-1%2Fs3%2Faws4_request&X-Amz-Date=${date}&X-Amz-Expires=518400&X-Amz-SignedHeaders=host&X-Amz-Signature=${secret}`
}

let desk: TestDesk
beforeEach(async () => {
  desk = await startDesk()
})
afterEach(() => desk.close())

const stateOf = (id: string) => () => desk.drafts.all().find((one) => one.id === id)?.state

const restart = async (options: DeskOptions) => {
  await desk.close()
  desk = await startDesk(options)
}

/** As the app does it: two listings, as the first may have begun before. */
const looksAgain = (): DeskOptions => ({
  lookAgain: async () => {
    await desk.library.refresh(desk.accountId)
    await desk.library.refresh(desk.accountId)
  }
})

const draft = (patch: DraftPatch = {}): Draft => {
  const id = unwrap(desk.drafts.add(link('priya-raman.mp4'), null)).added[0]?.id
  if (id === undefined) throw new Error('No draft')
  return unwrap(
    desk.drafts.update(id, { subject: 'non-human', replicaName: 'Priya Raman', ...patch })
  )
}

const create = async (patch: DraftPatch = {}) =>
  unwrap(await desk.creations.create(draft(patch).id))

const bodies = () =>
  desk.sandbox.requests.filter(({ method }) => method === 'POST').map(({ body }) => body)

describe('creating a replica', () => {
  it('sends what the form says, and the new replica is in the library at once', async () => {
    const made = await create({
      callbackUrl: 'https://yourwebsite.com/webhook',
      model: 'phoenix-3',
      hasGreenScreen: true
    })
    expect(made).toMatchObject({ state: 'created', error: null })
    expect(bodies()).toMatchObject([
      {
        replica_name: 'Priya Raman',
        model_name: 'phoenix-3',
        callback_url: 'https://yourwebsite.com/webhook',
        properties: { background_green_screen: true }
      }
    ])
    expect(desk.store.read.unfinishedAssets().map(({ name }) => name)).toEqual(['Priya Raman'])
  })

  it('sends nothing that was not chosen', async () => {
    await create({ replicaName: '' })
    await create({
      replicaName: '',
      subject: 'personal',
      consentIn: 'consent-video',
      consentVideoUrl: link('consent.mp4')
    })
    expect(bodies().map((body) => Object.keys(body as object).sort())).toEqual([
      ['train_video_url'],
      ['consent_video_url', 'train_video_url']
    ])
    expect(desk.store.read.unfinishedAssets().map(({ model }) => model)).toEqual([null, null])
    expect(desk.events().find(({ type }) => type === 'creation-asked')?.body).toMatchObject({
      model: null
    })
  })

  it('a personal replica sends its consent video, a non-human one none', async () => {
    const consent = { consentIn: 'consent-video', consentVideoUrl: link('consent.mp4') } as const
    await create({ subject: 'personal', ...consent })
    await create(consent)
    await create({ subject: 'personal', ...consent, consentIn: 'training-video' })
    const sent = bodies().map((body) => 'consent_video_url' in (body as object))
    expect(sent).toEqual([true, false, false])
  })

  it('the record names what was found in the videos that were sent, and in no other', async () => {
    const found = (code: 'format-webm' | 'hdr'): VideoCheck => ({
      state: 'done',
      checkedAt: null,
      facts: null,
      findings: [{ code, level: 'warning', errorType: null, values: {} }],
      ffmpegCommand: null,
      canFit: null,
      fit: null,
      bytesRead: 0,
      requests: 0
    })
    const { id } = draft({ consentVideoUrl: link('consent.mp4'), consentIn: 'training-video' })
    desk.drafts.setCheck(id, 'trainVideoUrl', found('format-webm'))
    desk.drafts.setCheck(id, 'consentVideoUrl', found('hdr'))
    unwrap(await desk.creations.create(id))
    expect(desk.events().find(({ type }) => type === 'creation-asked')?.body).toMatchObject({
      videoWarnings: 'format-webm'
    })
  })

  it('an image is sent with its voice, and without what belongs to a video', async () => {
    // Made once: another call might be another second, and so another link.
    const face = `${link('face.png')}&response-content-type=image%2fpng&note=a+b%7E~`
    await create({
      subject: 'personal',
      trainFrom: 'image',
      trainImageUrl: face,
      voiceName: 'anna',
      spokenName: 'Priya Raman'
    })
    expect(bodies()).toEqual([
      {
        train_image_url: face,
        replica_name: 'Priya Raman',
        voice_name: 'anna'
      }
    ])
  })

  it('an account whose provider trains nothing is refused, and not offered', async () => {
    const made = draft()
    const account = desk.store.read.account(desk.accountId)
    if (account === null) throw new Error('No account')
    desk.store.transaction((write) => write.putAccount({ ...account, provider: 'replicate' }))
    expect(unwrap(await desk.creations.create(made.id))).toMatchObject({
      state: 'editing',
      error: { issues: [{ field: 'accountId', code: 'trains-nothing' }] }
    })
    expect(bodies()).toEqual([])
    unwrap(desk.drafts.add(link('other.mp4'), null))
    expect(desk.drafts.all().map(({ accountId }) => accountId)).toEqual([desk.accountId, null])
  })

  it.each<[string, DraftPatch, string, string]>([
    ['no training video', { trainVideoUrl: '' }, 'trainVideoUrl', 'missing'],
    [
      'a link to a share page',
      { trainVideoUrl: 'https://drive.google.com/file/d/x/view' },
      'trainVideoUrl',
      'unusable-link'
    ],
    [
      'a personal one without consent',
      { subject: 'personal', consentIn: 'consent-video' },
      'consentVideoUrl',
      'missing'
    ],
    ['a model of control characters', { model: 'a\u0007' }, 'model', 'bad-model'],
    ['a callback that is no link', { callbackUrl: 'webhook' }, 'callbackUrl', 'unusable-link']
  ])('is not sent with %s', async (_what, patch, field, code) => {
    const refused = await create(patch)
    expect(refused.state).toBe('editing')
    expect(refused.error).toMatchObject({ kind: 'invalid-input', issues: [{ field, code }] })
    expect(bodies()).toEqual([])
  })

  it('a refusal of Tavus lands on the field it speaks of', async () => {
    desk.sandbox.faults.add({
      match: { method: 'POST' },
      effect: { kind: 'answer', status: 400, body: { error: 'Invalid train_video_url' } }
    })
    const refused = await create()
    expect(refused.error).toMatchObject({
      kind: 'invalid-input',
      issues: [{ field: 'trainVideoUrl', said: 'Invalid train_video_url' }]
    })
  })

  it.each([
    ['resetAfter', 'created'],
    ['resetBefore', 'editing'],
    ['serverError', 'editing']
  ] as const)('an answer lost by %s is looked up in the list: %s', async (fault, state) => {
    desk.sandbox.faults.add({ match: { method: 'POST' }, effect: faultCatalog[fault], times: 1 })
    const lost = await create()
    expect(lost.state).toBe('unclear')
    expect((await desk.creations.create(lost.id)).ok).toBe(false)
    await desk.library.refresh(desk.accountId)
    expect(desk.drafts.all().map((one) => one.state)).toEqual([state])
    expect(bodies()).toHaveLength(1)
  })

  it.each([
    ['a total that is too high', 1],
    ['a total that is too low', -1]
  ])(
    'a listing with %s settles what it shows, and asks the person about the rest',
    async (_, offset) => {
      await restart({ totalCountOffset: offset, ...looksAgain() })
      const before = await desk.addReplica('Priya Raman')
      desk.sandbox.faults.add({
        match: { method: 'POST' },
        effect: faultCatalog.resetAfter,
        times: 1
      })
      const made = await create()
      await expect.poll(stateOf(made.id)).toBe('created')
      expect(desk.drafts.all()[0]?.createdId).not.toBe(before.id)

      desk.sandbox.faults.add({
        match: { method: 'POST' },
        effect: faultCatalog.resetBefore,
        times: 1
      })
      const lost = await create()
      await expect.poll(stateOf(lost.id)).toBe('unsettled')
      expect(bodies()).toHaveLength(2)
      expect(unwrap(desk.drafts.reopen(lost.id))).toMatchObject({
        state: 'editing',
        error: null
      })
      expect(unwrap(await desk.creations.create(lost.id)).state).toBe('created')
      expect(bodies()).toHaveLength(3)
    }
  )

  it('a listing that cannot be taken leaves it to the person, and a later one still settles it', async () => {
    await restart(looksAgain())
    desk.sandbox.faults.add({
      match: { method: 'POST' },
      effect: faultCatalog.resetAfter,
      times: 1
    })
    desk.sandbox.faults.add({ match: { method: 'GET' }, effect: { kind: 'answer', status: 403 } })
    const lost = await create()
    await expect.poll(stateOf(lost.id)).toBe('unsettled')
    desk.sandbox.faults.clear()
    await desk.library.refresh(desk.accountId)
    expect(stateOf(lost.id)()).toBe('created')
    expect(unwrap(desk.drafts.reopen(lost.id)).state).toBe('created')
  })

  it('one without a name is settled only by the one replica that came', async () => {
    await restart(looksAgain())
    const loseAnswer = () =>
      desk.sandbox.faults.add({
        match: { method: 'POST' },
        effect: faultCatalog.resetAfter,
        times: 1
      })
    loseAnswer()
    const alone = await create({ replicaName: '' })
    await expect.poll(stateOf(alone.id)).toBe('created')
  })

  it('after a restart the first listings settle it, or leave it to the person', async () => {
    desk.sandbox.faults.add({
      match: { method: 'POST' },
      effect: faultCatalog.resetBefore,
      times: 1
    })
    const lost = await create()
    desk.drafts.restore()
    expect(stateOf(lost.id)()).toBe('unclear')
    desk.newCreations().endChecks()
    expect(stateOf(lost.id)()).toBe('unsettled')
  })

  it('a draft that was stored as being sent follows what its creation came to', async () => {
    const made = await create()
    const [stored] = desk.store.read.drafts()
    if (stored === undefined) throw new Error('No draft')
    const { draft: kept, ...rest } = JSON.parse(stored.json)
    const json = JSON.stringify({ ...rest, draft: { ...kept, state: 'creating', createdId: null } })
    desk.store.transaction((write) => write.putDraft({ id: stored.id, json }))
    desk.drafts.restore()
    desk.creations.catchUp()
    expect(desk.drafts.all()).toMatchObject([{ state: 'created', createdId: made.createdId }])
  })

  const alreadyAsked = {
    ok: false,
    error: { kind: 'invalid-input', issues: [{ code: 'already-asked' }] }
  }

  /** Everything that a window, an old one or a fast one, could do to a draft. */
  const expectHeld = async (id: Draft['id']) => {
    const [before] = desk.drafts.all()
    const file = { path: '/other.mp4', fileName: 'other.mp4', sizeBytes: 1 }
    expect(desk.drafts.update(id, { replicaName: 'Somebody else' })).toMatchObject(alreadyAsked)
    expect(desk.drafts.mendLink(id, 'trainVideoUrl').ok).toBe(false)
    expect(desk.drafts.setFile(id, 'trainVideoUrl', file)).toMatchObject(alreadyAsked)
    expect(desk.drafts.discard([id])).toMatchObject(alreadyAsked)
    expect(unwrap(desk.drafts.applyToAll({ model: 'phoenix-3' }))).toEqual({ count: 0 })
    expect(await desk.creations.create(id)).toMatchObject(alreadyAsked)
    expect(desk.drafts.all()).toEqual([before])
  }

  it('a draft stays as it was asked for while its videos are looked at once more', async () => {
    let look = (): void => undefined
    const looked = new Promise<void>((resolve) => {
      look = resolve
    })
    await restart({ refreshVideos: () => looked })
    const { id } = draft()
    const creating = desk.creations.create(id)
    expect(stateOf(id)()).toBe('creating')
    await expectHeld(id)
    look()
    expect(unwrap(await creating).state).toBe('created')
    expect(bodies()).toMatchObject([{ replica_name: 'Priya Raman' }])
  })

  it('and while it is sent, and can be discarded once it was answered', async () => {
    desk.sandbox.faults.add({ match: { method: 'POST' }, effect: { kind: 'delay', ms: 50 } })
    const { id } = draft()
    const creating = desk.creations.create(id)
    await expectHeld(id)
    expect(unwrap(await creating)).toMatchObject({ state: 'created', replicaName: 'Priya Raman' })
    unwrap(desk.drafts.discard([id]))
    expect(desk.store.read.drafts()).toEqual([])
  })

  it('and while its answer is looked for; others are discarded all the same', async () => {
    desk.sandbox.faults.add({
      match: { method: 'POST' },
      effect: faultCatalog.resetAfter,
      times: 1
    })
    const lost = await create()
    expect(lost.state).toBe('unclear')
    await expectHeld(lost.id)
    const other = unwrap(desk.drafts.add(link('other.mp4'), null)).added[0]
    if (other === undefined) throw new Error('No draft')
    unwrap(desk.drafts.discard([lost.id, other.id]))
    expect(desk.drafts.all().map(({ id }) => id)).toEqual([lost.id])
  })

  it('a draft of which nothing was sent can be changed again, after a crash too', async () => {
    await restart({
      log: { ...failingLog, bug: () => 'ref_1' },
      refreshVideos: async () => {
        throw new TypeError('no reader')
      }
    })
    const { id } = draft()
    expect(unwrap(await desk.creations.create(id))).toMatchObject({
      state: 'editing',
      error: { kind: 'bug', reference: 'ref_1' }
    })
    unwrap(desk.drafts.begin(id))
    desk.drafts.setCheck(id, 'trainVideoUrl', null)
    desk.drafts.setUploadedLink(id, 'trainVideoUrl', link('anew.mp4'))
    desk.drafts.restore()
    expect(desk.drafts.all()).toMatchObject([{ id, state: 'editing' }])
    expect(bodies()).toEqual([])
  })

  it('something thrown on the way is logged, and no draft stays being sent', async () => {
    const logged: unknown[] = []
    await restart({
      ...looksAgain(),
      log: { ...failingLog, bug: (error) => `ref_${logged.push(error)}` },
      trainer: {
        train: () => {
          throw new TypeError('not a mapper')
        }
      }
    })
    const thrown = await create()
    expect(thrown).toMatchObject({ state: 'unclear', error: { kind: 'bug', reference: 'ref_1' } })
    await expect.poll(stateOf(thrown.id)).toBe('editing')
    expect(logged).toHaveLength(1)
    expect(desk.events().find(({ type }) => type === 'creation-unclear')?.body).toMatchObject({
      reason: 'bug'
    })
  })

  it('a look that throws leaves it to the person', async () => {
    const logged: unknown[] = []
    await restart({
      log: { ...failingLog, bug: (error) => `ref_${logged.push(error)}` },
      lookAgain: () => Promise.reject(new Error('no list'))
    })
    desk.sandbox.faults.add({ match: { method: 'POST' }, effect: faultCatalog.resetAfter })
    const lost = await create()
    await expect.poll(stateOf(lost.id)).toBe('unsettled')
    expect(logged).toHaveLength(1)
  })

  it('keeps no signature in the database or the history, and asks for the link again after a restart', async () => {
    draft()
    await create()
    const stored = JSON.stringify([desk.store.read.drafts(), desk.events()])
    expect(stored).toContain('priya-raman.mp4')
    expect(stored).not.toContain(secret)
    desk.drafts.restore()
    expect(desk.drafts.all()[0]?.needsLinkAgain).toEqual(['trainVideoUrl'])
  })
})

describe('creating it again', () => {
  it('fills in everything that was sent but the links', async () => {
    const sent = await create({
      subject: 'personal',
      consentIn: 'training-video',
      spokenName: 'Dr Priya Raman',
      model: 'phoenix-3',
      hasGreenScreen: true
    })
    for (const name of ['Second', 'Third']) await create({ replicaName: name })
    const id = sent.createdId
    if (id === null) throw new Error('Not created')
    const ref = { accountId: desk.accountId, kind: 'replica', id } as const
    const { added } = unwrap(desk.drafts.addAgain(unwrap(draftLike(desk.store, ref))))
    expect(added[0]).toMatchObject({
      accountId: desk.accountId,
      replicaName: 'Priya Raman',
      subject: 'personal',
      consentIn: 'training-video',
      spokenName: 'Dr Priya Raman',
      model: 'phoenix-3',
      hasGreenScreen: true,
      trainVideo: null,
      state: 'editing'
    })
  })

  it('takes of a replica that was made elsewhere what is listed', async () => {
    const ref = await desk.addReplica('Amara Osei')
    const model = desk.store.read.asset(ref)?.model
    expect(unwrap(draftLike(desk.store, ref))).toMatchObject({ replicaName: 'Amara Osei', model })
    expect(draftLike(desk.store, { ...ref, kind: 'video' }).ok).toBe(false)
  })
})
