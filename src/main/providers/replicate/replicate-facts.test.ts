import { describe, expect, test } from 'vitest'
import {
  factsOf,
  own,
  start,
  target,
  told,
  unwrap
} from '../../../../test/main/providers/replicate/simulated-replicate.ts'
import { makeModel, makePrediction, makeVersion } from '../../../sandbox/replicate-made-data.ts'
import type { CautionCode } from '../../../shared/domain/deletion.ts'
import type { PlanChoices } from '../../../shared/domain/plan.ts'
import type { PlanFacts } from '../../ports/provider.ts'

const choices: PlanChoices = { mode: 'permanent', byKind: {}, without: [] }
const model = own('portrait-lora')

const noteOn = (facts: PlanFacts, id: string, code: CautionCode) =>
  facts.targets
    .find(({ target: { id: found } }) => found === id)
    ?.notes.find((note) => note.code === code)

const finding = (facts: PlanFacts, id: string, code: CautionCode) => {
  const note = noteOn(facts, id, code)
  return note === undefined ? null : `${note.finding}${note.isComplete ? '' : ', perhaps'}`
}

describe('what a plan hangs on', () => {
  test('a whole model: its versions, the deployment, the training', async () => {
    const { sandbox, provider, connection, signal } = await start()
    const known = factsOf([target(model)], 'teardown')
    const facts = unwrap(await provider.planner.gather(connection, known, true, signal))
    const versions = sandbox.state.versionsOf(model)
    const deployed = `${model}:${sandbox.state.deployments.find((row) => row.model === model)?.version}`
    const training = sandbox.state.trainings.find((row) => row.model === model)
    const base = `${model}:${training?.version}`
    expect(facts.targets).toHaveLength(1 + versions.length)
    expect(facts.incomplete).toEqual([])
    expect(finding(facts, model, 'not-owner')).toBe('does-not-hold')
    expect(finding(facts, model, 'not-private')).toBe('does-not-hold')
    expect(noteOn(facts, model, 'versions-left')?.evidence).toHaveLength(14)
    expect(finding(facts, deployed, 'deployed')).toBe('holds')
    expect(noteOn(facts, deployed, 'deployed')?.evidence).toEqual([
      {
        kind: 'deployment',
        id: 'studio-north/team-portraits',
        name: 'studio-north/team-portraits'
      }
    ])
    expect(noteOn(facts, base, 'base-of-training')?.evidence).toEqual([
      { kind: 'training', id: training?.id, name: own('adaeze-headshots') }
    ])
    expect(finding(facts, base, 'deployed')).toBe('does-not-hold')
    expect(finding(facts, base, 'overridden')).toBe('not-checked, perhaps')
    const latest = `${model}:${versions[0]?.id}`
    expect(noteOn(facts, latest, 'others-ran-it')?.evidence).toEqual([
      { kind: 'prediction', id: 'run_count', name: '1284' },
      { kind: 'prediction', id: 'own_of_model', name: '5' },
      { kind: 'prediction', id: 'own_of_version', name: '2' },
      { kind: 'prediction', id: 'web_of_version', name: '2' }
    ])
    const draft = provider.planner.plan(facts, choices)
    expect(draft.steps).toHaveLength(15)
    expect(draft.survives.map(({ id, reason }) => [id, reason])).toEqual(
      expect.arrayContaining([
        [deployed, 'blocked'],
        [base, 'blocked'],
        [model, 'blocked']
      ])
    )
  })

  test('just what was named, if no more was asked for', async () => {
    const { sandbox, provider, connection, signal } = await start()
    const version = `${model}:${sandbox.state.versionsOf(model)[3]?.id}`
    const known = factsOf([target(version), target(`${model}:gone`)])
    const facts = unwrap(await provider.planner.gather(connection, known, false, signal))
    expect(facts.targets.map((one) => [one.target.id, one.status])).toEqual([
      [version, 'ready'],
      [`${model}:gone`, 'deleted']
    ])
    expect(facts.targets[0]?.createdAt).toMatch(/^20/)
    expect(finding(facts, version, 'base-of-training')).toBe('does-not-hold')
  })

  test('somebody else’s, a public one, an empty one, one that is gone', async () => {
    const { provider, connection, signal } = await start()
    const [foreign, open, empty, gone] = [
      'open-trainers/portrait-trainer',
      own('te-reo-portraits'),
      own('old-avatar-tests'),
      own('nothing')
    ]
    const known = factsOf([foreign, open, empty, gone].map((id) => target(id ?? '')))
    const facts = unwrap(await provider.planner.gather(connection, known, false, signal))
    expect(finding(facts, foreign ?? '', 'not-owner')).toBe('holds')
    expect(finding(facts, open ?? '', 'not-private')).toBe('holds')
    expect(finding(facts, empty ?? '', 'versions-left')).toBe('does-not-hold')
    expect(facts.targets.find((one) => one.target.id === gone)).toMatchObject({
      status: 'deleted',
      origin: 'own'
    })
    expect(finding(facts, gone ?? '', 'versions-left')).toBe('not-checked, perhaps')
  })

  test.each<[string, RegExp, CautionCode, 'model' | 'version', string]>([
    ['deployments', /deployments$/, 'deployed', 'version', 'unknown'],
    ['trainings', /trainings$/, 'base-of-training', 'version', 'unknown'],
    // The model itself names its latest version.
    ['versions', /versions$/, 'versions-left', 'model', 'certain'],
    ['model', /portrait-lora$/, 'not-private', 'model', 'unknown']
  ])(
    '%s that cannot be read leave a rule unchecked, and that protects',
    async (_, path, code, kind, sureness) => {
      const { sandbox, provider, connection, signal } = await start()
      const version = `${model}:${sandbox.state.versionsOf(model)[5]?.id}`
      sandbox.faults.add({ match: { path }, effect: { kind: 'answer', status: 403, body: '{}' } })
      const known = factsOf([target(model), target(version)])
      const facts = unwrap(await provider.planner.gather(connection, known, false, signal))
      const found = finding(facts, kind === 'model' ? model : version, code)
      expect(found).toMatch(/, perhaps$/)
      const step = provider.planner
        .plan(facts, choices)
        .steps.find((one) => one.target.kind === kind)
      expect(step?.cautions.find((one) => one.code === code)).toMatchObject({
        level: 'blocks',
        sureness
      })
    }
  )

  test('a latest version that the list lacks is left too', async () => {
    const { sandbox, provider, connection, signal } = await start()
    sandbox.faults.add({
      match: { path: /versions$/ },
      effect: { kind: 'answer', status: 200, body: { results: [], next: null } }
    })
    const latest = `${model}:${sandbox.state.versionsOf(model)[0]?.id}`
    const known = factsOf([target(model)], 'teardown')
    const facts = unwrap(await provider.planner.gather(connection, known, true, signal))
    expect(noteOn(facts, model, 'versions-left')?.evidence).toMatchObject([{ id: latest }])
    expect(provider.planner.plan(facts, choices).steps[0]?.cautions[0]).toMatchObject({
      code: 'versions-left',
      level: 'blocks'
    })
  })

  test('versions on pages that are not followed are never taken for all', async () => {
    const { provider, connection, signal } = await start({
      seedData: 'sample',
      pageSizes: { versions: 5 },
      pageLink: (link) => link.replace('127.0.0.1', 'localhost')
    })
    const known = factsOf([target(model), target(`${model}:on-another-page`)], 'teardown')
    const facts = unwrap(await provider.planner.gather(connection, known, true, signal))
    expect(facts.incomplete).toEqual(['version'])
    expect(finding(facts, model, 'versions-left')).toBe('holds, perhaps')
    expect(facts.targets.find(({ name }) => name.endsWith('another-page'))?.status).toBe('ready')
    const without = facts.targets.filter(({ notes }) => notes.length > 0).map(({ name }) => name)
    expect(without).toContain(`${model}:on-another-page`)
  })

  test('counts of runs are left out where not all could be read', async () => {
    const { sandbox, provider, connection, signal } = await start({
      seedData: 'empty',
      pageSizes: { predictions: 1 }
    })
    const { state } = sandbox
    state.addModel({ ...makeModel('a', 0), runCount: 30 })
    const version = makeVersion(own('a'), '1', 0)
    state.addVersion(version)
    for (let run = 0; run < 25; run += 1) {
      state.addPrediction(makePrediction(`${run}`, version, Date.now() - run))
    }
    const id = `${own('a')}:${version.id}`
    const known = factsOf([target(id)])
    const facts = unwrap(await provider.planner.gather(connection, known, false, signal))
    expect(noteOn(facts, id, 'others-ran-it')?.evidence).toEqual([
      { kind: 'prediction', id: 'run_count', name: '30' }
    ])
  })

  test('nothing can be said without a key that works', async () => {
    const { sandbox, provider, connection, signal } = await start()
    sandbox.allowKey(sandbox.apiKey, false)
    const known = factsOf([target(model)])
    expect(told(await provider.planner.gather(connection, known, true, signal))).toBe(
      'key-rejected'
    )
  })
})
