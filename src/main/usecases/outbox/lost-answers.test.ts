import { afterEach, describe, expect, it } from 'vitest'
import { startDesk, type TestDesk, unwrap } from '../../../../test/main/desks/desk.ts'
import { faultCatalog } from '../../../../test/sandbox/fault-catalog.ts'
import type { FaultEffect } from '../../../../test/sandbox/faults.ts'
import type { SandboxOptions } from '../../../../test/sandbox/faulty-sandbox.ts'
import { batchState, itemState } from '../../../renderer/text/batch-words.ts'
import { eventText } from '../../../renderer/text/history-words.ts'
import type { AssetRef } from '../../../shared/domain/asset.ts'
import type { Batch } from '../../../shared/domain/batch.ts'
import type { DeletionMode } from '../../../shared/domain/deletion.ts'
import { toldBy } from '../../../verifier/told.ts'

let desk: TestDesk
const open = async (options: SandboxOptions = {}) => {
  desk = await startDesk(options)
  return desk.addReplica('Amara Osei')
}
afterEach(() => desk.close())

const isOver = ({ state }: Batch): boolean => state === 'finished'

const recordsOf = (ref: AssetRef) => desk.events().filter(({ assetId }) => assetId === ref.id)

/** The history's sentences about a thing, newest last, without how it was first seen. */
const sentences = (ref: AssetRef) =>
  recordsOf(ref)
    .filter(({ type }) => type !== 'asset-first-seen')
    .map(eventText)

const itemOf = (ref: AssetRef) => desk.deletionOf(ref)

const textOf = (ref: AssetRef) => itemState(itemOf(ref), 'Tavus').text

const run = async (ref: AssetRef, mode: DeletionMode, ...effects: readonly FaultEffect[]) => {
  for (const effect of effects) {
    desk.sandbox.faults.add({ match: { method: 'DELETE' }, effect, times: 1 })
  }
  const { id } = unwrap(await desk.delete([ref], mode))
  return desk.until(id, isOver)
}

const nowMs = Date.parse('2026-01-01T00:00:00.000Z')

describe('a connection that is cut after the server acted', () => {
  it('read back as gone: gone, and the answer was lost', async () => {
    const ref = await open()
    await run(ref, 'permanent', faultCatalog.resetAfter)
    expect(desk.sandbox.state.hardDeletions).toMatchObject([{ id: ref.id }])
    expect(desk.sent('DELETE')).toHaveLength(1)
    expect(itemOf(ref)).toMatchObject({
      state: 'gone',
      found: 'gone',
      error: { kind: 'outcome-unknown' }
    })
    expect(textOf(ref)).toBe('No longer listed. The response was lost.')
    expect(sentences(ref).slice(-2)).toEqual([
      'the request was sent, the response was lost',
      'checked: no longer listed. The response was lost.'
    ])
    expect(toldBy(recordsOf(ref))).toMatchObject({
      timesSent: 1,
      answer: { outcome: 'unclear', httpStatus: null }
    })
  })

  it('and a read that says deleted: whether for good is not known, until it is gone', async () => {
    const ref = await open({ hardDeletedStayMs: 60_000 })
    const batch = await run(ref, 'permanent', faultCatalog.resetAfter)
    const isSaid = 'Listed as deleted; unclear whether permanently'
    expect(textOf(ref)).toBe(isSaid)
    expect(batchState(batch, nowMs).text).toBe('Outcome unknown for 1')
    expect(sentences(ref).slice(-2)).toEqual([
      'the request was sent, the response was lost',
      'checked: listed as deleted; unclear whether permanently'
    ])
    await desk.library.refresh(desk.accountId)
    expect(textOf(ref)).toBe(isSaid)
    desk.sandbox.clock.advance(61_000)
    await desk.library.refresh(desk.accountId)
    expect(textOf(ref)).toBe('No longer listed. The response was lost.')
    expect(sentences(ref).join('\n')).not.toMatch(/outside|not deleted|already deleted/)
    expect(desk.sent('DELETE')).toHaveLength(1)
  })

  it('and a server that shows it a while longer: looked at again before anything is said', async () => {
    const ref = await open({ deletionLagMs: 60_000 })
    const cut = faultCatalog.resetAfter
    desk.sandbox.faults.add({ match: { method: 'DELETE' }, effect: cut, times: 1 })
    const { id } = unwrap(await desk.delete([ref], 'permanent'))
    await desk.until(id, () => desk.sent('GET').some((path) => path.includes(ref.id)))
    desk.sandbox.clock.advance(61_000)
    await desk.until(id, isOver)
    expect(textOf(ref)).toBe('No longer listed. The response was lost.')
    expect(sentences(ref).join('\n')).not.toMatch(/vanished|not deleted/)
  })

  it('and a server that shows it longer than anybody waits: taken for not done, and put right', async () => {
    const ref = await open({ deletionLagMs: 60_000 })
    await run(ref, 'permanent', faultCatalog.resetAfter)
    expect(textOf(ref)).toBe('Not deleted, still listed. The response was lost.')
    desk.sandbox.clock.advance(61_000)
    await desk.library.refresh(desk.accountId)
    await desk.outbox.settle(desk.account())
    expect(textOf(ref)).toBe('No longer listed. The response was lost.')
    expect(sentences(ref).slice(-2)).toEqual([
      'no longer listed; its deletion had been requested, without a clear response',
      'checked: no longer listed. The response was lost.'
    ])
    expect(sentences(ref).join('\n')).not.toMatch(/outside this app/)
  })
})

describe('a thing that is gone after an answer that was none', () => {
  const acting = (status: number, body: string): FaultEffect => ({
    kind: 'answer',
    status,
    body,
    processed: true
  })
  const cases: readonly (readonly [string, FaultEffect, string])[] = [
    ['an error', acting(503, ''), 'Tavus responded with an error (503).'],
    ['a web page', acting(200, '<!doctype html>'), 'The response couldn’t be used.'],
    ['nothing', faultCatalog.resetAfter, 'The response was lost.']
  ]

  it.each(cases)('%s is told as what it was', async (_, effect, came) => {
    const ref = await open()
    await run(ref, 'permanent', effect)
    expect(desk.sandbox.state.hardDeletions).toMatchObject([{ id: ref.id }])
    expect(textOf(ref)).toBe(`No longer listed. ${came}`)
    expect(sentences(ref).at(-1)).toBe(`checked: no longer listed. ${came}`)
    expect(desk.outbox.list()[0]?.lastError).toBeNull()
  })

  it.each(cases)('%s is told so of what says it is deleted, too', async (_, effect, came) => {
    const ref = await open({ deletedReplicas: 'stay' })
    await run(ref, 'soft', effect)
    expect(textOf(ref)).toBe(`Listed as deleted. ${came}`)
    expect(sentences(ref).at(-1)).toBe(`checked: listed as deleted. ${came}`)
  })

  it('a redirect is told as a redirect', async () => {
    const ref = await open({ deletionLagMs: 60_000 })
    await run(ref, 'permanent', { kind: 'redirect', status: 307, location: 'http://127.0.0.1:9/' })
    desk.sandbox.state.removeReplica(ref.id)
    await desk.library.refresh(desk.accountId)
    await desk.outbox.settle(desk.account())
    const came = 'The request was redirected; the redirect wasn’t followed.'
    expect(textOf(ref)).toBe(`No longer listed. ${came}`)
    expect(sentences(ref).at(-1)).toBe(`checked: no longer listed. ${came}`)
  })

  it('a refusal that was none: found out, and nobody else is blamed', async () => {
    const ref = await open()
    await run(ref, 'permanent', acting(409, '{"error":"Conflict"}'))
    expect(textOf(ref)).toBe('Not deleted')
    await desk.library.refresh(desk.accountId)
    await desk.outbox.settle(desk.account())
    expect(textOf(ref)).toBe('No longer listed. Tavus responded with an error (409).')
    expect(sentences(ref).slice(-2)).toEqual([
      'no longer listed; its deletion had been requested and refused',
      'checked: no longer listed. Tavus responded with an error (409).'
    ])
  })

  it('a refusal that was none, of what says it is deleted: whether for good is not known', async () => {
    const ref = await open({ hardDeletedStayMs: 60_000 })
    await run(ref, 'permanent', acting(409, '{"error":"Conflict"}'))
    await desk.library.refresh(desk.accountId)
    await desk.outbox.settle(desk.account())
    expect(textOf(ref)).toBe('Listed as deleted; unclear whether permanently')
    expect(sentences(ref).at(-1)).toBe('checked: listed as deleted; unclear whether permanently')
  })

  it('what was accepted, listed again and gone later is not told as somebody else’s doing', async () => {
    const ref = await open({ deletionLagMs: 60_000 })
    await run(ref, 'permanent')
    await desk.library.refresh(desk.accountId)
    expect(desk.store.read.asset(ref)?.presence).toBe('listed')
    desk.sandbox.clock.advance(61_000)
    await desk.library.refresh(desk.accountId)
    expect(sentences(ref).at(-1)).toBe(
      'no longer listed; its deletion had been requested and accepted'
    )
  })
})

describe('an answer that says nothing', () => {
  it.each<[keyof typeof faultCatalog, string, string]>([
    [
      'serverError',
      'Not deleted, still listed. Tavus responded with an error (500).',
      'outcome unknown. Tavus responded with an error (500).'
    ],
    [
      'captivePortal',
      'Not deleted, still listed. The response couldn’t be used.',
      'outcome unknown. The response couldn’t be used.'
    ],
    [
      'resetBefore',
      'Not deleted, still listed. The response was lost.',
      'the request was sent, the response was lost'
    ]
  ])('%s is told as what it is', async (fault, text, sentence) => {
    const ref = await open()
    await run(ref, 'permanent', faultCatalog[fault])
    expect(desk.sandbox.state.hardDeletions).toEqual([])
    expect(textOf(ref)).toBe(text)
    expect(sentences(ref)).toContain(sentence)
    expect(sentences(ref).at(-1)).toBe('checked: still listed; not deleted')
  })

  it('a redirect is told as a redirect, and nothing is followed', async () => {
    const ref = await open()
    const elsewhere = await startDesk()
    const location = elsewhere.sandbox.origin
    await run(ref, 'permanent', { kind: 'redirect', status: 307, location })
    expect(elsewhere.sandbox.requests).toEqual([])
    expect(textOf(ref)).toBe(
      'Not deleted, still listed. The request was redirected; the redirect wasn’t followed.'
    )
    expect(sentences(ref)).toContain(
      'outcome unknown. The request was redirected; the redirect wasn’t followed.'
    )
    await elsewhere.close()
  })
})

describe('an answer that the provider does not know it', () => {
  it('is not believed while the thing is there', async () => {
    const ref = await open()
    await run(ref, 'permanent', faultCatalog.notFound)
    expect(itemOf(ref)).toMatchObject({
      state: 'refused',
      found: 'there',
      error: { kind: 'provider-refused', status: 404 }
    })
    expect(textOf(ref)).toBe(
      'Not deleted: Tavus responded that it doesn’t know this item, but it’s still listed'
    )
    expect(sentences(ref).slice(-2)).toEqual([
      'Tavus responded that it doesn’t know this item',
      'checked: still listed; not deleted'
    ])
  })

  it('is, once its own address says so too', async () => {
    const ref = await open()
    desk.sandbox.state.removeReplica(ref.id)
    await run(ref, 'permanent')
    expect(itemOf(ref)).toMatchObject({ state: 'already-gone', found: 'gone' })
    expect(textOf(ref)).toBe('Already deleted')
  })
})

describe('a request refused for the rate', () => {
  const limited = {
    kind: 'answer',
    status: 429,
    body: { message: 'Too many requests' },
    headers: { 'retry-after': '20' }
  } as const

  it.each<DeletionMode>(['soft', 'permanent'])(
    '%s: the next one follows after the named time, and both are counted',
    async (mode) => {
      const ref = await open()
      desk.sandbox.faults.add({ match: { method: 'DELETE' }, effect: limited, times: 1 })
      const { id } = unwrap(await desk.delete([ref], mode))
      const waiting = await desk.until(id, ({ waitsFor }) => waitsFor === 'pace')
      expect(waiting.waitsUntilAt).not.toBeNull()
      expect(textOf(ref)).toBe('Queued again: Tavus is limiting requests')
      const ended = await desk.until(id, isOver)
      expect(ended.counts).toMatchObject({ done: 1 })
      const requests = desk.sandbox.requests.filter(({ method }) => method === 'DELETE')
      expect(requests.map(({ status }) => status)).toEqual([429, 200])
      const records = recordsOf(ref)
      expect(toldBy(records)).toMatchObject({
        timesSent: 2,
        answer: { outcome: 'done', httpStatus: 200 }
      })
      expect(sentences(ref)).toContain('Tavus is limiting requests; another request follows')
      const attempts = records.flatMap(({ body }) => body['attempt'] ?? [])
      expect(attempts).toEqual([1, 1, 2, 2])
    }
  )

  it('again and again: at most eight, and then nothing more is promised', async () => {
    const ref = await open()
    desk.sandbox.faults.add({
      match: { method: 'DELETE' },
      effect: { ...limited, headers: { 'retry-after': '1' } }
    })
    const { id } = unwrap(await desk.delete([ref], 'permanent'))
    const ended = await desk.until(id, isOver)
    expect(ended.counts).toMatchObject({ refused: 1 })
    expect(desk.sent('DELETE')).toHaveLength(8)
    expect(toldBy(recordsOf(ref))).toMatchObject({ timesSent: 8, answer: { outcome: 'refused' } })
    expect(textOf(ref)).toBe('Not deleted: Tavus is limiting requests')
  })

  it('undone while it waits: canceled, and told that a request had been refused', async () => {
    const ref = await open()
    desk.sandbox.faults.add({ match: { method: 'DELETE' }, effect: limited, times: 1 })
    const { id } = unwrap(await desk.delete([ref], 'soft'))
    await desk.until(id, ({ waitsFor }) => waitsFor === 'pace')
    unwrap(desk.outbox.cancel(id))
    expect(textOf(ref)).toBe('Canceled, not deleted: Tavus had refused the request')
    expect(sentences(ref).at(-1)).toBe('deletion canceled: Tavus had refused the request')
    expect(desk.sent('DELETE')).toHaveLength(1)
  })
})
