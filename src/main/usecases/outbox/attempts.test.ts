import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startDesk, type TestDesk, unwrap } from '../../../../test/main/desks/desk.ts'
import { faultCatalog } from '../../../../test/sandbox/fault-catalog.ts'
import { eventText } from '../../../renderer/text/history-words.ts'
import type { AssetRef } from '../../../shared/domain/asset.ts'
import { toldBy } from '../../../verifier/told.ts'

let desk: TestDesk
beforeEach(async () => {
  desk = await startDesk()
})
afterEach(() => desk.close())

const recordsOf = (ref: AssetRef) =>
  desk.events().filter(({ assetId, type }) => assetId === ref.id && type.startsWith('deletion'))

const sentences = (ref: AssetRef) => recordsOf(ref).map(eventText)

const hostOf = (origin: string) => origin.replace(/^https:\/\//, '')

describe('a try that never left', () => {
  /** Confirmed while nobody answers at the address. */
  const startUnreachable = async () => {
    const ref = await desk.addReplica('Amara Osei')
    await desk.sandbox.setReachable(false)
    const { id } = unwrap(await desk.delete([ref], 'soft'))
    await desk.until(id, ({ waitsFor }) => waitsFor === 'connection')
    const deletion = desk.store.read.asset(ref)?.deletion
    expect(deletion).toMatchObject({ state: 'waiting', waitsFor: 'connection' })
    return { ref, id }
  }

  it('is not counted: the server saw one request, and history and receipt say so', async () => {
    const { ref, id } = await startUnreachable()
    await desk.restart()
    await desk.sandbox.setReachable(true)
    unwrap(desk.outbox.resume(id))
    await desk.until(id, ({ state }) => state === 'finished')
    expect(desk.sent('DELETE')).toHaveLength(1)
    const told = toldBy(recordsOf(ref))
    expect(told).toMatchObject({ timesSent: 1, answer: { outcome: 'done', httpStatus: 200 } })
    const tries = recordsOf(ref).filter(({ type }) => type === 'deletion-tried')
    expect(told.sentAt).toBe(tries.at(-1)?.at)
    expect(sentences(ref)).toEqual([
      'deletion requested by you',
      `sending deletion request to ${hostOf(desk.sandbox.origin)}`,
      'the request was not sent: no connection',
      `sending deletion request to ${hostOf(desk.sandbox.origin)}`,
      'Tavus confirmed the deletion'
    ])
    expect(recordsOf(ref).map(({ body }) => [body['attempt'], body['sent']])).toEqual([
      [undefined, undefined],
      [1, undefined],
      [1, 'no'],
      [2, undefined],
      [2, 'yes']
    ])
  })

  it('leaves nothing that was sent when it is undone instead', async () => {
    const { ref, id } = await startUnreachable()
    unwrap(desk.outbox.undo(id))
    await desk.sandbox.setReachable(true)
    expect(desk.sent('DELETE')).toEqual([])
    expect(toldBy(recordsOf(ref))).toMatchObject({
      timesSent: 0,
      sentAt: null,
      answer: { outcome: 'canceled' }
    })
    const [item] = unwrap(desk.outbox.deletionsOf(ref))
    expect(item).toMatchObject({ state: 'canceled', sentAt: null })
    expect(sentences(ref).filter((text) => text.startsWith('asked'))).toEqual([])
  })
})

describe('every record of a try', () => {
  it.each(['emptyOk', 'notFound', 'conflict', 'resetAfter'] as const)(
    'after %s names provider, origin and attempt',
    async (fault) => {
      const ref = await desk.addReplica('Amara Osei')
      desk.sandbox.faults.add({
        match: { method: 'DELETE' },
        effect: faultCatalog[fault],
        times: 1
      })
      const { id } = unwrap(await desk.delete([ref], 'permanent'))
      await desk.until(id, ({ state }) => state === 'finished')
      const where = { provider: 'tavus', origin: desk.sandbox.origin }
      const [asked, tried, ended] = recordsOf(ref)
      const sent = fault === 'resetAfter' ? 'unknown' : 'yes'
      expect(asked?.body).toMatchObject(where)
      expect(tried).toMatchObject({ type: 'deletion-tried', body: { ...where, attempt: 1 } })
      expect(ended?.body).toMatchObject({ ...where, attempt: 1, sent })
      const operation = desk.store.read.operation(tried?.operationId ?? '')
      expect(operation).toMatchObject({ ...where, attempt: 1 })
    }
  )

  it('of a restart between the try and its answer: nobody knows whether it left', async () => {
    const ref = await desk.addReplica('Amara Osei')
    desk.sandbox.faults.add({ match: { method: 'DELETE' }, effect: faultCatalog.hang })
    const { id } = unwrap(await desk.delete([ref], 'permanent'))
    await desk.until(id, ({ counts }) => counts.sent === 1)
    desk.outbox.restore()
    expect(recordsOf(ref).at(-1)).toMatchObject({
      type: 'deletion-unclear',
      body: { attempt: 1, sent: 'unknown', reason: 'interrupted' }
    })
  })
})
