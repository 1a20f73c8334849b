import { afterEach, describe, expect, it } from 'vitest'
import { startDesk, type TestDesk, unwrap } from '../../../../test/main/desks/desk.ts'
import { countsText, itemState } from '../../../renderer/text/batch-words.ts'
import { describeError } from '../../../renderer/text/describe-error.ts'
import { eventText } from '../../../renderer/text/history-words.ts'
import { batchNotice } from '../../../renderer/text/notice-words.ts'
import { makePage, makePersona, makeReplica, makeVoice } from '../../../sandbox/sample-data.ts'
import { assetRefSchema } from '../../../shared/domain/asset.ts'
import type { Batch } from '../../../shared/domain/batch.ts'
import type { PlanChoices, PlanSubject } from '../../../shared/domain/plan.ts'

const desks: TestDesk[] = []
afterEach(async () => {
  await Promise.all(desks.splice(0).map((desk) => desk.close()))
})

const { signal } = new AbortController()

/** A face with its voice, a PAL that shows both on a page, and somebody else's face and voice. */
const open = async (options: Parameters<typeof startDesk>[0] = {}) => {
  const desk = await startDesk({ seedData: 'empty', ...options })
  desks.push(desk)
  const { state } = desk.sandbox
  const now = desk.sandbox.clock.now()
  const add = (name: string) => {
    const voice = makeVoice(name, now)
    const face = makeReplica(name, now)
    state.addVoice(voice)
    state.addReplica({ ...face, originalVoiceId: voice.id, defaultVoiceId: voice.id })
    return { face, voice }
  }
  const mia = add('Mia')
  const ben = add('Ben')
  const pal = { ...makePersona('Guide', now), defaultReplicaId: mia.face.id, voiceId: mia.voice.id }
  state.addPersona(pal)
  const page = makePage('Front', pal.id, now)
  state.addPage(page)
  await desk.library.refresh(desk.accountId)
  const ref = (kind: 'replica' | 'voice' | 'persona', id: string) =>
    assetRefSchema.parse({ accountId: desk.accountId, kind, id })
  const repoint = [
    { ref: ref('replica', ben.face.id), name: 'As the window says' },
    { ref: ref('voice', ben.voice.id), name: 'As the window says' }
  ]
  const start = async (subject: PlanSubject, choices: Partial<PlanChoices>): Promise<Batch> => {
    const whole: PlanChoices = { mode: 'permanent', byKind: {}, without: [], ...choices }
    const { planId, token, steps } = unwrap(await desk.plans.make(subject, whole, signal))
    const typed = steps.length === 1 ? (steps[0]?.name ?? null) : String(steps.length)
    return unwrap(
      desk.outbox.start(unwrap(desk.plans.take(planId, token, 'permanent', typed)), null)
    )
  }
  const isOver = ({ state: now }: Batch): boolean => now === 'finished'
  const palOnly: PlanSubject = { scope: 'assets', refs: [ref('persona', pal.id)] }
  const likeness: PlanSubject = { scope: 'likeness', ref: ref('replica', mia.face.id) }
  const changes = () =>
    desk.sandbox.requests
      .filter(({ method }) => method !== 'GET')
      .map(({ method, path }) => `${method} ${path}`)
  const itemOf = (batch: Batch, id: string) => {
    const { rows } = unwrap(desk.outbox.items(batch.id, null, { offset: 0, limit: 50 }))
    const found = rows.find(({ target }) => target.id === id)
    if (found === undefined) throw new Error('No such item')
    return found
  }
  return {
    desk,
    state,
    mia,
    ben,
    pal,
    page,
    ref,
    repoint,
    start,
    isOver,
    palOnly,
    likeness,
    changes,
    itemOf
  }
}

describe('a plan that changes PALs and pages', () => {
  it('takes the page offline, repoints the PAL and erases face and voice, in that order', async () => {
    const { desk, state, mia, ben, pal, page, repoint, start, isOver, likeness, changes, ref } =
      await open()
    const batch = await start(likeness, {
      byKind: { persona: 'repoint', page: 'offline' },
      repoint
    })
    const ended = await desk.until(batch.id, isOver)
    expect(ended.counts.done).toBe(4)
    expect(countsText(ended, 'Tavus')).toBe('2 changed as planned · 2 deleted (confirmed by Tavus)')
    expect(batchNotice('ended', ended, null, 'Tavus')).toMatchObject({
      title: '4 items: changed as planned',
      text: '2 changed as planned. Tavus confirmed 2 deletions.'
    })
    expect(changes()).toEqual([
      `PATCH /v2/deployments/${page.id}`,
      `PATCH /v2/pals/${pal.id}`,
      `DELETE /v2/replicas/${mia.face.id}`,
      `DELETE /v2/voices/${mia.voice.id}`
    ])
    expect(state.pages[0]?.status).toBe('inactive')
    const kept = desk.store.read.asset(ref('persona', pal.id))
    expect(kept).toMatchObject({ presence: 'listed', parentId: ben.face.id, voiceName: 'Ben' })
    expect(kept?.deletion).toBeNull()
    const told = desk
      .events()
      .filter(({ assetId }) => assetId === pal.id)
      .map(eventText)
    expect(told).toContain('Tavus repointed it')
    expect(told.join()).not.toContain('deletion')
    const ofPage = desk
      .events()
      .filter(({ assetId }) => assetId === page.id)
      .map(eventText)
    expect(ofPage).toContain('Tavus took it offline')
  })

  it('says that a change was refused, as somebody made another one meanwhile', async () => {
    const { desk, state, page, start, isOver, palOnly, itemOf } = await open({
      beforePatch: (now, id) => now.changePage(id, { updatedAtMs: 1 })
    })
    const batch = await start(palOnly, { byKind: { persona: 'keep', page: 'offline' } })
    await desk.until(batch.id, isOver)
    const item = itemOf(batch, page.id)
    expect(itemState(item, 'Tavus').text).toBe('Not changed')
    const { error } = item
    expect(error === null ? '' : describeError(error, 'Tavus').title).toBe('Changed meanwhile')
    expect(state.pages[0]?.status).toBe('active')
  })

  it('reads a lost answer back, by what the PAL shows then', async () => {
    const { desk, pal, repoint, start, isOver, palOnly, itemOf, changes } = await open()
    desk.sandbox.faults.add({
      match: { method: 'PATCH' },
      effect: { kind: 'reset', when: 'after-processing' },
      times: 1
    })
    const batch = await start(palOnly, { byKind: { persona: 'repoint', page: 'keep' }, repoint })
    await desk.until(batch.id, isOver)
    const item = itemOf(batch, pal.id)
    expect(item.state).toBe('gone')
    expect(itemState(item, 'Tavus').text).toBe('Repointed, as seen by this app')
    expect(changes()).toHaveLength(1)
  })

  it('leaves the face while its page is still on the web', async () => {
    const { desk, mia, repoint, start, isOver, likeness, changes } = await open({
      staleStatus: 409,
      beforePatch: (now, id) => now.changePage(id, { updatedAtMs: 1 })
    })
    const batch = await start(likeness, {
      byKind: { persona: 'repoint', page: 'offline' },
      repoint
    })
    await desk.until(batch.id, isOver)
    expect(changes().filter((line) => line.startsWith('DELETE'))).toEqual([])
    expect(desk.sandbox.state.replicas.map(({ id }) => id)).toContain(mia.face.id)
  })

  it('that ended with a voice still in use finds it again, held back by what uses it, and finishes then', async () => {
    const { desk, state, mia, ben, repoint, start, isOver, likeness } = await open()
    desk.sandbox.faults.add({
      match: { method: 'DELETE', path: `/v2/voices/${mia.voice.id}` },
      effect: {
        kind: 'answer',
        status: 409,
        body: { error: 'In use.', used_by: { pals: 1, faces: 0 } }
      },
      times: 1
    })
    const batch = await start(likeness, {
      byKind: { persona: 'repoint', page: 'offline' },
      repoint
    })
    const ended = await desk.until(batch.id, isOver)
    expect(ended.counts).toMatchObject({ done: 3, refused: 1 })
    const third = { ...makePersona('Third', 0), voiceId: mia.voice.id }
    state.addPersona(third)
    const retry = async () => {
      const { plan } = unwrap(await desk.outbox.retry(batch.id))
      if (plan === null) throw new Error('No plan to look at')
      return plan
    }
    expect((await retry()).steps).toMatchObject([
      {
        target: { id: mia.voice.id },
        cautions: [{ code: 'voice-in-use', level: 'blocks', evidence: [{ name: 'Third' }] }]
      }
    ])
    state.changePersona(third.id, { voiceId: ben.voice.id })
    const { planId, token, steps } = await retry()
    const typed = steps[0]?.name ?? null
    const again = unwrap(
      desk.outbox.start(unwrap(desk.plans.take(planId, token, 'permanent', typed)), null)
    )
    await desk.until(again.id, isOver)
    expect(state.voices.map(({ id }) => id)).toEqual([ben.voice.id])
  })
})
