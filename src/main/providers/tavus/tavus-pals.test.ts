import { describe, expect, it, test } from 'vitest'
import { unwrap } from '../../../../test/main/desks/desk.ts'
import { accountId, knownTarget, startTavus } from '../../../../test/main/providers/tavus-desk.ts'
import { listAll } from '../../../../test/main/providers/whole-listing.ts'
import type { SandboxOptions } from '../../../../test/sandbox/faulty-sandbox.ts'
import { LAYER_KEY_CANARIES } from '../../../sandbox/canaries.ts'
import {
  makeConversation,
  makePage,
  makePersona,
  makeReplica,
  makeVoice
} from '../../../sandbox/sample-data.ts'
import type { StoredPage, StoredPersona } from '../../../sandbox/snapshot.ts'
import type { TargetKind } from '../../../shared/catalogue/kinds.ts'
import { assetIdSchema, assetRefSchema } from '../../../shared/domain/asset.ts'
import type { PlanChoices, PlanSubject, Repoint } from '../../../shared/domain/plan.ts'
import type { PlanFacts } from '../../ports/provider.ts'
import { type PalJoin, pageJoinOf, palJoinOf } from './tavus-pals.ts'

const { signal } = new AbortController()

const start = async (options: SandboxOptions = {}) => {
  const { sandbox, provider, connection } = await startTavus({ seedData: 'empty', ...options })
  const addPal = (name: string, change: Partial<StoredPersona> = {}): StoredPersona => {
    const pal = { ...makePersona(name, 0), ...change }
    sandbox.state.addPersona(pal)
    return pal
  }
  const addPage = (name: string, palId: string, change: Partial<StoredPage> = {}): StoredPage => {
    const page = { ...makePage(name, palId, 0), ...change }
    sandbox.state.addPage(page)
    return page
  }
  const listPals = () => listAll(provider, connection, 'persona', signal)
  const remove = (kind: TargetKind, id: string, ...how: ['offline'] | ['repoint', Repoint]) =>
    provider.remove(connection, kind, assetIdSchema.parse(id), how[0], signal, how[1])
  const sent = () =>
    sandbox.requests
      .filter(({ method }) => method !== 'GET')
      .map(({ method, path, body, headers }) => [method, path, body, headers['if-match'] ?? null])
  return { sandbox, provider, connection, addPal, addPage, listPals, remove, sent }
}

describe('the list of PALs', () => {
  it('is read to its end, those that neither list by type has included', async () => {
    const { sandbox, addPal, listPals } = await start()
    const types = ['user', 'system', 'none'] as const
    for (let index = 0; index < 130; index += 1) {
      addPal(`PAL ${index}`, { type: types[index % 3] ?? 'user' })
    }
    const listed = unwrap(await listPals())
    expect(listed).toMatchObject({ isComplete: true, unreadableCount: 0 })
    expect(new Set(listed.assets.map(({ id }) => id)).size).toBe(130)
    expect(listed.assets.filter(({ origin }) => origin === 'stock')).toHaveLength(43)
    const asked = sandbox.requests.map(({ query }) => query)
    expect(asked.slice(0, 6)).toEqual(
      ['1', '2', '3', '4', '5', '6'].map((page) => ({ limit: '25', page }))
    )
  })

  it('has what only a list by type shows, each PAL once', async () => {
    const { addPal, listPals } = await start({ unfilteredPersonas: 'without-stock' })
    for (let index = 0; index < 40; index += 1) {
      addPal(`PAL ${index}`, { type: index % 2 === 0 ? 'user' : 'system' })
    }
    const listed = unwrap(await listPals())
    expect(listed.isComplete).toBe(true)
    expect(listed.assets.map(({ id }) => id).sort()).toEqual(
      [...new Set(listed.assets.map(({ id }) => id))].sort()
    )
    expect(listed.assets).toHaveLength(40)
  })

  it('tells the face and the voice of each, and no key of another service', async () => {
    const { addPal, listPals } = await start()
    addPal('Guide', { defaultReplicaId: 'rface', voiceId: 'vguide', createdAtMs: 0 })
    addPal('Plain', { createdAtMs: 0 })
    const { assets } = unwrap(await listPals())
    expect(assets.find(({ name }) => name === 'Guide')).toMatchObject({
      kind: 'persona',
      status: 'ready',
      origin: 'own',
      parentId: 'rface',
      createdAt: '1970-01-01T00:00:00.000Z',
      details: [{ name: 'voice_id', value: 'vguide' }]
    })
    expect(assets.find(({ name }) => name === 'Plain')).toMatchObject({
      parentId: null,
      details: []
    })
    const told = JSON.stringify(assets)
    for (const key of Object.values(LAYER_KEY_CANARIES)) expect(told).not.toContain(key)
  })

  it.each(['bare', 'wrapped'] as const)('one alone is read, %s', async (onePersona) => {
    const { provider, connection, addPal, sandbox } = await start({ onePersona })
    const pal = addPal('Guide')
    const id = assetIdSchema.parse(pal.id)
    expect(unwrap(await provider.get(connection, 'persona', id, signal)).found?.name).toBe('Guide')
    expect(unwrap(await provider.probe(connection, 'persona', id, signal))).toBe('there')
    sandbox.state.deletePersona(pal.id, false)
    expect(unwrap(await provider.get(connection, 'persona', id, signal)).found).toBeNull()
    expect(unwrap(await provider.probe(connection, 'persona', id, signal))).toBe('gone')
  })

  it.each([403, 404, 405])('refused with %s says nothing against the key', async (status) => {
    const { sandbox, listPals } = await start()
    sandbox.faults.add({
      match: { path: '/v2/personas' },
      effect: { kind: 'answer', status, body: { message: 'Not in your plan' } }
    })
    expect(await listPals()).toMatchObject({ error: { kind: 'provider-refused', status } })
  })
})

describe('how sure it is that a PAL carries a likeness', () => {
  const faces = new Set(['r1'])
  const voices = new Map<string, PalJoin>([
    ['v1', 'certain'],
    ['v2', 'likely'],
    ['v3', 'unknown']
  ])
  test.each<[string, string | null, string | null, PalJoin | null]>([
    ['it shows the face', 'r1', null, 'certain'],
    ['it shows the face and speaks with a doubtful voice', 'r1', 'v3', 'certain'],
    ['it shows another face and speaks with the face’s voice', 'r2', 'v1', 'certain'],
    ['it speaks with what is likely the face’s voice', 'r2', 'v2', 'likely'],
    ['it has no face and speaks with a voice that may be the face’s', null, 'v3', 'unknown'],
    ['it shows and speaks with others', 'r2', 'v9', null],
    ['it has neither of its own', null, null, null]
  ])('%s', (_, faceId, voiceId, join) => {
    expect(palJoinOf({ faceId, voiceId }, faces, voices)).toBe(join)
  })
})

describe('how sure it is that a public page shows a likeness', () => {
  const pals = new Map<string, PalJoin>([
    ['p1', 'certain'],
    ['p2', 'likely'],
    ['p3', 'unknown']
  ])
  const listed = new Set(['p1', 'p2', 'p3', 'p4'])
  test.each<[string, string | null, boolean, PalJoin | null]>([
    ['its PAL shows the face', 'p1', true, 'certain'],
    ['its PAL likely does', 'p2', true, 'likely'],
    ['its PAL may', 'p3', true, 'unknown'],
    ['its PAL shows another', 'p4', true, null],
    ['its PAL shows another, in a partial list', 'p4', false, null],
    ['its PAL is in no whole list', 'p9', true, null],
    ['its PAL may have been left out of the list', 'p9', false, 'unknown'],
    ['it names no PAL', null, true, 'unknown']
  ])('%s', (_, palId, isWhole, join) => {
    expect(pageJoinOf(palId, pals, listed, isWhole)).toBe(join)
  })
})

describe('public pages', () => {
  it('are read from page 0 to the end, all of an account or those of one PAL', async () => {
    const { sandbox, provider, connection, addPal, addPage } = await start()
    const guide = addPal('Guide')
    for (let index = 0; index < 45; index += 1) {
      addPage(`Page ${index}`, index < 30 ? guide.id : 'pother')
    }
    const id = assetIdSchema.parse(guide.id)
    const answer = await provider.pagesOf?.(connection, id, signal)
    if (answer === undefined) throw new Error('Tavus has pages')
    const told = unwrap(answer)
    expect(told.isComplete).toBe(true)
    expect(new Set(told.pages.map((page) => page.id)).size).toBe(30)
    expect(sandbox.requests[0]).toMatchObject({
      path: '/v2/deployments',
      query: { pal_id: guide.id, page: '0' }
    })
  })

  it('are taken offline by a patch of the version that was read, and read again', async () => {
    const { sandbox, provider, connection, addPage, remove, sent } = await start()
    const page = addPage('Front', 'p1')
    expect(unwrap(await remove('page', page.id, 'offline'))).toEqual({
      outcome: 'removed',
      httpStatus: 200
    })
    expect(sent()).toEqual([
      [
        'PATCH',
        `/v2/deployments/${page.id}`,
        [{ op: 'replace', path: '/status', value: 'inactive' }],
        `W/"${page.updatedAtMs}"`
      ]
    ])
    expect(sandbox.state.pages[0]?.status).toBe('inactive')
    const id = assetIdSchema.parse(page.id)
    const asked = { mode: 'offline' } as const
    expect(unwrap(await provider.probe(connection, 'page', id, signal, asked))).toBe('says-deleted')
    sandbox.state.changePage(page.id, { status: 'active' })
    expect(unwrap(await provider.probe(connection, 'page', id, signal, asked))).toBe('there')
    sandbox.state.deletePage(page.id)
    expect(unwrap(await provider.probe(connection, 'page', id, signal, asked))).toBe('gone')
    expect(unwrap(await remove('page', page.id, 'offline')).outcome).toBe('not-known')
  })

  it.each([409, 412] as const)(
    'that changed meanwhile are left alone (%s)',
    async (staleStatus) => {
      const { sandbox, addPage, remove } = await start({
        staleStatus,
        beforePatch: (state, id) => state.changePage(id, { name: 'Renamed', updatedAtMs: 5 })
      })
      const page = addPage('Front', 'p1')
      expect(await remove('page', page.id, 'offline')).toMatchObject({
        error: { kind: 'provider-refused', status: staleStatus, why: 'stale' }
      })
      expect(sandbox.state.pages[0]?.status).toBe('active')
    }
  )
})

const to = (kind: 'face' | 'voice', id: string): Repoint => ({
  face: null,
  voice: null,
  [kind]: { from: null, to: { id, name: '' } }
})

describe('repointing a PAL', () => {
  const withPal = async (options: SandboxOptions = {}) => {
    const desk = await start(options)
    const face = makeReplica('Other face', 0)
    const voice = makeVoice('Other voice', 0)
    desk.sandbox.state.addReplica(face)
    desk.sandbox.state.addVoice(voice)
    const pal = desk.addPal('Guide', { defaultReplicaId: 'rold' })
    return { ...desk, face, voice, pal }
  }

  it('changes the face alone, or the voice alone, and nothing else', async () => {
    const { sandbox, provider, connection, face, voice, pal, remove, sent } = await withPal()
    expect(unwrap(await remove('persona', pal.id, 'repoint', to('face', face.id)))).toEqual({
      outcome: 'removed',
      httpStatus: 200
    })
    unwrap(await remove('persona', pal.id, 'repoint', to('voice', voice.id)))
    expect(sent()).toEqual([
      [
        'PATCH',
        `/v2/pals/${pal.id}`,
        [{ op: 'replace', path: '/default_face_id', value: face.id }],
        null
      ],
      [
        'PATCH',
        `/v2/pals/${pal.id}`,
        [{ op: 'add', path: '/layers/tts/voice_id', value: voice.id }],
        null
      ]
    ])
    expect(sandbox.state.personas[0]).toMatchObject({
      defaultReplicaId: face.id,
      voiceId: voice.id
    })
    const id = assetIdSchema.parse(pal.id)
    const probe = (repoint: Repoint) =>
      provider.probe(connection, 'persona', id, signal, { mode: 'repoint', repoint })
    expect(unwrap(await probe(to('face', face.id)))).toBe('says-deleted')
    expect(unwrap(await probe(to('face', 'rold')))).toBe('there')
  })

  it('that lands in a draft is not taken for done', async () => {
    const { face, pal, remove } = await withPal({ palPatch: () => 'draft' })
    expect(await remove('persona', pal.id, 'repoint', to('face', face.id))).toMatchObject({
      error: { kind: 'provider-refused', why: 'draft' }
    })
  })

  it('to what is not of the account, or of a stock PAL, is refused', async () => {
    const { addPal, face, pal, remove } = await withPal()
    expect(await remove('persona', pal.id, 'repoint', to('face', 'rnobody'))).toMatchObject({
      error: { kind: 'provider-refused', said: 'Invalid replica_uuid' }
    })
    const stock = addPal('Stock', { type: 'system' })
    expect(unwrap(await remove('persona', stock.id, 'repoint', to('face', face.id))).outcome).toBe(
      'not-known'
    )
  })
})

const refOf = (kind: 'replica' | 'voice' | 'persona', id: string) =>
  assetRefSchema.parse({ accountId, kind, id })

describe('the plan for a likeness', () => {
  const likeness = async (options: SandboxOptions = {}) => {
    const desk = await start(options)
    const { state } = desk.sandbox
    const voice = makeVoice('Mia', 0)
    const face = { ...makeReplica('Mia', 0), originalVoiceId: voice.id, defaultVoiceId: voice.id }
    state.addVoice(voice)
    state.addReplica(face)
    const guide = desk.addPal('Guide', { defaultReplicaId: face.id, voiceId: voice.id })
    const page = desk.addPage('Front', guide.id)
    const other = makeReplica('Ben', 0)
    const otherVoice = makeVoice('Ben', 0)
    state.addReplica(other)
    state.addVoice(otherVoice)
    const subject: PlanSubject = { scope: 'likeness', ref: refOf('replica', face.id) }
    const gather = async (targets = [knownTarget('replica', face.id)]): Promise<PlanFacts> =>
      unwrap(
        await desk.provider.planner.gather(
          desk.connection,
          { madeAt: '2026-01-01T00:00:00.000Z', subject, targets, incomplete: [], notOffered: [] },
          true,
          signal
        )
      )
    const plan = async (change: Partial<PlanChoices> = {}) =>
      desk.provider.planner.plan(await gather(), {
        mode: 'permanent',
        byKind: {},
        without: [],
        ...change
      })
    const repoint = [
      { ref: refOf('replica', other.id), name: 'Ben' },
      { ref: refOf('voice', otherVoice.id), name: 'Ben' }
    ]
    return { ...desk, state, face, voice, guide, page, other, otherVoice, gather, plan, repoint }
  }

  it('takes the page offline before the face, and keeps the PAL unless it is asked for', async () => {
    const { face, guide, page, voice, plan } = await likeness()
    const { steps, survives } = await plan({ without: [] })
    expect(steps.map(({ target, mode }) => [target.id, mode])).toEqual([
      [page.id, 'offline'],
      [face.id, 'permanent'],
      [voice.id, 'permanent']
    ])
    expect(steps[0]?.address).toMatch(/^http:/)
    expect(steps[1]?.after).toEqual([steps[0]?.id])
    expect(steps[2]?.cautions).toMatchObject([
      { code: 'voice-in-use', level: 'blocks', evidence: [{ kind: 'persona', id: guide.id }] }
    ])
    expect(survives).toEqual([
      { kind: 'document', id: null, name: null, reason: 'not-known' },
      { kind: 'persona', id: guide.id, name: 'Guide', reason: 'kept' }
    ])
  })

  it('repoints the PAL after its page and before the face and the voice', async () => {
    const { face, guide, page, voice, other, otherVoice, plan, repoint } = await likeness()
    const { steps } = await plan({ byKind: { persona: 'repoint' }, repoint })
    const idOf = new Map(steps.map(({ id, target }) => [target.id as string, id]))
    expect(steps.map(({ target, mode }) => [target.id, mode])).toEqual([
      [page.id, 'offline'],
      [guide.id, 'repoint'],
      [face.id, 'permanent'],
      [voice.id, 'permanent']
    ])
    expect(steps[1]).toMatchObject({
      after: [idOf.get(page.id)],
      cautions: [],
      repoint: {
        face: { from: { id: face.id }, to: { id: other.id, name: 'Ben' } },
        voice: { from: { id: voice.id }, to: { id: otherVoice.id, name: 'Ben' } }
      }
    })
    expect(steps[2]?.after).toEqual([idOf.get(page.id), idOf.get(guide.id)])
    expect(steps[3]).toMatchObject({
      after: [idOf.get(face.id), idOf.get(guide.id)],
      cautions: []
    })
  })

  it.each([
    ['nothing is chosen', () => []],
    ['the voice is not chosen', (all: PlanChoices['repoint']) => all?.slice(0, 1) ?? []]
  ] as const)('blocks repointing while %s', async (_, chosen) => {
    const { guide, plan, repoint } = await likeness()
    const { steps } = await plan({ byKind: { persona: 'repoint' }, repoint: [...chosen(repoint)] })
    expect(steps.find(({ target }) => target.id === guide.id)?.cautions).toMatchObject([
      { code: 'no-new-face', level: 'blocks' }
    ])
  })

  it('takes PALs that speak with the voice alone, and those that are repointed by now are over', async () => {
    const { addPal, state, voice, guide, other, otherVoice, plan, repoint } = await likeness()
    const speaker = addPal('Speaker', { voiceId: voice.id })
    addPal('Other', { defaultReplicaId: other.id })
    const { steps } = await plan({ byKind: { persona: 'repoint' }, repoint })
    const pals = steps.filter(({ target }) => target.kind === 'persona')
    expect(pals.map(({ target }) => target.id).sort()).toEqual([guide.id, speaker.id].sort())
    expect(pals.find(({ target }) => target.id === speaker.id)?.repoint?.face).toBeNull()
    state.changePersona(speaker.id, { voiceId: otherVoice.id })
    const after = await plan({ byKind: { persona: 'repoint' }, repoint })
    expect(
      after.steps.filter(({ target }) => target.kind === 'persona').map(({ target }) => target.id)
    ).toEqual([guide.id])
  })

  it('deletes PALs and pages if asked, and names what goes on using them', async () => {
    const { state, guide, page, plan } = await likeness()
    state.addConversation({
      ...makeConversation('A visitor', 'rother', 0),
      id: 'ctalk',
      status: 'active',
      personaId: guide.id
    })
    const deleted = await plan({ byKind: { persona: 'permanent', page: 'permanent' } })
    expect(deleted.steps.slice(0, 2)).toMatchObject([
      { target: { id: page.id }, mode: 'permanent' },
      {
        target: { id: guide.id },
        mode: 'permanent',
        cautions: [{ code: 'pal-in-use', level: 'warns', evidence: [{ id: 'ctalk' }] }]
      }
    ])
    const kept = await plan({ byKind: { persona: 'permanent', page: 'keep' } })
    expect(kept.steps[0]?.cautions).toMatchObject([
      { code: 'pal-in-use', evidence: [{ id: 'ctalk' }, { kind: 'page', id: page.id }] }
    ])
  })

  it('leaves what is not on the web as it is, and names it', async () => {
    const { addPage, guide, plan } = await likeness()
    const draft = addPage('Draft', guide.id, { status: 'draft' })
    const { steps, survives } = await plan()
    expect(steps.map(({ target }) => target.id)).not.toContain(draft.id)
    expect(survives).toContainEqual({
      kind: 'page',
      id: draft.id,
      name: 'Draft',
      reason: 'kept'
    })
  })

  it.each([403, 404, 500])('says that pages could not be read (%s)', async (pageListStatus) => {
    const { gather, plan } = await likeness({ pageListStatus })
    expect((await gather()).incomplete).toEqual(['page'])
    expect((await plan()).survives).toContainEqual({
      kind: 'page',
      id: null,
      name: null,
      reason: 'not-known'
    })
  })
})
