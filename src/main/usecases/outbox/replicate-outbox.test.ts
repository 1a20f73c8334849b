import { afterEach, describe, expect, it } from 'vitest'
import { unwrap } from '../../../../test/main/desks/desk.ts'
import {
  blockedSteps,
  isOver,
  type ReplicateDesk,
  startReplicateDesk
} from '../../../../test/main/desks/replicate-desk.ts'
import { faultCatalog } from '../../../../test/sandbox/fault-catalog.ts'
import type { FaultEffect } from '../../../../test/sandbox/faults.ts'
import type { ReplicateOptions } from '../../../../test/sandbox/faulty-replicate.ts'
import { throttled } from '../../../../test/sandbox/replicate-faults.ts'
import { batchState, countsText, itemState } from '../../../renderer/text/batch-words.ts'
import { eventText } from '../../../renderer/text/history-words.ts'
import { cautionText } from '../../../renderer/text/plan-words.ts'
import {
  makeDeployment,
  makeFile,
  makeModel,
  makeTraining,
  makeVersion
} from '../../../sandbox/replicate-made-data.ts'
import type { Batch } from '../../../shared/domain/batch.ts'
import { toldBy } from '../../../verifier/told.ts'

const desks: ReplicateDesk[] = []
afterEach(async () => {
  await Promise.all(desks.splice(0).map((desk) => desk.close()))
})

const dayMs = 86_400_000
const minuteMs = 60_000
const modelId = 'studio-north/face'
const modelPath = `/v1/models/${modelId}`

/** A model of one's own with so many versions, the only one there is. */
const open = async (versions: number, options: ReplicateOptions = {}) => {
  const desk = await startReplicateDesk({ seedData: 'empty', ...options })
  desks.push(desk)
  const now = desk.time.clock.nowMs()
  desk.sandbox.state.addModel(makeModel('face', now - 99 * dayMs))
  const made = Array.from({ length: versions }, (_, index) =>
    makeVersion(modelId, `${index + 1}`, now - (index + 1) * dayMs)
  )
  for (const version of made) desk.sandbox.state.addVersion(version)
  await desk.done(desk.library.add(desk.accountId, modelId))
  const refs = made.map(({ id }) => desk.ref('version', `${modelId}:${id}`))
  return { desk, made, refs }
}

const teardown = ({ ref, plan }: ReplicateDesk, without?: Parameters<typeof plan>[1]) =>
  plan({ scope: 'teardown', ref: ref('model', modelId) }, without)

const failDelete = (desk: ReplicateDesk, effect: FaultEffect, times = 1) =>
  desk.sandbox.faults.add({ match: { method: 'DELETE' }, effect, times })

/** So many deletions were asked for. */
const untilAsked = (desk: ReplicateDesk, count: number) =>
  desk.time.until(() => desk.deletes().length >= count)

const refresh = (desk: ReplicateDesk) => desk.done(desk.library.refresh(desk.accountId))

const modelAsked = (desk: ReplicateDesk): number =>
  desk.deletes().filter((path) => path === modelPath).length
const versionsAsked = (desk: ReplicateDesk): readonly string[] =>
  desk.deletes().filter((path) => path !== modelPath)

const recordsOf = (desk: ReplicateDesk, id: string) =>
  desk.events().filter(({ assetId, type }) => assetId === id && type.startsWith('deletion'))
const sentences = (desk: ReplicateDesk, id: string): readonly string[] =>
  recordsOf(desk, id).map(eventText)

const itemOf = (desk: ReplicateDesk, { id }: Batch, assetId: string) => {
  const found = desk.items(id).find(({ target }) => target.id === assetId)
  if (found === undefined) throw new Error('No such item')
  return found
}
const textOf = (desk: ReplicateDesk, batch: Batch, assetId: string): string =>
  itemState(itemOf(desk, batch, assetId), 'Replicate').text

describe('a teardown', () => {
  it('takes the file that a training was given along, and says what became of it', async () => {
    const { desk, made } = await open(1)
    const { state } = desk.sandbox
    const now = desk.time.clock.nowMs()
    const base = makeVersion('open-trainers/portrait-trainer', '1', now)
    const training = makeTraining('face', base, modelId, now)
    const outputVersion = made[0]?.id ?? ''
    state.addTraining({ ...training, outputVersion, files: ['face-zip'] })
    state.addFile(makeFile('face-zip', 'face.zip', now))
    const batch = await desk.run(await teardown(desk))
    expect(desk.deletes()).toContain('/v1/files/face-zip')
    expect(state.files).toEqual([])
    expect(textOf(desk, batch, 'face-zip')).toBe('Replicate confirmed the permanent deletion')
    expect(recordsOf(desk, 'face-zip').at(-1)).toMatchObject({ assetName: 'face.zip' })
  })

  it('takes versions, then the model; what was accepted is told as gone when checked', async () => {
    const { desk, refs } = await open(3)
    const batch = await desk.run(await teardown(desk))
    expect(desk.sandbox.state.model(modelId)).toBeUndefined()
    expect(desk.deletes()).toHaveLength(4)
    expect(batch.counts).toMatchObject({ gone: 3, done: 1 })
    expect(countsText(batch, 'Replicate')).toBe(
      '1 deleted (confirmed by Replicate) · 3 no longer listed'
    )
    const [ref] = refs
    expect(textOf(desk, batch, ref?.id ?? '')).toBe(
      'Replicate accepted; no longer listed when checked'
    )
    const records = recordsOf(desk, ref?.id ?? '')
    const accepted = records.find(({ type }) => type === 'deletion-accepted')
    expect(toldBy(records)).toMatchObject({
      timesSent: 1,
      answer: { outcome: 'accepted', httpStatus: 202, answeredAt: accepted?.at }
    })
  })

  it.each<[string, FaultEffect]>([
    ['server error', faultCatalog.serverError],
    ['web page', faultCatalog.captivePortal],
    ['forbidden', faultCatalog.forbidden],
    ['not found', faultCatalog.notFound],
    ['half a body', faultCatalog.halfJson],
    ['null', faultCatalog.jsonNull],
    ['nothing at all', faultCatalog.emptyOk],
    ['cut connection', faultCatalog.resetBefore],
    ['redirect', { kind: 'redirect', status: 302, location: 'http://127.0.0.1:9/' }],
    [
      'a next page elsewhere',
      {
        kind: 'answer',
        status: 200,
        body: { results: [], next: 'https://elsewhere.example/v1/models' }
      }
    ]
  ])('never asks for the model while its versions answer %s', async (_, effect) => {
    const { desk } = await open(2)
    const plan = await teardown(desk)
    const { id } = desk.start(plan)
    await untilAsked(desk, 2)
    desk.sandbox.faults.add({ match: { method: 'GET', path: /versions$/ }, effect })
    const batch = await desk.until(id, isOver)
    expect(modelAsked(desk)).toBe(0)
    expect(desk.sandbox.state.model(modelId)).toBeDefined()
    expect(itemOf(desk, batch, modelId).state).toBe('canceled')
    expect(toldBy(recordsOf(desk, modelId))).toMatchObject({ timesSent: 0 })
  })

  it('never asks for the model while a version is left that came meanwhile', async () => {
    const { desk } = await open(2)
    const { id } = desk.start(await teardown(desk))
    await untilAsked(desk, 2)
    desk.sandbox.state.addVersion(makeVersion(modelId, '9', desk.time.clock.nowMs() - 1_000))
    const batch = await desk.until(id, isOver)
    expect(modelAsked(desk)).toBe(0)
    expect(textOf(desk, batch, modelId)).toBe('Not sent')
  })

  it('asks for the model again, in growing pauses, while hidden versions still count', async () => {
    const { desk } = await open(2, { removingVersions: 'hidden', removalMs: 3 * minuteMs })
    const batch = await desk.run(await teardown(desk))
    expect(desk.sandbox.state.model(modelId)).toBeUndefined()
    expect(versionsAsked(desk)).toHaveLength(2)
    const times = modelAsked(desk)
    expect(times).toBeGreaterThan(1)
    expect(times).toBeLessThan(8)
    const records = recordsOf(desk, modelId)
    expect(records.filter(({ type }) => type === 'deletion-tried')).toHaveLength(times)
    expect(records.flatMap(({ body }) => body['attempt'] ?? []).at(-1)).toBe(times)
    expect(toldBy(records)).toMatchObject({
      timesSent: times,
      answer: { outcome: 'done', httpStatus: 204 }
    })
    expect(sentences(desk, modelId)).toContain(
      'not deleted yet, another request follows while versions are being deleted: Replicate refused, “Delete the versions of this model first.”'
    )
    expect(batch.counts).toMatchObject({ gone: 2, done: 1, refused: 0 })
  })

  it('ends with the last refusal if the model is never let go', async () => {
    const { desk } = await open(1, { removingVersions: 'hidden', removalMs: 24 * 60 * minuteMs })
    const batch = await desk.run(await teardown(desk))
    expect(itemOf(desk, batch, modelId)).toMatchObject({ state: 'refused', httpStatus: 400 })
    expect(sentences(desk, modelId).at(-1)).toBe(
      'not deleted: Replicate refused, “Delete the versions of this model first.”'
    )
    expect(modelAsked(desk)).toBeLessThan(15)
  })

  it('asks once for a model that was refused by itself', async () => {
    const { desk } = await open(0, { refusal: { status: 403 } })
    desk.sandbox.faults.add({ match: { method: 'DELETE' }, effect: faultCatalog.forbidden })
    const ref = desk.ref('model', modelId)
    const batch = await desk.run(await desk.plan({ scope: 'assets', refs: [ref] }))
    expect(itemOf(desk, batch, modelId).state).toBe('refused')
    expect(modelAsked(desk)).toBe(1)
  })
})

describe('a teardown that was killed on its way', () => {
  it.each<[ReplicateOptions['removingVersions'], number]>(
    (['listed', 'hidden'] as const).flatMap((how) =>
      [1, 2, 3, 4].map((after): ['listed' | 'hidden', number] => [how, after])
    )
  )('goes on with versions %s while they are removed, after %i requests', async (how, after) => {
    const { desk } = await open(4, { removingVersions: how ?? 'listed' })
    desk.sandbox.faults.add({
      match: { method: 'DELETE' },
      effect: { kind: 'hang', processed: true },
      afterSkipping: after - 1,
      times: 1
    })
    const { id } = desk.start(await teardown(desk))
    await untilAsked(desk, after)
    desk.restart()
    await refresh(desk)
    desk.outbox.resume(id)
    const batch = await desk.until(id, (one) => isOver(one) || one.waitsFor === 'changed')
    expect(batch.changes).toEqual([])
    expect(batch.state).toBe('finished')
    expect(desk.sandbox.state.model(modelId)).toBeUndefined()
    expect(new Set(versionsAsked(desk)).size).toBe(versionsAsked(desk).length)
  })
})

describe('an answer to a single deletion', () => {
  const one = async (effect: FaultEffect, options: ReplicateOptions = {}, times = 1) => {
    const opened = await open(2, options)
    const { desk, refs } = opened
    const [ref] = refs
    if (ref === undefined) throw new Error('No version')
    failDelete(desk, effect, times)
    const plan = await desk.plan({ scope: 'assets', refs: [ref] })
    return { ...opened, ref, plan }
  }

  it('429 is followed by another request after the time it names', async () => {
    const { desk, ref, plan } = await one(throttled({ retryAfter: '60' }))
    const { id } = desk.start(plan)
    const paused = await desk.until(id, ({ waitsFor }) => waitsFor === 'pace')
    expect(desk.deletes()).toHaveLength(1)
    expect(textOf(desk, paused, ref.id)).toBe('Queued again: Replicate is limiting requests')
    const batch = await desk.until(id, isOver)
    expect(batch.counts.gone).toBe(1)
    expect(desk.deletes()).toHaveLength(2)
    const [first, second] = desk.sandbox.requests.filter(({ method }) => method === 'DELETE')
    expect(Date.parse(second?.at ?? '') - Date.parse(first?.at ?? '')).toBeGreaterThanOrEqual(
      60_000
    )
    expect(toldBy(recordsOf(desk, ref.id))).toMatchObject({
      timesSent: 2,
      answer: { outcome: 'accepted', httpStatus: 202 }
    })
  })

  it('404 while the version is there is a refusal', async () => {
    const { desk, ref, plan } = await one(faultCatalog.notFound)
    const batch = await desk.run(plan)
    expect(itemOf(desk, batch, ref.id)).toMatchObject({ state: 'refused', httpStatus: 404 })
    expect(textOf(desk, batch, ref.id)).toBe(
      'Not deleted: Replicate responded that it doesn’t know this item, but it’s still listed'
    )
    expect(sentences(desk, ref.id).join('\n')).not.toMatch(/already deleted/)
    expect(desk.store.read.asset(ref)?.presence).toBe('listed')
  })

  it('404 for what was deleted elsewhere is told as gone only once it was read', async () => {
    const { desk, ref, plan, made } = await one(faultCatalog.notFound, {}, 0)
    const { id } = desk.start(plan)
    desk.sandbox.state.removeVersion(made[0]?.id ?? '')
    const batch = await desk.until(id, (now) => isOver(now) || now.waitsFor === 'changed')
    if (batch.waitsFor === 'changed') return
    expect(itemOf(desk, batch, ref.id).state).toBe('already-gone')
  })

  it.each<[string, FaultEffect, string]>([
    ['a lost answer', faultCatalog.resetAfter, 'The response was lost'],
    [
      'a redirect',
      { kind: 'redirect', status: 307, location: 'http://127.0.0.1:9/' },
      'The request was redirected to http://127.0.0.1:9; the redirect wasn’t followed'
    ],
    ['a server error', faultCatalog.serverError, 'Replicate responded with an error (500)']
  ])('%s is said at once, as what it is', async (_, effect, said) => {
    const { desk, ref, plan } = await one(effect)
    const { id } = desk.start(plan)
    const batch = await desk.until(id, ({ counts }) => counts.unclear === 1)
    expect(textOf(desk, batch, ref.id)).toMatch(new RegExp(`^${said.replace(/[()]/g, '.')}`))
  })

  it('a redirect is told with its target in the history too', async () => {
    const { desk, ref, plan } = await one({
      kind: 'redirect',
      status: 307,
      location: 'http://127.0.0.1:9/a?secret=1'
    })
    const { id } = desk.start(plan)
    await desk.until(id, ({ counts }) => counts.unclear === 1)
    expect(sentences(desk, ref.id)).toContain(
      'outcome unknown. The request was redirected to http://127.0.0.1:9; the redirect wasn’t followed.'
    )
  })

  it('a lost answer does not hold up the looks at others', async () => {
    const { desk, refs, made } = await open(3)
    const oldest = made.at(-1)
    failDelete(desk, faultCatalog.resetBefore)
    desk.sandbox.faults.add({
      match: { method: 'GET', path: new RegExp(`/versions/${oldest?.id}$`) },
      effect: faultCatalog.serverError
    })
    const { id } = desk.start(await desk.plan({ scope: 'assets', refs }))
    const batch = await desk.until(id, ({ counts }) => counts.gone === 2)
    expect(batch.counts).toMatchObject({ gone: 2, unclear: 1 })
  })
})

it('an account that gets another address between two requests: the next one goes to neither', async () => {
  const { desk, refs } = await open(3)
  const { id } = desk.start(await desk.plan({ scope: 'assets', refs }))
  await desk.until(id, ({ counts }) => counts.accepted === 1)
  const apiAddress = 'http://127.0.0.1:9'
  unwrap(desk.store.transaction((write) => write.putAccount({ ...desk.account(), apiAddress })))
  const asked = desk.time.exchanges.length
  const batch = await desk.until(id, ({ waitsFor }) => waitsFor !== null)
  expect(batch.waitsFor).toBe('changed')
  expect(desk.deletes()).toHaveLength(1)
  expect(desk.time.exchanges.slice(asked)).toEqual([])
})

describe('a removal that never ends', () => {
  const never = { removalMs: 90 * dayMs }

  it('says so after a quarter of an hour, and can be asked for anew', async () => {
    const { desk, refs } = await open(1, never)
    const [ref] = refs
    if (ref === undefined) throw new Error('No version')
    const batch = await desk.run(await teardown(desk))
    expect(batchState(batch, desk.time.clock.nowMs()).text).toBe('1 accepted, still listed')
    expect(countsText(batch, 'Replicate')).toBe('1 accepted, still listed · 1 not sent')
    expect(textOf(desk, batch, ref.id)).toBe(
      'Replicate accepted, but it was still listed after 15 minutes'
    )
    expect(sentences(desk, ref.id).at(-1)).toBe(
      'checked: still listed 15 minutes after Replicate accepted the deletion'
    )
    expect(toldBy(recordsOf(desk, ref.id))).toMatchObject({
      timesSent: 1,
      answer: { outcome: 'accepted', httpStatus: 202 }
    })
    expect(modelAsked(desk)).toBe(0)

    const again = await teardown(desk)
    expect(blockedSteps(again)).toEqual([])
    const caution = again.steps[0]?.cautions.find(({ code }) => code === 'not-gone-yet')
    expect(caution).toMatchObject({ level: 'warns' })
    expect(cautionText('not-gone-yet')).toMatch(/You can request it again/)
    const second = desk.start(again)
    await untilAsked(desk, 2)
    desk.sandbox.state.changeVersion(ref.id.split(':')[1] ?? '', {
      removal: { goneAtMs: desk.time.clock.nowMs(), fails: false }
    })
    const ended = await desk.until(second.id, isOver)
    expect(ended.counts).toMatchObject({ gone: 1, done: 1 })
  })
})

describe('a removal that was told as done and never happens', () => {
  it('leaves the version in the library, also while another one was accepted', async () => {
    const { desk, refs } = await open(2, { removalMs: 90 * dayMs })
    const [ref] = refs
    if (ref === undefined) throw new Error('No version')
    failDelete(desk, faultCatalog.noContent)
    const first = await desk.run(await desk.plan({ scope: 'assets', refs: [ref] }))
    expect(first.counts.done).toBe(1)
    expect(desk.store.read.asset(ref)?.presence).toBe('gone')
    await desk.time.pass(minuteMs)
    const second = await desk.run(await desk.plan({ scope: 'assets', refs: [ref] }))
    expect(second.counts.accepted).toBe(1)
    await refresh(desk)
    expect(desk.store.read.asset(ref)?.presence).toBe('listed')
  })
})

describe('a version that comes back', () => {
  it('is told like any drift: notice, list, history, later receipt', async () => {
    const { desk, refs } = await open(2, { removingVersions: 'hidden', removalFails: true })
    const [ref] = refs
    if (ref === undefined) throw new Error('No version')
    const batch = await desk.run(await desk.plan({ scope: 'assets', refs: [ref] }))
    expect(batch.counts.gone).toBe(1)
    expect(desk.store.read.asset(ref)?.presence).toBe('gone')
    await desk.time.pass(3 * minuteMs)
    expect(desk.sandbox.state.versionsOf(modelId)).toHaveLength(2)
    await refresh(desk)
    expect(desk.store.read.asset(ref)?.presence).toBe('listed')
    expect(desk.notices.map(({ title }) => title)).toEqual([
      expect.stringMatching(/is available again$/)
    ])
    expect(sentences(desk, ref.id).at(-1)).toBe('found again after its deletion')
    const [item] = desk.items(batch.id)
    expect(item?.checks.filter(({ result }) => result === 'still-there')).toHaveLength(1)
    await refresh(desk)
    expect(desk.notices).toHaveLength(1)
  })
})

describe('a clean-up', () => {
  it('asks for nothing that may be deployed while deployments cannot be read', async () => {
    const { desk, made } = await open(4)
    const now = desk.time.clock.nowMs()
    const [, , deployed] = made
    if (deployed === undefined) throw new Error('No version')
    desk.sandbox.state.addDeployment(makeDeployment('live', deployed, now))
    const cleanup = {
      scope: 'cleanup',
      ref: desk.ref('model', modelId),
      keepNewest: 1,
      keepDeployed: true,
      createdBeforeAt: null
    } as const
    const plan = await desk.plan(cleanup)
    expect(plan.steps).toHaveLength(2)
    desk.sandbox.faults.add({
      match: { method: 'GET', path: /deployments$/ },
      effect: faultCatalog.serverError
    })
    const unread = await desk.plan(cleanup)
    expect(unread.steps).toEqual([])
    expect(new Set(unread.survives.map(({ reason }) => reason))).toEqual(
      new Set(['kept', 'not-readable'])
    )
    const batch = await desk.run(plan, ({ waitsFor }) => waitsFor === 'changed')
    expect(new Set(batch.changes.map(({ what }) => what))).toEqual(new Set(['kept']))
    desk.outbox.resume(batch.id)
    const ended = await desk.until(batch.id, isOver)
    expect(ended.counts.canceled).toBe(2)
    expect(desk.deletes()).toEqual([])
  })

  it('asks for nothing that was deployed since it was confirmed', async () => {
    const { desk, made, refs } = await open(3)
    const [, second] = made
    if (second === undefined) throw new Error('No version')
    const plan = await desk.plan({
      scope: 'cleanup',
      ref: desk.ref('model', modelId),
      keepNewest: 1,
      keepDeployed: true,
      createdBeforeAt: null
    })
    desk.sandbox.state.addDeployment(makeDeployment('live', second, desk.time.clock.nowMs()))
    const batch = await desk.run(plan, ({ waitsFor }) => waitsFor === 'changed')
    expect(batch.changes).toMatchObject([{ what: 'kept' }])
    desk.outbox.resume(batch.id)
    const ended = await desk.until(batch.id, isOver)
    expect(ended.counts).toMatchObject({ canceled: 1, gone: 1 })
    expect(desk.deletes()).toEqual([`/v1/models/${refs[2]?.id.replace(':', '/versions/')}`])
  })
})
