import { describe, expect, test } from 'vitest'
import {
  factsOf,
  own,
  start,
  target,
  told,
  unwrap
} from '../../../../test/main/providers/replicate/simulated-replicate.ts'
import {
  makeFile,
  makeModel,
  makeTraining,
  makeVersion
} from '../../../sandbox/replicate-made-data.ts'
import type { ReplicateOptions } from '../../../sandbox/replicate-options.ts'
import type { StoredTraining } from '../../../sandbox/replicate-snapshot.ts'
import type { AssetId } from '../../../shared/domain/asset.ts'
import type { PlanChoices } from '../../../shared/domain/plan.ts'

const choices: PlanChoices = { mode: 'permanent', byKind: {}, without: [] }
const model = own('face')
const hourMs = 3_600_000

/** A model whose one version came of a training that was given `face.zip`, an hour ago. */
const open = async (change: Partial<StoredTraining> = {}, options: ReplicateOptions = {}) => {
  const desk = await start({ seedData: 'empty', ...options })
  const { state } = desk.sandbox
  const nowMs = Date.now()
  const base = makeVersion('open-trainers/portrait-trainer', '1', nowMs)
  const training = { ...makeTraining('face', base, model, nowMs), files: ['face-zip'], ...change }
  state.addModel(makeModel('face', nowMs))
  state.addVersion({ ...makeVersion(model, '1', nowMs), id: training.outputVersion })
  state.addTraining(training)
  state.addFile(makeFile('face-zip', 'face.zip', nowMs - hourMs))
  state.addFile(makeFile('other-zip', 'other.zip', nowMs - hourMs))
  const gather = (isDeep = true) =>
    desk.provider.planner.gather(
      desk.connection,
      factsOf([target(model)], 'teardown'),
      isDeep,
      desk.signal
    )
  return { ...desk, state, base, training, nowMs, gather }
}

const listed = ({ sandbox }: { sandbox: { requests: readonly { path: string }[] } }) =>
  sandbox.requests.filter(({ path }) => path.startsWith('/v1/files'))

describe('files that a model was trained with', () => {
  test('go with it, after all else; files of other trainings are not touched', async () => {
    const { gather, provider } = await open()
    const facts = unwrap(await gather())
    const { steps } = provider.planner.plan(facts, choices)
    expect(steps.map(({ target: { kind, id } }) => [kind, id])).toEqual([
      ['version', expect.stringContaining(`${model}:`)],
      ['model', model],
      ['file', 'face-zip']
    ])
    expect(steps[2]).toMatchObject({
      name: 'face.zip',
      relation: 'trained-with',
      mode: 'permanent',
      goes: ['uploaded-file'],
      cautions: []
    })
    expect(facts.incomplete).toEqual([])
  })

  test('are not named once Replicate has deleted them by itself', async () => {
    const { gather } = await open({}, { uploadRetentionMs: hourMs / 2 })
    const facts = unwrap(await gather())
    expect(facts.targets.filter(({ target: { kind } }) => kind === 'file')).toEqual([])
    expect(facts.incomplete).toEqual([])
  })

  test('are asked for only where a training was given one, and a whole model is meant', async () => {
    const without = await open({ files: [] })
    unwrap(await without.gather())
    expect(listed(without)).toEqual([])
    const shallow = await open()
    unwrap(await shallow.gather(false))
    expect(listed(shallow)).toEqual([])
  })

  test('of a training that is still under way are told', async () => {
    const { base, gather, nowMs, provider, state } = await open()
    const running = makeTraining('next', base, own('next'), nowMs + hourMs)
    state.addTraining({ ...running, files: ['face-zip'] })
    const { steps } = provider.planner.plan(unwrap(await gather()), choices)
    expect(steps[2]?.cautions).toEqual([
      {
        code: 'training-running',
        level: 'warns',
        sureness: 'certain',
        evidence: [{ kind: 'training', id: running.id, name: null }]
      }
    ])
  })

  test('that cannot be listed leave the plan incomplete', async () => {
    const { gather, provider, sandbox } = await open()
    sandbox.faults.add({
      match: { path: '/v1/files' },
      effect: { kind: 'answer', status: 404, body: { detail: 'Not found.' } }
    })
    const facts = unwrap(await gather())
    expect(facts.incomplete).toEqual(['file'])
    expect(provider.planner.plan(facts, choices).unknowns).toContain('listing-incomplete')
  })

  test('looked at again, are gone as soon as their list lacks them', async () => {
    const { connection, gather, provider, signal, state } = await open()
    const facts = unwrap(await gather())
    state.deleteFile('face-zip')
    const again = unwrap(await provider.planner.gather(connection, facts, true, signal))
    expect(again.targets.find(({ target: { kind } }) => kind === 'file')?.status).toBe('deleted')
  })

  test('are deleted by their id, and an id that could reach elsewhere is refused', async () => {
    const { connection, provider, signal } = await open()
    const remove = (id: string) =>
      provider.remove(connection, 'file', id as AssetId, 'permanent', signal)
    const probe = () => provider.probe(connection, 'file', 'face-zip' as AssetId, signal)
    expect(unwrap(await probe())).toBe('there')
    expect(unwrap(await remove('face-zip'))).toEqual({ outcome: 'removed', httpStatus: 204 })
    expect(unwrap(await probe())).toBe('gone')
    expect(unwrap(await remove('face-zip'))).toMatchObject({ outcome: 'not-known' })
    expect(told(await remove('../models/studio-north/face'))).toBe('not-an-id')
    expect(told(await remove('..'))).toBe('not-an-id')
  })

  test.each([
    ['a link', 'https://api.replicate.com/v1/files/face-zip'],
    ['a link with more behind it', 'https://api.replicate.com/v1/files/face-zip?x=1'],
    ['links in lists', [{ url: 'https://api.replicate.com/v1/files/face-zip' }]],
    ['somewhere else', 'https://pictures.example/likeness.zip'],
    ['a link to its content', 'https://api.replicate.com/v1/files/face-zip/content'],
    ['another path', 'https://api.replicate.com/v1/models/face-zip'],
    ['nothing', null]
  ])('are read from what the training was given: %s', async (what, given) => {
    const { gather, sandbox, training } = await open({ files: [] })
    const row = {
      id: training.id,
      status: 'succeeded',
      input: { input_images: given, hf_token: 'hf_secret' },
      output: { version: `${model}:${training.outputVersion}` }
    }
    sandbox.faults.add({
      match: { path: '/v1/trainings' },
      effect: { kind: 'answer', status: 200, body: { results: [row], next: null } }
    })
    const facts = unwrap(await gather())
    const files = facts.targets.filter(({ target: { kind } }) => kind === 'file')
    expect(files).toHaveLength(what.includes('link') ? 1 : 0)
    expect(JSON.stringify(facts)).not.toContain('hf_secret')
  })
})
