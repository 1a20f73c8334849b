import fc from 'fast-check'
import { createProviders } from '../../../src/main/providers/registry.ts'
import { makeModel, makeVersion } from '../../../src/sandbox/replicate-made-data.ts'
import { makeReplica } from '../../../src/sandbox/sample-data.ts'
import type { AssetRef } from '../../../src/shared/domain/asset.ts'
import type { DeletionMode } from '../../../src/shared/domain/deletion.ts'
import type { DeletionPlan, PlanSubject } from '../../../src/shared/domain/plan.ts'
import { faultCatalog, redirectTo, tooManyRequests } from '../../sandbox/fault-catalog.ts'
import type { FaultEffect } from '../../sandbox/faults.ts'
import type { ReplicateOptions } from '../../sandbox/faulty-replicate.ts'
import { type ReplicateSandbox, startReplicateSandbox } from '../../sandbox/faulty-replicate.ts'
import type { FaultyServer, Sandbox, SandboxOptions } from '../../sandbox/faulty-sandbox.ts'
import { throttled } from '../../sandbox/replicate-faults.ts'
import { unwrap } from '../desks/desk.ts'
import { startTavusDesk } from '../desks/tavus-desk.ts'
import { createTestTime } from '../desks/test-time.ts'
import { startTimedDesk, type TimedDesk } from '../desks/timed-desk.ts'

const minuteMs = 60_000
const dayMs = 86_400_000

/** The true answer. */
const plain: FaultEffect = { kind: 'delay', ms: 0 }

const answering = (status: number, body: unknown, processed = false): FaultEffect => ({
  kind: 'answer',
  status,
  body,
  processed
})

/** What can become of a request to delete, by name, so that a story can be read. */
const answers = {
  plain,
  slow: { kind: 'delay', ms: 20 },
  cutBefore: faultCatalog.resetBefore,
  cutAfter: faultCatalog.resetAfter,
  cutMidBody: faultCatalog.resetMidBody,
  hang: faultCatalog.hang,
  hangAfter: { kind: 'hang', processed: true },
  silence: faultCatalog.silence,
  silenceAfter: { kind: 'silence', processed: true },
  unauthorized: faultCatalog.keyRejected,
  noCredit: faultCatalog.outOfCredit,
  forbidden: faultCatalog.forbidden,
  forbiddenPage: answering(403, '<!doctype html><h1>No</h1>'),
  badRequest: answering(400, 'Cannot delete this.'),
  conflict: faultCatalog.conflict,
  conflictAfter: answering(409, { error: 'Conflict' }, true),
  timeoutAnswer: answering(408, ''),
  notFound: faultCatalog.notFound,
  notFoundPage: answering(404, '<!doctype html><h1>Nothing here</h1>'),
  gone: faultCatalog.gone,
  limited: faultCatalog.tooManyRequests,
  limitedFor20: tooManyRequests('20'),
  limitedInBody: throttled({ inBody: 30 }),
  error: faultCatalog.serverError,
  errorAfter: answering(503, '', true),
  badGateway: faultCatalog.badGateway,
  gatewayTimeout: faultCatalog.gatewayTimeout,
  redirectElsewhere: redirectTo(307, 'http://127.0.0.1:9/'),
  redirectHere: redirectTo(302, '/v2/elsewhere'),
  signInPage: faultCatalog.captivePortal,
  signInPageAfter: answering(200, '<!doctype html><h1>Sign in</h1>', true),
  emptyOk: faultCatalog.emptyOk,
  noContent: faultCatalog.noContent,
  accepted: answering(202, ''),
  otherId: faultCatalog.wrongId,
  jsonNull: faultCatalog.jsonNull,
  halfJson: faultCatalog.halfJson,
  tooLong: faultCatalog.lengthTooLong,
  tooShort: faultCatalog.lengthTooShort,
  utf16: faultCatalog.utf16,
  notHttp: faultCatalog.notHttp,
  notHttpAfter: { kind: 'raw', text: 'SSH-2.0-OpenSSH_9.6\r\n', processed: true }
} as const satisfies Readonly<Record<string, FaultEffect>>
type AnswerName = keyof typeof answers

/** What can become of a request to read. Of these only `notFound` and `saysDeleted` are lies that can be believed. */
const looks = {
  plain,
  cut: faultCatalog.resetBefore,
  hang: faultCatalog.hang,
  error: faultCatalog.serverError,
  unauthorized: faultCatalog.keyRejected,
  forbidden: faultCatalog.forbidden,
  notFound: faultCatalog.notFound,
  limited: tooManyRequests('5'),
  signInPage: faultCatalog.captivePortal,
  empty: faultCatalog.emptyOk,
  halfJson: faultCatalog.halfJson,
  redirect: redirectTo(302, 'http://127.0.0.1:9/'),
  saysDeleted: { kind: 'overwrite', fields: { status: 'deleted' } }
} as const satisfies Readonly<Record<string, FaultEffect>>
type LookName = keyof typeof looks

const acts = [
  'nothing',
  'undo',
  'cancel',
  'pause',
  'resume',
  'kill',
  'quit',
  'retry',
  'offline',
  'online',
  'refresh',
  'sleep',
  'wake',
  'deletedElsewhere',
  'back',
  'askAgain'
] as const
type ActName = (typeof acts)[number]

interface Act {
  readonly afterMs: number
  readonly act: ActName
}

interface CommonStory {
  /** How many things there are; the plan takes them all. */
  readonly count: number
  readonly answers: readonly AnswerName[]
  readonly looks: readonly LookName[]
  readonly acts: readonly Act[]
}

export interface TavusStory extends CommonStory {
  readonly provider: 'tavus'
  readonly mode: DeletionMode
  readonly scope: 'assets' | 'likeness'
  readonly holdSeconds: 0 | 10
  readonly world: Pick<
    SandboxOptions,
    | 'deletedReplicas'
    | 'deletedVideos'
    | 'deletedConversations'
    | 'deleteStatus'
    | 'hardDeletedStayMs'
    | 'deletionLagMs'
    | 'activeConversations'
  >
}

export interface ReplicateStory extends CommonStory {
  readonly provider: 'replicate'
  readonly scope: 'assets' | 'teardown'
  readonly world: Pick<
    ReplicateOptions,
    | 'removalMs'
    | 'removingVersions'
    | 'removalFails'
    | 'removingVersionsBlock'
    | 'repeatedDeleteStatus'
    | 'refusal'
  >
}

/** Everything that happens from the plan to the end. */
export type Story = TavusStory | ReplicateStory

const keysOf = <T extends object>(table: T) => Object.keys(table) as (keyof T)[]

const anAct = fc.record({
  afterMs: fc.constantFrom(1_000, 3_000, 12_000, 5 * minuteMs, 20 * minuteMs),
  act: fc.constantFrom<ActName>(...acts)
})

const common = {
  count: fc.integer({ min: 1, max: 3 }),
  answers: fc.array(fc.constantFrom(...keysOf(answers)), { maxLength: 5 }),
  looks: fc.array(fc.constantFrom(...keysOf(looks)), { maxLength: 6 }),
  acts: fc.array(anAct, { maxLength: 6 })
}

const left = fc.constantFrom<'vanish' | 'stay'>('vanish', 'stay')

const tavusStory: fc.Arbitrary<TavusStory> = fc.record({
  provider: fc.constant('tavus'),
  mode: fc.constantFrom('soft', 'permanent'),
  scope: fc.constantFrom('assets', 'likeness'),
  holdSeconds: fc.constantFrom(0, 10),
  world: fc.record({
    deletedReplicas: left,
    deletedVideos: left,
    deletedConversations: left,
    deleteStatus: fc.constantFrom(200, 204),
    hardDeletedStayMs: fc.constantFrom(0, 60_000, 30 * minuteMs),
    deletionLagMs: fc.constantFrom(0, 4_000, 60_000),
    activeConversations: fc.constantFrom('delete', 'refuse')
  }),
  ...common
})

const replicateStory: fc.Arbitrary<ReplicateStory> = fc.record({
  provider: fc.constant('replicate'),
  scope: fc.constantFrom('assets', 'teardown'),
  world: fc.record({
    removalMs: fc.constantFrom(0, 5_000, 2 * minuteMs, 90 * dayMs),
    removingVersions: fc.constantFrom('listed', 'hidden'),
    removalFails: fc.boolean(),
    removingVersionsBlock: fc.boolean(),
    repeatedDeleteStatus: fc.constantFrom(202, 404, 409),
    refusal: fc.record({
      status: fc.constantFrom(400, 403, 409, 422),
      shape: fc.constantFrom('problem', 'detail', 'text', 'empty', 'html')
    })
  }),
  ...common
})

const storiesOf = { tavus: tavusStory, replicate: replicateStory } as const

const neverAsked = (): never => {
  throw new Error('Nothing is asked of a provider that is only looked for')
}

/** Stories at each provider that this build has. */
export const stories: fc.Arbitrary<Story> = fc.oneof(
  ...Object.entries(storiesOf)
    .filter(([id]) => id in createProviders({ http: { send: neverAsked } }))
    .map(([, story]) => story)
)

/** A thing that a story deletes, as its provider knows it. */
export interface Stage {
  readonly desk: TimedDesk<FaultyServer>
  /** What the story's person asks to be deleted. */
  readonly subject: PlanSubject
  /** How often the person confirmed a deletion: plans and retries. */
  timesAsked: number
  readonly server:
    | { readonly kind: 'tavus'; readonly sandbox: Sandbox }
    | { readonly kind: 'replicate'; readonly sandbox: ReplicateSandbox }
  /** Deletes it elsewhere, or brings it back. */
  readonly elsewhere: { remove(): void; bringBack(): void }
}

const openTavus = async (story: TavusStory): Promise<Stage> => {
  const { holdSeconds, world } = story
  const isWhole = story.scope === 'likeness'
  const others = Array.from({ length: isWhole ? 0 : story.count - 1 }, (_, n) => `Replica ${n}`)
  const { desk, refs } = await startTavusDesk(['Amara Osei', ...others], { holdSeconds, ...world })
  const { sandbox, time } = desk
  const face = sandbox.state.replicas.find(({ id }) => id === refs[0]?.id)
  if (face === undefined) throw new Error('A story is about something')
  if (isWhole) addBelongings(sandbox, face.id, story.count, time.clock.nowMs())
  await time.done(desk.library.refresh(desk.accountId))
  return {
    desk,
    subject: subjectOf(isWhole ? 'likeness' : 'assets', refs),
    timesAsked: 0,
    server: { kind: 'tavus', sandbox },
    elsewhere: {
      remove: () => sandbox.state.removeReplica(face.id),
      bringBack: () => {
        sandbox.state.removeReplica(face.id)
        sandbox.state.addReplica(face)
      }
    }
  }
}

/** What was made with a face: videos, and conversations of which the first goes on. */
const addBelongings = ({ state }: Sandbox, replicaId: string, count: number, nowMs: number) => {
  const finished = makeReplica('Amara Osei', nowMs - dayMs).training
  const marks = { deletedAtMs: null, isHardDeleted: false, createdAtMs: nowMs - dayMs }
  for (let index = 0; index < count; index += 1) {
    state.addVideo({
      ...marks,
      id: `v${index}abcdef0123`,
      name: `Video ${index}`,
      replicaId,
      script: 'Hello',
      audioUrl: null,
      updatedAtMs: nowMs - dayMs,
      face: null,
      rendering: finished
    })
    state.addConversation({
      ...marks,
      id: `c${index}abcdef0123456`,
      name: `Talk ${index}`,
      status: index === 0 ? 'active' : 'ended',
      replicaId,
      personaId: 'p0123456789ab',
      callbackUrl: '',
      recordingBucket: null,
      transcript: []
    })
  }
}

const modelId = 'studio-north/face'

const openReplicate = async (story: ReplicateStory): Promise<Stage> => {
  let sandbox: ReplicateSandbox | null = null
  const time = createTestTime(() => sandbox?.requests ?? [])
  const box = await startReplicateSandbox({
    seedData: 'empty',
    now: time.clock.nowMs,
    ...story.world
  })
  sandbox = box
  const pace = { parallel: 1, gapMs: 1_000 }
  const desk = await startTimedDesk({ provider: 'replicate', sandbox: box, time, pace })
  const nowMs = time.clock.nowMs()
  box.state.addModel(makeModel('face', nowMs - 99 * dayMs))
  const made = Array.from({ length: story.count }, (_, index) =>
    makeVersion(modelId, `${index + 1}`, nowMs - (index + 1) * dayMs)
  )
  for (const version of made) box.state.addVersion(version)
  await time.done(desk.library.add(desk.accountId, modelId))
  const [first] = made
  const refs = made.map(({ id }) => desk.ref('version', `${modelId}:${id}`))
  return {
    desk,
    subject:
      story.scope === 'teardown'
        ? { scope: 'teardown', ref: desk.ref('model', modelId) }
        : subjectOf('assets', refs),
    timesAsked: 0,
    server: { kind: 'replicate', sandbox: box },
    elsewhere: {
      remove: () => box.state.removeVersion(first?.id ?? ''),
      bringBack: () => {
        if (first === undefined || box.state.model(modelId) === undefined) return
        box.state.removeVersion(first.id)
        box.state.addVersion(first)
      }
    }
  }
}

const subjectOf = (scope: 'assets' | 'likeness', refs: readonly AssetRef[]): PlanSubject => {
  const [first] = refs
  if (first === undefined) throw new Error('A story is about something')
  return scope === 'likeness' ? { scope, ref: first } : { scope, refs: [...refs] }
}

const blocked = ({ steps }: DeletionPlan): readonly string[] =>
  steps
    .filter(({ cautions }) => cautions.some(({ level }) => level === 'blocks'))
    .map(({ id }) => id)

/** Makes a plan, leaves out what something stands against, and confirms it. */
const ask = async (
  stage: Stage,
  story: Story,
  beforeStart: () => void = () => undefined
): Promise<void> => {
  const { desk } = stage
  const mode = story.provider === 'tavus' ? story.mode : 'permanent'
  const choices = { mode, byKind: {}, without: [] }
  const made = await desk.plan(stage.subject, choices)
  if (!made.ok) return
  const without = blocked(made.value)
  const plan =
    without.length === 0
      ? made.value
      : unwrap(desk.choose(made.value.planId, { ...choices, without: [...without] }))
  if (plan.steps.length === 0) return
  stage.timesAsked += 1
  beforeStart()
  desk.start(plan)
}

/** Confirms again what was refused; permanent deletions by the plan that is made for it. */
const retry = async (stage: Stage, batchId: string): Promise<void> => {
  const { desk } = stage
  const retried = await desk.done(desk.outbox.retry(batchId))
  if (!retried.ok) return
  stage.timesAsked += 1
  const { plan } = retried.value
  if (plan !== null && plan.steps.length > 0 && blocked(plan).length === 0) desk.start(plan)
}

const arm = ({ faults }: FaultyServer, story: Story): void => {
  for (const name of story.answers) {
    faults.add({ match: { method: 'DELETE' }, effect: answers[name], times: 1 })
  }
  for (const name of story.looks) {
    faults.add({ match: { method: 'GET' }, effect: looks[name], times: 1 })
  }
}

const perform = async (stage: Stage, story: Story, act: ActName): Promise<void> => {
  const { desk, elsewhere } = stage
  const { sandbox, outbox } = desk
  switch (act) {
    case 'nothing':
      return
    case 'undo':
    case 'cancel':
    case 'pause':
    case 'resume':
      for (const { id } of desk.batches()) outbox[act](id)
      return
    case 'kill':
      return desk.restart()
    case 'quit':
      return desk.quit()
    case 'retry':
      for (const { id, state } of desk.batches()) {
        if (state !== 'finished') continue
        await retry(stage, id)
        // The logs tell requests apart by their times.
        await desk.time.pass(1_000)
      }
      return
    case 'offline':
      return sandbox.setReachable(false)
    case 'online':
      return sandbox.setReachable(true)
    case 'refresh':
      await desk.done(desk.library.refresh(desk.accountId))
      return
    case 'sleep':
      return outbox.suspend()
    case 'wake':
      return outbox.wake()
    case 'deletedElsewhere':
      return elsewhere.remove()
    case 'back':
      return elsewhere.bringBack()
    case 'askAgain':
      return ask(stage, story)
    default:
      return act satisfies never
  }
}

/** Everything works again, and everybody waits until nothing is open any more. */
const calmDown = async ({ desk }: Stage): Promise<void> => {
  const { sandbox, time, outbox } = desk
  sandbox.faults.clear()
  await sandbox.setReachable(true)
  outbox.wake()
  for (let round = 0; round < 4; round += 1) {
    for (const { id } of desk.batches()) desk.outbox.resume(id)
    await time.pass(20 * minuteMs)
  }
  for (let round = 0; round < 2; round += 1) {
    await desk.done(desk.library.refresh(desk.accountId))
    await time.pass(40 * minuteMs)
    await desk.look()
  }
}

/** Plays a story; `check` looks at what is told after everything that happens, and once more when all is calm again. */
export const play = async (
  story: Story,
  check: (stage: Stage, isCalm: boolean) => Promise<void> | void
): Promise<void> => {
  const stage = await (story.provider === 'tavus' ? openTavus(story) : openReplicate(story))
  try {
    await ask(stage, story, () => arm(stage.desk.sandbox, story))
    for (const { afterMs, act } of story.acts) {
      await stage.desk.time.pass(afterMs)
      await check(stage, false)
      await perform(stage, story, act)
      await check(stage, false)
    }
    await calmDown(stage)
    await check(stage, true)
  } finally {
    await stage.desk.close()
  }
}
