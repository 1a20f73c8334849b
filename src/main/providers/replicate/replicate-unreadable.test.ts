import { describe, expect, test } from 'vitest'
import {
  type Cleanup,
  factsOf,
  own,
  start,
  target
} from '../../../../test/main/providers/replicate/simulated-replicate.ts'
import { faultCatalog } from '../../../../test/sandbox/fault-catalog.ts'
import type { Fault, FaultEffect } from '../../../../test/sandbox/faults.ts'
import { throttled } from '../../../../test/sandbox/replicate-faults.ts'
import type { PlanChoices } from '../../../shared/domain/plan.ts'

const choices: PlanChoices = { mode: 'permanent', byKind: {}, without: [] }
const model = own('portrait-lora')
const cleanup: Cleanup = {
  scope: 'cleanup',
  keepNewest: 1,
  keepDeployed: true,
  createdBeforeAt: null
}

const json = { 'content-type': 'application/json' }
const page = (body: unknown): FaultEffect => ({
  kind: 'answer',
  status: 200,
  body: JSON.stringify(body),
  headers: json
})

/** Every kind of answer from which a list cannot be read whole. */
const unreadable: Readonly<Record<string, FaultEffect>> = {
  'bad request': { kind: 'answer', status: 400, body: '{"detail":"No."}', headers: json },
  'no key': faultCatalog.keyRejected,
  forbidden: faultCatalog.forbidden,
  'not found': { kind: 'answer', status: 404, body: '{"detail":"Not found."}', headers: json },
  gone: faultCatalog.gone,
  'too many requests': throttled({ retryAfter: '7200' }),
  'server error': faultCatalog.serverError,
  'bad gateway': faultCatalog.badGateway,
  unavailable: faultCatalog.unavailable,
  'web page': faultCatalog.captivePortal,
  'half a body': faultCatalog.halfJson,
  'nothing at all': faultCatalog.emptyOk,
  'no content': faultCatalog.noContent,
  null: faultCatalog.jsonNull,
  'rows that are no list': page({ results: null, next: null }),
  'no rows at all': page({ next: null }),
  'rows of another kind': page({ results: [{ hello: 'world' }], next: null }),
  'a bare list': page([]),
  redirect: { kind: 'redirect', status: 302, location: 'http://127.0.0.1:9/' },
  'cut connection': faultCatalog.resetBefore,
  'cut in the middle': faultCatalog.resetMidBody,
  'no HTTP': faultCatalog.notHttp,
  'a next page elsewhere': page({ results: [], next: 'https://elsewhere.example/v1/x' }),
  'a next page that is no link': page({ results: [], next: 7 })
}

const pageSizes = { deployments: 1, trainings: 1, versions: 10 } as const
const places: readonly (readonly [string, Pick<Fault, 'afterSkipping'>])[] = [
  ['first', {}],
  ['second', { afterSkipping: 1 }]
]

const open = async () => {
  const { sandbox, provider, connection, signal } = await start({ seedData: 'sample', pageSizes })
  const versions = sandbox.state.versionsOf(model)
  const deployed = sandbox.state.deployments.find((row) => row.model === model)
  const base = sandbox.state.trainings.find((row) => row.model === model)
  const known = versions.map(({ id, createdAtMs }) =>
    target(`${model}:${id}`, { createdAt: new Date(createdAtMs).toISOString() })
  )
  /** What a plan would ask for while a list fails. */
  const asks = async (list: keyof typeof pageSizes, fault: Omit<Fault, 'match'>) => {
    sandbox.faults.clear()
    sandbox.faults.add({ ...fault, match: { method: 'GET', path: new RegExp(`${list}$`) } })
    const told = factsOf([target(model), ...known], 'teardown')
    const gathered = await provider.planner.gather(connection, told, true, signal)
    return (subject: 'teardown' | Cleanup): readonly string[] => {
      if (!gathered.ok) return []
      const facts = { ...gathered.value, subject: factsOf([target(model)], subject).subject }
      return provider.planner
        .plan(facts, choices)
        .steps.filter(({ cautions }) => !cautions.some(({ level }) => level === 'blocks'))
        .map(({ target: { id } }) => id)
    }
  }
  return { asks, deployed: `${model}:${deployed?.version}`, base: `${model}:${base?.version}` }
}

describe.each(Object.entries(unreadable))('a list that answers %s', (_, effect) => {
  test('protects whatever it could have spoken for', async () => {
    const { asks, deployed, base } = await open()
    for (const [place, skipped] of places) {
      const deployments = await asks('deployments', { effect, ...skipped })
      expect(deployments(cleanup), place).not.toContain(deployed)
      expect(deployments({ ...cleanup, keepDeployed: false }), place).not.toContain(deployed)
      expect(deployments('teardown'), place).not.toContain(deployed)
      expect(deployments('teardown'), place).not.toContain(model)

      const trainings = await asks('trainings', { effect, ...skipped })
      expect(trainings(cleanup), place).not.toContain(base)
      expect(trainings('teardown'), place).not.toContain(base)

      const versions = await asks('versions', { effect, ...skipped })
      expect(versions(cleanup), place).toEqual([])
      expect(versions('teardown'), place).not.toContain(model)
    }
  })
})

test.each([
  ['a version in capitals', (version: string) => ({ model, version: version.toUpperCase() })],
  ['a short version', (version: string) => ({ model, version: version.slice(0, 12) })],
  ['a version with its model', (version: string) => ({ model, version: `${model}:${version}` })],
  [
    'a model as a link',
    (version: string) => ({ model: `https://replicate.com/${model}`, version })
  ],
  ['a model without its owner', (version: string) => ({ model: 'portrait-lora', version })]
])('a deployment that names %s protects what it runs', async (_, release) => {
  const { asks, deployed } = await open()
  const current_release = release(deployed.split(':')[1] ?? '')
  const row = { owner: 'studio-north', name: 'team-portraits', current_release }
  const plan = await asks('deployments', { effect: page({ results: [row], next: null }) })
  expect(plan(cleanup)).not.toContain(deployed)
  expect(plan('teardown')).not.toContain(deployed)
  expect(plan('teardown')).not.toContain(model)
})

test('lists that answer leave a clean-up all that may go', async () => {
  const { asks } = await open()
  const all = await asks('versions', { effect: faultCatalog.serverError, times: 0 })
  expect(all(cleanup)).toHaveLength(11)
})

test('an official model of one’s own, whose versions are not listed, is not asked for', async () => {
  const { sandbox, provider, connection, signal } = await start({
    seedData: 'sample',
    officialModels: [own('lobby-greeter')]
  })
  const official = own('lobby-greeter')
  expect(sandbox.state.versionsOf(official).length).toBeGreaterThan(0)
  const facts = await provider.planner.gather(
    connection,
    factsOf([target(official)], 'teardown'),
    true,
    signal
  )
  if (!facts.ok) throw new Error('It can be read')
  const [step] = provider.planner.plan(facts.value, choices).steps
  expect(step?.target.id).toBe(official)
  expect(step?.cautions).toContainEqual(
    expect.objectContaining({ code: 'versions-left', level: 'blocks' })
  )
})
