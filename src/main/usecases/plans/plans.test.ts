import { readFileSync } from 'node:fs'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { failingLog, startDesk, type TestDesk, unwrap } from '../../../../test/main/desks/desk.ts'
import type { SandboxOptions } from '../../../../test/sandbox/faulty-sandbox.ts'
import { LAYER_KEY_CANARIES } from '../../../sandbox/canaries.ts'
import { type AssetRef, assetRefSchema } from '../../../shared/domain/asset.ts'
import {
  type DeletionPlan,
  deletionPlanSchema,
  type PlanChoices,
  type PlanSubject
} from '../../../shared/domain/plan.ts'
import { ok } from '../../../shared/result.ts'
import { systemClock } from '../../clock.ts'
import { saveWhole } from '../../files/save-file.ts'
import { createHttpClient } from '../../http/net-http-client.ts'
import type { Clock } from '../../ports/clock.ts'
import { createProviders } from '../../providers/registry.ts'
import { createConfirmations } from './confirmations.ts'
import { createPins } from './pins.ts'
import { createPlans } from './plans.ts'

let desk: TestDesk | null = null
afterEach(async () => {
  await desk?.close()
  desk = null
})

const soft: PlanChoices = { mode: 'soft', byKind: {}, without: [] }
const permanent: PlanChoices = { ...soft, mode: 'permanent' }
const { signal } = new AbortController()

/** The desk with plans on a clock that the test moves, and its first replicas. */
const setUp = async (options: SandboxOptions = { seedData: { replicas: 3, videos: 4 } }) => {
  const started = await startDesk(options)
  desk = started
  await started.library.refresh(started.accountId)
  const time = { ms: 0 }
  const clock: Clock = { ...systemClock, monotonicMs: () => time.ms }
  const folder = await mkdtemp(join(tmpdir(), 'plans-'))
  const { store } = started
  const http = createHttpClient({
    fetch: (url, init) => fetch(url, init),
    fetchOnce: (url, init) => fetch(url, init),
    clock: systemClock,
    random: () => 0.5,
    userAgent: 'test',
    log: failingLog
  })
  const providers = createProviders({ http })
  const plans = createPlans({
    store,
    keyRing: started.keyRing,
    providerOf: () => providers.tavus,
    confirmations: createConfirmations(clock),
    clock,
    askWhere: async (name) => join(folder, name),
    writeText: saveWhole,
    saveArchive: async () => ok(null)
  })
  const pins = createPins({ store, clock, emit: () => undefined })
  const refs = (kind: 'replica' | 'video'): readonly AssetRef[] =>
    store.read
      .listedIds(started.accountId, kind)
      .map((id) => assetRefSchema.parse({ accountId: started.accountId, kind, id }))
  const [first] = refs('replica')
  if (first === undefined) throw new Error('The sandbox has no replica')
  const make = async (subject: PlanSubject, choices = soft) =>
    unwrap(await plans.make(subject, choices, signal))
  const take = (plan: DeletionPlan, typed: string | null = null) =>
    plans.take(plan.planId, plan.token, plan.choices.mode, typed)
  const only: PlanSubject = { scope: 'assets', refs: [first] }
  return { desk: started, plans, pins, time, refs, first, make, take, only, folder }
}

const kindOf = (result: { readonly ok: boolean; readonly error?: unknown }) =>
  result.ok ? 'ok' : JSON.stringify(result.error)

describe('a plan for what was named', () => {
  it('asks nobody, fits the contract, and is handed over once', async () => {
    const { desk, make, take, only } = await setUp()
    desk.sandbox.forgetRequests()
    const plan = await make(only)
    expect(deletionPlanSchema.safeParse(plan).success).toBe(true)
    expect(plan).toMatchObject({ canRun: true, steps: [{ mode: 'soft', relation: 'asked' }] })
    expect(plan.title).toBe(plan.steps[0]?.name)
    expect(desk.sandbox.requests).toEqual([])
    const taken = unwrap(take(plan))
    expect(taken.bindings.get(desk.accountId)).toEqual({
      provider: 'tavus',
      origin: desk.sandbox.origin,
      keyFingerprint: expect.stringMatching(/^[0-9a-f]{32}$/)
    })
    expect(kindOf(take(plan))).toContain('confirmation-expired')
  })

  it('names an asset once, and knows no strangers', async () => {
    const { plans, make, first } = await setUp()
    const twice = await make({ scope: 'assets', refs: [first, first] })
    expect(twice.steps).toHaveLength(1)
    const stranger = assetRefSchema.parse({ ...first, id: 'r404' })
    const refs = [first, stranger]
    expect(kindOf(await plans.make({ scope: 'assets', refs }, soft, signal))).toContain('not-found')
  })

  it('is under way while it is made and until it is confirmed', async () => {
    const { plans, take, only } = await setUp()
    expect(plans.isUnderWay()).toBe(false)
    const making = plans.make(only, soft, signal)
    expect(plans.isUnderWay()).toBe(true)
    const plan = unwrap(await making)
    expect(plans.isUnderWay()).toBe(true)
    unwrap(take(plan))
    expect(plans.isUnderWay()).toBe(false)
  })

  it('is the same whenever the facts are', async () => {
    const { make, only } = await setUp()
    expect((await make(only)).steps).toEqual((await make(only)).steps)
  })
})

describe('a confirmation', () => {
  it.each<[string, PlanChoices, (name: string) => string | null, string]>([
    ['soft needs nothing typed', soft, () => null, 'ok'],
    ['permanent needs the name', permanent, (name) => name, 'ok'],
    ['spaces and spellings aside', permanent, (name) => ` ${name.replace(' ', '  ')} `, 'ok'],
    ['another name', permanent, () => 'x', 'typed'],
    ['nothing typed', permanent, () => null, 'typed'],
    ['a number in place of the name', permanent, () => '1', 'typed']
  ])('%s', async (_what, choices, typed, expected) => {
    const { make, take, only } = await setUp()
    const plan = await make(only, choices)
    expect(kindOf(take(plan, typed(plan.title)))).toContain(expected)
  })

  it.each([
    ['3', 'ok'],
    ['2', 'typed'],
    ['', 'typed']
  ])('for three permanent steps %j is typed: %s', async (typed, expected) => {
    const { make, take, refs } = await setUp()
    const plan = await make({ scope: 'assets', refs: [...refs('replica')] }, permanent)
    expect(kindOf(take(plan, typed))).toContain(expected)
  })

  it('is void after another choice, and after a minute', async () => {
    const { plans, make, take, only, time } = await setUp()
    const plan = await make(only)
    const chosen = unwrap(plans.choose(plan.planId, permanent))
    expect(kindOf(take(plan))).toContain('confirmation-expired')
    expect(kindOf(plans.take(plan.planId, chosen.token, 'soft', null))).toContain(
      'confirmation-expired'
    )
    const again = unwrap(plans.choose(plan.planId, soft))
    time.ms += 60_001
    expect(kindOf(take(again))).toContain('confirmation-expired')
    expect(kindOf(take(unwrap(plans.choose(plan.planId, soft))))).toBe('ok')
  })

  it('is forgotten with the plan after half an hour', async () => {
    const { plans, make, only, time } = await setUp()
    const plan = await make(only)
    time.ms += 30 * 60_000 + 1
    expect(kindOf(plans.choose(plan.planId, soft))).toContain('not-found')
    expect(kindOf(await plans.exportPlan(plan.planId))).toContain('not-found')
  })
})

describe('what holds a plan back', () => {
  it('a pin blocks on every route, also when it came after the plan, and is in the history', async () => {
    const { desk, plans, pins, make, take, only, first } = await setUp()
    const before = await make(only)
    expect(unwrap(pins.setPinned([first], true))).toEqual({ changed: [first] })
    expect(unwrap(pins.setPinned([first], true))).toEqual({ changed: [] })
    expect(kindOf(take(before))).toContain('"field":"plan","code":"blocked"')
    const after = await make(only)
    expect(after).toMatchObject({ canRun: false, steps: [{ cautions: [{ code: 'pinned' }] }] })
    const rechecked = unwrap(
      await plans.recheck({ plan: before, facts: factsOf(before) }, false, signal)
    )
    expect(rechecked.changes).toMatchObject([{ what: 'caution', detail: 'pinned' }])
    expect(rechecked.plan.canRun).toBe(false)
    unwrap(pins.setPinned([first], false))
    expect(kindOf(take(await make(only)))).toBe('ok')
    const types = desk.events().map(({ type }) => type)
    expect(types.filter((type) => type.includes('pinned'))).toEqual([
      'asset-pinned',
      'asset-unpinned'
    ])
  })

  it('a read-only account does', async () => {
    const { desk, make, only } = await setUp()
    const account = desk.store.read.account(desk.accountId)
    if (account === null) throw new Error('No account')
    unwrap(desk.store.transaction((write) => write.putAccount({ ...account, isReadOnly: true })))
    expect((await make(only)).canRun).toBe(false)
  })

  it('a step taken out lets the rest run, and is told as blocked', async () => {
    const { pins, plans, make, refs, first } = await setUp()
    unwrap(pins.setPinned([first], true))
    const plan = await make({ scope: 'assets', refs: [...refs('replica')] })
    const blocked = plan.steps.find(({ target }) => target.id === first.id)
    const without = [blocked?.id ?? '']
    const rest = unwrap(plans.choose(plan.planId, { ...soft, without }))
    expect(rest).toMatchObject({ canRun: true, steps: [{}, {}] })
    expect(rest.survives).toMatchObject([{ id: first.id, reason: 'blocked' }])
  })
})

/** The facts of a plan that was not taken, as far as its steps tell them. */
const factsOf = (plan: DeletionPlan) => ({
  madeAt: plan.madeAt,
  subject: plan.subject,
  targets: plan.steps.map(({ target, name, relation, statusRaw, createdAt }) => ({
    target,
    name,
    relation,
    statusRaw,
    status: 'ready' as const,
    origin: 'own' as const,
    createdAt,
    updatedAt: null,
    parentId: null,
    notes: [],
    holds: []
  })),
  incomplete: [],
  notOffered: []
})

describe('looking again', () => {
  it('finds nothing where nothing changed, asked or not', async () => {
    const { desk, plans, make, take, only } = await setUp()
    const confirmed = unwrap(take(await make(only)))
    desk.sandbox.forgetRequests()
    expect(unwrap(await plans.recheck(confirmed, false, signal)).changes).toEqual([])
    expect(desk.sandbox.requests).toEqual([])
    expect(unwrap(await plans.recheck(confirmed, true, signal)).changes).toEqual([])
    expect(desk.sandbox.requests.length).toBeGreaterThan(0)
  })

  it('asks the provider after a wait, and tells what is another than it was', async () => {
    const { desk, plans, make, take, only, first } = await setUp()
    const confirmed = unwrap(take(await make(only)))
    desk.sandbox.state.renameReplica(first.id, 'Someone else')
    expect(unwrap(await plans.recheck(confirmed, false, signal)).changes).toEqual([])
    expect(unwrap(await plans.recheck(confirmed, true, signal)).changes).toMatchObject([
      { what: 'renamed', detail: 'Someone else' }
    ])
    desk.sandbox.state.removeReplica(first.id)
    expect(unwrap(await plans.recheck(confirmed, true, signal))).toMatchObject({
      changes: [{ what: 'vanished' }],
      plan: { steps: [] }
    })
  })
})

describe('a likeness', () => {
  const start = async () => {
    const up = await setUp({ seedData: 'sample' })
    const face = up.desk.sandbox.state.replicas.find(({ face }) => face === 'adaeze')
    const ref = assetRefSchema.parse({ ...up.first, id: face?.id })
    return { ...up, ref, subject: { scope: 'likeness', ref } as const }
  }

  it('takes everything with its face, the replica last, and nothing of the rest', async () => {
    const { make, subject, ref } = await start()
    const plan = await make(subject, { ...permanent, byKind: { persona: 'keep' } })
    expect(deletionPlanSchema.safeParse(plan).success).toBe(true)
    const kinds = new Set(plan.steps.map(({ target }) => target.kind))
    expect(kinds).toEqual(new Set(['video', 'conversation', 'replica']))
    const last = plan.steps.at(-1)
    expect(last?.target.id).toBe(ref.id)
    expect(last?.after.sort()).toEqual(
      plan.steps
        .slice(0, -1)
        .map(({ id }) => id)
        .sort()
    )
    expect(plan.survives.some(({ kind }) => kind === 'persona')).toBe(true)
  })

  it('tells what came since', async () => {
    const { desk, plans, make, take, subject, ref } = await start()
    const plan = await make(subject)
    const confirmed = unwrap(take(plan))
    const [video] = desk.sandbox.state.videos
    if (video === undefined) throw new Error('The sample has no video')
    desk.sandbox.state.addVideo({ ...video, id: 'f00d5eed00', name: 'New one', replicaId: ref.id })
    const { changes } = unwrap(await plans.recheck(confirmed, false, signal))
    expect(changes).toEqual([{ what: 'added', kind: 'video', name: 'New one', detail: null }])
  })

  it('can be made again for the steps that were refused', async () => {
    const { plans, make, subject } = await start()
    const plan = await make(subject)
    const [first] = plan.steps
    if (first === undefined) throw new Error('No step')
    const again = unwrap(await plans.remake(plan, { targets: [] }, [first.id], signal))
    expect(again.steps.map(({ id }) => id)).toEqual([first.id])
  })

  it('is written to a file without its token, and without keys of other providers', async () => {
    const { plans, make, subject } = await start()
    const plan = await make(subject)
    const { savedAs } = unwrap(await plans.exportPlan(plan.planId))
    const text = readFileSync(savedAs ?? '', 'utf8')
    const told = JSON.parse(text)
    expect(told).toMatchObject({ format: 'replica-desk-plan', version: 1, planId: plan.planId })
    expect(told.factsSha256).toMatch(/^[0-9a-f]{64}$/)
    expect(told.steps).toHaveLength(plan.steps.length)
    for (const secret of [plan.token, ...Object.values(LAYER_KEY_CANARIES)]) {
      expect(text).not.toContain(secret)
    }
  })
})
