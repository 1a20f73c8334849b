import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { faultCatalog } from '../../sandbox/fault-catalog.ts'
import type { Draft, DraftPatch } from '../../shared/domain/draft.ts'
import { startDesk, type TestDesk, unwrap } from './test-kit.ts'

const secret = 'canary0signature5d41402abc4b2a76b9719d911017c592'

const link = (name: string): string => {
  const date = new Date().toISOString().replace(/[-:]|\.\d+/g, '')
  return `https://bucket.s3.eu-west-1.amazonaws.com/${name}?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIAX%2F20260101%2Feu-west-1%2Fs3%2Faws4_request&X-Amz-Date=${date}&X-Amz-Expires=518400&X-Amz-SignedHeaders=host&X-Amz-Signature=${secret}`
}

let desk: TestDesk
beforeEach(async () => {
  desk = await startDesk()
})
afterEach(() => desk.close())

const draft = (patch: DraftPatch = {}): Draft => {
  const { addedIds } = unwrap(desk.drafts.add(link('priya-raman.mp4'), null))
  const [id] = addedIds
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

  it('a personal replica sends its consent video, a non-human one none', async () => {
    await create({ subject: 'personal', consentVideoUrl: link('consent.mp4') })
    await create({ consentVideoUrl: link('consent.mp4') })
    expect(bodies().map((body) => 'consent_video_url' in (body as object))).toEqual([true, false])
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
    const { drafts } = unwrap(desk.drafts.add(link('other.mp4'), null))
    expect(drafts.map(({ accountId }) => accountId)).toEqual([desk.accountId, null])
  })

  it.each<[string, DraftPatch, string, string]>([
    ['no training video', { trainVideoUrl: '' }, 'trainVideoUrl', 'missing'],
    [
      'a link to a share page',
      { trainVideoUrl: 'https://drive.google.com/file/d/x/view' },
      'trainVideoUrl',
      'unusable-link'
    ],
    ['a personal one without consent', { subject: 'personal' }, 'consentVideoUrl', 'missing'],
    ['no model', { model: ' ' }, 'model', 'bad-model'],
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
