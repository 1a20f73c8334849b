import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished, vi } from 'vitest'
import { failingLog, unwrap } from '../../../../test/main/desks/desk.ts'
import { createManualClock } from '../../../../test/main/manual-clock.ts'
import { createMemorySecretStore } from '../../../../test/main/secrets/memory-secret-store.ts'
import type { TargetKind } from '../../../shared/catalogue/kinds.ts'
import { accountIdSchema } from '../../../shared/domain/account.ts'
import { assetIdSchema } from '../../../shared/domain/asset.ts'
import type { DeletionPlan, PlanStep } from '../../../shared/domain/plan.ts'
import { fail, ok, type Result } from '../../../shared/result.ts'
import type { Provider, RemovalAnswer } from '../../ports/provider.ts'
import { openStore } from '../../storage/sqlite-store.ts'
import { createKeyRing } from '../key-ring.ts'
import type { ConfirmedPlan } from '../plans/confirmed-plan.ts'
import { createSupervisor } from '../supervisor.ts'
import { createOutbox } from './outbox.ts'

const accountId = accountIdSchema.parse('acc_aaaaaaaa')

const step = (id: string, kind: TargetKind, after: readonly string[]): PlanStep => ({
  id,
  target: { accountId, kind, id: assetIdSchema.parse(id) },
  name: id,
  mode: 'permanent',
  relation: 'asked',
  goes: [],
  stays: [],
  cautions: [],
  after: [...after],
  statusRaw: null,
  createdAt: null
})

/** Two versions, and the model that can only go after them. */
const teardown = (): ConfirmedPlan => {
  const subject: DeletionPlan['subject'] = {
    scope: 'teardown',
    ref: { accountId, kind: 'model', id: assetIdSchema.parse('m') }
  }
  const madeAt = '2026-03-01T12:00:00.000Z'
  const plan: DeletionPlan = {
    planId: 'plan_aaaaaaaa',
    token: '',
    expiresAt: madeAt,
    madeAt,
    subject,
    choices: { mode: 'permanent', byKind: {}, without: [] },
    title: 'm',
    canRun: true,
    steps: [step('v1', 'version', []), step('v2', 'version', []), step('m', 'model', ['v1', 'v2'])],
    survives: [],
    unknowns: []
  }
  const facts = { madeAt, subject, targets: [], incomplete: [], notOffered: [] }
  return { plan, facts, bindings: new Map(), archive: null }
}

type Found = 'there' | 'says-deleted' | 'gone'

/** An outbox at a provider that answers as it is told, and remembers what it was asked. */
const start = async (answers: Readonly<Record<string, Result<RemovalAnswer> | 'throws'>>) => {
  const folder = mkdtempSync(join(tmpdir(), 'outbox-'))
  const clock = createManualClock()
  const store = openStore({ folder, clock, runId: 'run_test', log: failingLog })
  onTestFinished(() => {
    store.close()
    rmSync(folder, { recursive: true })
  })
  const supervisor = createSupervisor({
    clock,
    log: { bug: () => 'ref_1' },
    onBackground: () => undefined
  })
  const keyRing = createKeyRing({
    store,
    secrets: createMemorySecretStore(),
    clock,
    supervisor,
    fingerprintSalt: 'salt',
    onKeychain: () => undefined,
    onLeft: () => undefined
  })
  store.transaction((write) =>
    write.putAccount({
      id: accountId,
      provider: 'replicate',
      name: 'Studio',
      color: 'teal',
      apiAddress: 'https://api.replicate.com',
      isReadOnly: false,
      isSample: false,
      createdAt: clock.nowAt(),
      savedKey: null,
      keyFingerprint: null,
      keyCheck: { outcome: 'works', checkedAt: clock.nowAt() },
      syncedAt: null
    })
  )
  const removed: string[] = []
  const found = new Map<string, Found>()
  const provider = {
    pace: { parallel: 2, gapMs: 0 },
    remove: async (_connection, _kind, id) => {
      removed.push(id)
      const answer = answers[id] ?? ok({ outcome: 'removed', httpStatus: 204 })
      if (answer === 'throws') throw new Error('Nobody knows how far it came')
      return answer
    },
    probe: async (_connection, _kind, id) => ok(found.get(id) ?? 'there')
  } satisfies Partial<Provider> as Pick<Provider, 'pace' | 'remove' | 'probe'> as Provider
  const outbox = createOutbox({
    store,
    keyRing,
    providerOf: () => provider,
    clock,
    clockTrust: { doubt: () => null, nowAt: clock.nowAt },
    emit: () => undefined,
    log: { ...failingLog, bug: () => 'ref_1' },
    supervisor,
    recheck: async (confirmed) => ok({ ...confirmed, changes: [] }),
    remake: async () => fail({ kind: 'not-found' }),
    holdSeconds: () => 0,
    checksAfter: () => () => undefined,
    onGone: () => undefined,
    onEnded: () => undefined,
    onActivity: () => undefined,
    onAttention: () => undefined,
    onCarriedOut: () => undefined,
    isPaused: () => false
  })
  const { id } = unwrap(outbox.start(teardown(), null))
  const states = () =>
    Object.fromEntries(
      store.read
        .batchOperations(id, null, { offset: 0, limit: 10 })
        .map(({ assetName, state }) => [assetName, state])
    )
  const advance = async (ms: number) => {
    await clock.untilWaitedFor(1_000)
    clock.advance(ms)
  }
  return {
    outbox,
    store,
    clock,
    removed,
    found,
    states,
    advance,
    batch: () => store.read.batch(id)
  }
}

const accepted = ok<RemovalAnswer>({ outcome: 'accepted', httpStatus: 202 })

it('what was accepted is looked at until it is gone, and only then what waits for it is sent', async () => {
  const { removed, found, states, advance, batch } = await start({ v1: accepted, v2: accepted })
  await vi.waitFor(() => expect(states()).toEqual({ v1: 'accepted', v2: 'accepted', m: 'queued' }))
  found.set('v1', 'gone')
  await advance(10_000)
  await vi.waitFor(() => expect(states()).toEqual({ v1: 'gone', v2: 'accepted', m: 'queued' }))
  expect(removed).toEqual(['v1', 'v2'])
  found.set('v2', 'gone')
  await advance(30_000)
  await vi.waitFor(() => expect(states()).toEqual({ v1: 'gone', v2: 'gone', m: 'done' }))
  expect(removed).toEqual(['v1', 'v2', 'm'])
  await vi.waitFor(() => expect(batch()?.state).toBe('finished'))
})

it('a version that stays leaves the model unsent, with the reason', async () => {
  const { removed, states, batch, store } = await start({
    v1: fail({ kind: 'provider-refused', status: 400, said: 'deployed' })
  })
  await vi.waitFor(() => expect(batch()?.state).toBe('finished'))
  expect(states()).toEqual({ v1: 'refused', v2: 'done', m: 'canceled' })
  expect(removed).toEqual(['v1', 'v2'])
  const [model] = store.read.operations(['canceled'])
  expect(model?.error).toMatchObject({ kind: 'invalid-input', issues: [{ code: 'stays' }] })
})

it('after a quarter of an hour what is still there stays accepted, and a later look can end it', async () => {
  const { outbox, removed, found, states, advance, batch, store } = await start({ v1: accepted })
  await vi.waitFor(() => expect(states()).toMatchObject({ v1: 'accepted', v2: 'done' }))
  await advance(16 * 60_000)
  await vi.waitFor(() => expect(batch()?.state).toBe('finished'))
  expect(states()).toEqual({ v1: 'accepted', v2: 'done', m: 'canceled' })
  expect(removed).toEqual(['v1', 'v2'])
  found.set('v1', 'gone')
  const account = store.read.account(accountId)
  if (account === null) throw new Error('No account')
  await outbox.settle(account)
  expect(states()).toMatchObject({ v1: 'gone' })
})

it('what throws while it is sent is unclear, with a reference, and is read back', async () => {
  const { states, store, found, advance, batch } = await start({ v1: 'throws' })
  found.set('v1', 'gone')
  await vi.waitFor(() => expect(states()['v1']).toBe('gone'))
  await advance(10_000)
  await vi.waitFor(() => expect(batch()?.state).toBe('finished'))
  const records = [...store.read.eachHistoryEvent()].filter(({ assetName }) => assetName === 'v1')
  expect(records.map(({ type }) => type)).toEqual([
    'deletion-asked',
    'deletion-tried',
    'deletion-unclear',
    'deletion-read-back'
  ])
  expect(records[2]?.body).toMatchObject({ reason: 'bug', reference: 'ref_1', sent: 'unknown' })
})
