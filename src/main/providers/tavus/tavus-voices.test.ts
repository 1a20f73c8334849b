import { describe, expect, it, test } from 'vitest'
import { unwrap } from '../../../../test/main/desks/desk.ts'
import {
  knownTarget,
  likenessFacts,
  startTavus
} from '../../../../test/main/providers/tavus-desk.ts'
import { listAll } from '../../../../test/main/providers/whole-listing.ts'
import type { SandboxOptions } from '../../../../test/sandbox/faulty-sandbox.ts'
import { makePersona, makeReplica, makeVoice } from '../../../sandbox/sample-data.ts'
import type { StoredReplica, StoredVoice } from '../../../sandbox/snapshot.ts'
import { assetIdSchema, assetRefSchema } from '../../../shared/domain/asset.ts'
import type { PlanChoices } from '../../../shared/domain/plan.ts'
import type { PlanFacts } from '../../ports/provider.ts'
import { joinOf, type VoicesNamed } from './tavus-voices.ts'

const { signal } = new AbortController()

const start = async (options: SandboxOptions = {}) => {
  const { sandbox, provider, connection } = await startTavus({ seedData: 'empty', ...options })
  const { state } = sandbox
  const addVoice = (name: string, change: Partial<StoredVoice> = {}): StoredVoice => {
    const voice = { ...makeVoice(name, 0), ...change }
    state.addVoice(voice)
    return voice
  }
  const addFace = (name: string, change: Partial<StoredReplica> = {}): StoredReplica => {
    const face = { ...makeReplica(name, 0), ...change }
    state.addReplica(face)
    return face
  }
  const addPersona = (name: string, voiceId: string) => {
    const persona = { ...makePersona(name, 0), voiceId }
    state.addPersona(persona)
    return persona
  }
  const remove = (id: string) =>
    provider.remove(connection, 'voice', assetIdSchema.parse(id), 'permanent', signal)
  const gather = (facts: PlanFacts, isDeep = true) =>
    provider.planner.gather(connection, facts, isDeep, signal)
  return { sandbox, state, provider, connection, addVoice, addFace, addPersona, remove, gather }
}

const permanent: PlanChoices = { mode: 'permanent', byKind: {}, without: [] }

describe('how sure it is that a voice is that of a face', () => {
  const names = (original: string | null, chosen: string | null): VoicesNamed => ({
    original,
    chosen
  })
  test.each<[string, VoicesNamed[], VoicesNamed[], ReturnType<typeof joinOf>]>([
    ['it was made with the face, which speaks with it', [names('v', 'v')], [], 'certain'],
    ['it was made with the face, which speaks with another', [names('v', 'w')], [], 'certain'],
    ['another face speaks with it', [names('v', 'v')], [names('w', 'v')], 'certain'],
    ['two faces of the plan were made with it', [names('v', 'v'), names('v', 'v')], [], 'certain'],
    ['another face was made with it as well', [names('v', 'v')], [names('v', 'v')], 'likely'],
    ['the face speaks with it and has no original', [names(null, 'v')], [], 'likely'],
    ['so does another face', [names(null, 'v')], [names(null, 'v')], 'likely'],
    ['the face was made with another', [names('w', 'v')], [], 'unknown'],
    ['another face was made with it', [names(null, 'v')], [names('v', 'v')], 'unknown'],
    ['only another face names it', [names('w', 'w')], [names('v', 'v')], null],
    ['no face names it', [names(null, null)], [], null]
  ])('%s', (_, wanted, others, join) => {
    expect(joinOf('v', wanted, others)).toBe(join)
  })
})

describe('the list of voices', () => {
  it('is read to its end, each voice once, own and stock apart', async () => {
    const { sandbox, provider, connection, addVoice } = await start()
    for (let index = 0; index < 230; index += 1) {
      addVoice(`Voice ${index}`, { type: index % 3 === 0 ? 'system' : 'user' })
    }
    const listed = unwrap(await listAll(provider, connection, 'voice', signal))
    expect(listed).toMatchObject({ isComplete: true, unreadableCount: 0 })
    expect(new Set(listed.assets.map(({ id }) => id)).size).toBe(230)
    expect(listed.assets.filter(({ origin }) => origin === 'stock')).toHaveLength(77)
    expect(listed.assets.filter(({ origin }) => origin === 'own')).toHaveLength(153)
    const pages = sandbox.requests.map(({ path, query }) => [path, query])
    expect(pages).toEqual(
      ['1', '2', '3'].map((page) => ['/v2/voices', { limit: '100', page, source: 'all' }])
    )
  })

  it('tells what is known of each, and what is not told as such', async () => {
    const { sandbox, provider, connection, addVoice } = await start()
    const told = { description: 'Calm', tags: ['warm', 'low'], createdAtMs: Date.UTC(2026, 7, 17) }
    addVoice('Sampled', told)
    addVoice('Cloning', { status: 'started', sample: null })
    const failed = addVoice('Broken', { status: 'error', error: 'The recording is too short.' })
    const { assets } = unwrap(await listAll(provider, connection, 'voice', signal))
    const byName = (wanted: string) => assets.find(({ name }) => name === wanted)
    expect(byName('Sampled')).toMatchObject({
      kind: 'voice',
      status: 'ready',
      statusRaw: 'completed',
      origin: 'own',
      clipUrl: `${sandbox.origin}/media/voice.wav`,
      createdAt: '2026-08-17T00:00:00.000Z',
      details: [
        { name: 'description', value: 'Calm' },
        { name: 'tags', value: 'warm, low' }
      ]
    })
    expect(byName('Cloning')).toMatchObject({ status: 'training', clipUrl: null, details: [] })
    expect(byName('Broken')).toMatchObject({ status: 'failed', errorMessage: null })
    const id = assetIdSchema.parse(failed.id)
    expect(unwrap(await provider.get(connection, 'voice', id, signal)).found).toMatchObject({
      errorMessage: 'The recording is too short.'
    })
  })

  it.each([403, 404, 405, 501])('refused with %s says nothing against the key', async (status) => {
    const { provider, connection } = await start({ voiceListStatus: status })
    expect(await listAll(provider, connection, 'voice', signal)).toMatchObject({
      error:
        status === 501 ? { kind: 'provider-down', status } : { kind: 'provider-refused', status }
    })
  })
})

describe('deleting a voice', () => {
  it('is one request without a word of hard, and the voice is gone', async () => {
    const { sandbox, provider, connection, addVoice, remove } = await start()
    const voice = addVoice('Left over')
    expect(unwrap(await remove(voice.id)).outcome).toBe('removed')
    const sent = sandbox.requests.filter(({ method }) => method === 'DELETE')
    expect(sent.map(({ path, query }) => [path, query])).toEqual([[`/v2/voices/${voice.id}`, {}]])
    const id = assetIdSchema.parse(voice.id)
    expect(unwrap(await provider.probe(connection, 'voice', id, signal))).toBe('gone')
    expect(unwrap(await remove(voice.id)).outcome).toBe('not-known')
  })

  it.each([
    ['counts', 2, 1],
    ['lists', 2, 1],
    ['sentence', null, null]
  ] as const)('is refused while something uses it; told by %s', async (form, replica, persona) => {
    const desk = await start({ voiceRefusal: form })
    const voice = desk.addVoice('Shared')
    desk.addFace('One', { defaultVoiceId: voice.id })
    desk.addFace('Two', { defaultVoiceId: voice.id })
    desk.addPersona('Guide', voice.id)
    expect(await desk.remove(voice.id)).toEqual({
      ok: false,
      error: {
        kind: 'provider-refused',
        status: 409,
        said: 'The voice is in use and cannot be deleted.',
        usedBy: { replica, persona }
      }
    })
  })

  it.each([
    ['freed', { value: { outcome: 'removed' } }],
    ['counted', { error: { status: 409, usedBy: { replica: 1, persona: 0 } } }],
    ['taken-along', { value: { outcome: 'not-known' } }]
  ] as const)('after its face is whatever Tavus answers: %s', async (voiceAfterReplica, answer) => {
    const desk = await start({ voiceAfterReplica: () => voiceAfterReplica })
    const voice = desk.addVoice('Mia')
    const face = desk.addFace('Mia', { originalVoiceId: voice.id, defaultVoiceId: voice.id })
    expect(await desk.remove(voice.id)).toMatchObject({ error: { status: 409 } })
    desk.state.deleteReplica(face.id, true)
    expect(await desk.remove(voice.id)).toMatchObject(answer)
  })

  it('of everyone is refused', async () => {
    const desk = await start()
    const voice = desk.addVoice('Anna', { type: 'system' })
    expect(await desk.remove(voice.id)).toMatchObject({ error: { kind: 'provider-refused' } })
  })
})

describe('the plan for a likeness', () => {
  const likeness = async (options: SandboxOptions = {}) => {
    const desk = await start(options)
    const voice = desk.addVoice('Mia')
    const face = desk.addFace('Mia', { originalVoiceId: voice.id, defaultVoiceId: voice.id })
    const plan = async (change: Partial<PlanChoices> = {}) => {
      const facts = unwrap(await desk.gather(likenessFacts(knownTarget('replica', face.id))))
      return { facts, ...desk.provider.planner.plan(facts, { ...permanent, ...change }) }
    }
    return { ...desk, voice, face, plan }
  }

  it('takes the voice that the face was made with, after the face', async () => {
    const { face, voice, plan } = await likeness()
    const { steps, facts } = await plan()
    expect(steps.map(({ target, mode, relation }) => [target.id, mode, relation])).toEqual([
      [face.id, 'permanent', 'asked'],
      [voice.id, 'permanent', 'voice-of']
    ])
    expect(steps[1]).toMatchObject({ after: [steps[0]?.id], cautions: [], goes: ['voice'] })
    expect(facts.incomplete).toEqual([])
  })

  it('leaves stock voices, and voices of others, out of it', async () => {
    const { state, face, addVoice, plan } = await likeness()
    const stock = addVoice('Anna', { type: 'system' })
    addVoice('Nobody’s')
    state.changeReplica(face.id, { originalVoiceId: stock.id, defaultVoiceId: stock.id })
    expect((await plan()).steps.map(({ target }) => target.kind)).toEqual(['replica'])
  })

  it('takes a voice that is likely the face’s, and says that it is not certain', async () => {
    const { state, face, voice, plan } = await likeness()
    state.changeReplica(face.id, { originalVoiceId: null })
    const { steps } = await plan()
    expect(steps[1]).toMatchObject({
      target: { id: voice.id },
      cautions: [
        {
          code: 'perhaps-not-its-voice',
          level: 'warns',
          sureness: 'likely',
          evidence: [{ kind: 'replica', id: face.id, name: 'Mia' }]
        }
      ]
    })
  })

  it('keeps a voice that may well be somebody else’s, unless it is asked for', async () => {
    const { state, face, voice, addVoice, plan } = await likeness()
    const other = addVoice('Chosen later')
    state.changeReplica(face.id, { defaultVoiceId: other.id })
    const kept = await plan()
    expect(kept.steps.map(({ target }) => target.id)).toEqual([face.id, voice.id])
    expect(kept.survives).toEqual([
      { kind: 'voice', id: other.id, name: 'Chosen later', reason: 'kept' }
    ])
    expect(kept.steps[0]?.stays).toEqual(['voice-made-with-it'])
    const taken = await plan({ byKind: { voice: 'permanent' } })
    expect(taken.steps.find(({ target }) => target.id === other.id)?.cautions).toMatchObject([
      { code: 'perhaps-not-its-voice', level: 'warns', sureness: 'unknown' }
    ])
  })

  it('keeps the voice where the face is deleted softly, and names it', async () => {
    const { face, voice, plan } = await likeness()
    const { steps, survives } = await plan({ mode: 'soft' })
    expect(steps.map(({ target }) => target.id)).toEqual([face.id])
    expect(survives).toEqual([{ kind: 'voice', id: voice.id, name: 'Mia', reason: 'kept' }])
  })

  it('is held back by what goes on using the voice, and names it', async () => {
    const { voice, addFace, addPersona, plan } = await likeness()
    const twin = addFace('Twin', { defaultVoiceId: voice.id })
    const persona = addPersona('Guide', voice.id)
    expect((await plan()).steps[1]?.cautions).toEqual([
      {
        code: 'voice-in-use',
        level: 'blocks',
        sureness: 'certain',
        evidence: [
          { kind: 'replica', id: twin.id, name: 'Twin' },
          { kind: 'persona', id: persona.id, name: 'Guide' }
        ]
      }
    ])
  })

  it('is held back by the face itself once that is left out', async () => {
    const { face, plan } = await likeness()
    const { steps } = await plan({ without: ['s1'] })
    expect(steps[0]?.cautions).toMatchObject([
      { code: 'voice-in-use', level: 'blocks', evidence: [{ id: face.id }] }
    ])
  })

  it.each([403, 404, 500])(
    'says that voices could not be read (%s), and goes on',
    async (status) => {
      const { face, plan } = await likeness({ voiceListStatus: status })
      const { facts, steps, survives } = await plan()
      expect(facts.incomplete).toEqual(['voice'])
      expect(steps.map(({ target }) => target.id)).toEqual([face.id])
      expect(survives).toEqual([{ kind: 'voice', id: null, name: null, reason: 'not-known' }])
    }
  )

  it('still has the voice once the face is gone, and lets go of it once that is gone too', async () => {
    const { state, face, voice, gather } = await likeness()
    const told = likenessFacts(knownTarget('replica', face.id), {
      ...knownTarget('voice', voice.id),
      relation: 'voice-of'
    })
    state.deleteReplica(face.id, true)
    expect(unwrap(await gather(told)).targets).toMatchObject([
      {
        target: { kind: 'voice', id: voice.id },
        notes: [{ code: 'voice-in-use', finding: 'does-not-hold', isComplete: true }]
      }
    ])
    state.deleteVoice(voice.id)
    expect(unwrap(await gather(told)).targets).toEqual([])
  })
})

describe('the plan for a voice alone', () => {
  it('asks Tavus what uses it, personas of every type included', async () => {
    const { sandbox, provider, gather, addVoice, addFace, addPersona } = await start()
    const voice = addVoice('Shared')
    const face = addFace('Mia', { defaultVoiceId: voice.id })
    const persona = addPersona('Guide', voice.id)
    const facts = unwrap(await gather(likenessFacts(knownTarget('voice', voice.id)), false))
    const ref = assetRefSchema.parse(knownTarget('voice', voice.id).target)
    const named: PlanFacts = { ...facts, subject: { scope: 'assets', refs: [ref] } }
    expect(provider.planner.plan(named, permanent).steps[0]?.cautions).toMatchObject([
      { code: 'voice-in-use', level: 'blocks', evidence: [{ id: face.id }, { id: persona.id }] }
    ])
    const asked = sandbox.requests.filter(({ path }) => path === '/v2/personas')
    expect(asked[0]?.query['persona_type']).toBeUndefined()
  })

  it('warns where that could not be read', async () => {
    const { sandbox, provider, gather, addVoice } = await start()
    const voice = addVoice('Alone')
    sandbox.faults.add({
      match: { path: '/v2/personas' },
      effect: { kind: 'answer', status: 403, body: { message: 'Not in your plan' } }
    })
    const facts = unwrap(await gather(likenessFacts(knownTarget('voice', voice.id)), false))
    expect(provider.planner.plan(facts, permanent).steps[0]?.cautions).toEqual([
      { code: 'voice-in-use', level: 'warns', sureness: 'unknown', evidence: [] }
    ])
  })
})
