import { describe, expect, it } from 'vitest'
import { testBatch } from '../../../test/renderer/batch.ts'
import { testStep } from '../../../test/renderer/plan.ts'
import { itemStateSchema } from '../../shared/domain/batch.ts'
import { cautionCodeSchema, deletionEffectSchema } from '../../shared/domain/deletion.ts'
import { unknownCodeSchema } from '../../shared/domain/plan.ts'
import { waitReasonSchema } from '../../shared/domain/wait-reason.ts'
import {
  batchState,
  batchSubject,
  changeText,
  checkLine,
  countsText,
  holdSpoken,
  itemState,
  waitText
} from './batch-words.ts'
import { batchNotice, blockedNotice } from './notice-words.ts'
import {
  cautionText,
  evidenceLines,
  goesText,
  staysText,
  stepsHeading,
  unknownText
} from './plan-words.ts'

const who = 'Tavus'
const nowMs = Date.parse('2026-11-22T12:00:00.000Z')

describe('the words of a plan', () => {
  it('are there for every code, and different for every caution', () => {
    const cautions = cautionCodeSchema.options.map(cautionText)
    expect(new Set(cautions).size).toBe(cautions.length)
    for (const code of deletionEffectSchema.options) {
      expect(goesText(code).what + staysText(code).what).toMatch(/\w/)
    }
    for (const code of unknownCodeSchema.options) expect(unknownText(code, who)).toMatch(/\w/)
  })

  it('do not say of a deletion that may only be held that anything is under way', () => {
    expect(cautionText('already-asked')).toBe('A deletion was already requested.')
  })
})

describe('what stands over the steps of a plan', () => {
  it('says deleted only where something is', () => {
    const headings = (['permanent', 'offline', 'repoint'] as const).map((mode) =>
      stepsHeading({ steps: [{ mode }] })
    )
    expect(headings).toEqual([
      'Will be deleted, in this order',
      'Will be changed, in this order',
      'Will be changed, in this order'
    ])
    expect(stepsHeading({ steps: [{ mode: 'offline' }, { mode: 'soft' }] })).toBe(
      'Will be changed or deleted, in this order'
    )
  })
})

describe('what a caution rests on', () => {
  const count = (id: string, name: string) => ({ kind: 'prediction', id, name }) as const
  it('is told in sentences where it is a count or an owner', () => {
    expect(
      evidenceLines([
        count('run_count', '1284'),
        count('own_of_model', '1'),
        count('own_of_version', '0'),
        count('web_of_version', '0'),
        { kind: 'account', id: 'owner', name: 'other-studio' },
        { kind: 'account', id: 'key', name: 'studio-north' }
      ])
    ).toEqual([
      'Replicate reports 1,284 runs of the model',
      'Your account lists 1 prediction with the model',
      'None of them with this version',
      'Owner: other-studio',
      'Token owner: studio-north'
    ])
    expect(evidenceLines([count('run_count', '0')])).toEqual([
      'Replicate reports no runs of the model'
    ])
  })

  it('names a thing once, however many versions it holds up', () => {
    const deployment = { kind: 'deployment', id: 'a/b', name: 'a/b' } as const
    expect(evidenceLines([deployment, deployment])).toEqual(['Deployment a/b'])
  })
})

describe('the words of a batch', () => {
  const plain = {
    state: 'sent',
    mode: 'permanent',
    error: null,
    found: null,
    httpStatus: null,
    sentAt: null
  } as const

  it('claim no more than was answered', () => {
    for (const state of itemStateSchema.options) {
      const { text } = itemState({ ...plain, state }, 'Replicate')
      expect(text, state).not.toMatch(/^Deleted/)
    }
    expect(itemState({ ...plain, state: 'accepted' }, 'Replicate').text).toBe(
      'Replicate accepted; deletion takes a few minutes'
    )
    expect(itemState({ ...plain, state: 'unclear', mode: 'soft' }, who).text).toBe(
      'The response was lost. The outcome is unknown so far.'
    )
  })

  it('name one by its name and several by their number and kind', () => {
    expect(batchSubject(testBatch({ counts: { held: 1 } }), 'replica')).toBe('Amara Osei')
    expect(batchSubject(testBatch({ counts: { held: 12 } }), 'replica')).toBe('12 replicas')
    expect(batchSubject(testBatch({ counts: { held: 12 } }), null)).toBe('12 items')
    const likeness = testBatch({ scope: 'likeness', title: 'Mia Chen', counts: { queued: 4 } })
    expect(batchSubject(likeness, null)).toBe('the likeness of Mia Chen')
    const ended = testBatch({ scope: 'likeness', title: 'Mia Chen', total: 1, counts: { done: 1 } })
    expect(batchNotice('ended', ended, null, 'Tavus').title).toMatch(/^The likeness of Mia Chen/)
    expect(holdSpoken('12 replicas', 10_000)).toBe(
      'Deleting 12 replicas in 10 seconds. You can undo until then.'
    )
  })

  it('say why it waits, each reason in its own way', () => {
    const texts = waitReasonSchema.options.map((waitsFor) =>
      waitText(testBatch({ state: 'waiting', waitsFor, counts: { held: 1 } }), who)
    )
    expect(new Set(texts).size).toBe(texts.length)
    expect(
      waitText(testBatch({ state: 'waiting', waitsFor: 'restart', counts: { held: 2 } }), who)
    ).toBe('Paused when the app closed. Resume or undo.')
    expect(
      waitText(
        testBatch({ state: 'waiting', waitsFor: 'restart', counts: { done: 12, queued: 188 } }),
        who
      )
    ).toContain('188 of 200 remained')
  })

  it('count what is there and nothing else', () => {
    const batch = testBatch({ counts: { done: 35, refused: 2, queued: 163 } })
    expect(countsText(batch, who)).toBe(
      '35 deleted (confirmed by Tavus) · 2 not deleted · 163 remaining'
    )
  })

  it('say how many were canceled', () => {
    const batch = testBatch({ state: 'finished', counts: { done: 35, canceled: 165 } })
    expect(batchState(batch, nowMs).text).toBe('Canceled after 35 of 200')
    const refused = testBatch({ state: 'canceled', counts: { refused: 1, canceled: 2 } })
    expect(batchState(refused, nowMs).text).toBe('Canceled after 1 of 3')
  })

  it('put a change of the facts into words', () => {
    const change = { kind: 'replica', name: 'Mia Chen' } as const
    expect(changeText({ ...change, what: 'renamed', detail: 'Mia' })).toBe(
      'Mia Chen was renamed to Mia.'
    )
    expect(changeText({ ...change, what: 'caution', detail: 'pinned' })).toBe(
      'Mia Chen: Pinned. Unpin it first to delete it.'
    )
  })

  it.each([
    ['clock-moved', 8 * 86_400_000, 'This computer’s clock moved forward by 8 days.'],
    ['clock-moved', -3_600_000, 'This computer’s clock moved back by 1 hour.'],
    ['clock-differs', 30 * 3_600_000, 'This computer’s clock is 30 hours ahead of the provider’s.'],
    ['clock-differs', -86_400_000, 'This computer’s clock is 24 hours behind the provider’s.']
  ] as const)('say how %s by %d ms', (what, byMs, text) => {
    expect(changeText({ kind: 'replica', name: '', what, detail: String(byMs) })).toBe(text)
  })
})

describe('a later look', () => {
  const check = { what: 'asset', dueAt: '2026-11-22T11:00:00.000Z' } as const
  it('says what was found and how much later', () => {
    const looked = { ...check, checkedAt: '2026-11-22T11:00:02.000Z', result: 'gone' } as const
    expect(checkLine(looked, '2026-11-22T10:00:00.000Z', nowMs)).toEqual({
      tone: 'good',
      text: 'Listing: removed (checked after 1 hr)'
    })
  })
  it('says when it will be, where it was not yet', () => {
    const due = { ...check, checkedAt: null, result: null }
    expect(checkLine(due, '2026-11-22T10:00:00.000Z', nowMs).text).toMatch(/^Listing: next check/)
  })
  it('does not call what is still there gone', () => {
    const found = { ...check, checkedAt: check.dueAt, result: 'still-there' } as const
    expect(checkLine(found, check.dueAt, nowMs).tone).toBe('warn')
  })
})

describe('what became of a deletion', () => {
  it('of one is told as it was answered', () => {
    const done = testBatch({ state: 'finished', counts: { done: 1 } })
    expect(batchNotice('ended', done, 'replica', who)).toEqual({
      tone: 'good',
      title: 'Amara Osei deleted',
      text: 'Tavus confirmed.'
    })
    const lost = testBatch({ state: 'finished', counts: { unclear: 1 } })
    expect(batchNotice('ended', lost, 'replica', who).text).toBe(
      'The response was lost. The outcome is unknown so far.'
    )
  })

  it('of many counts what went well and quotes the last refusal', () => {
    const batch = testBatch({
      state: 'finished',
      counts: { done: 2, 'already-gone': 1, refused: 1 },
      lastError: { kind: 'provider-refused', status: 400, said: 'In use' }
    })
    expect(batchNotice('ended', batch, 'replica', who)).toEqual({
      tone: 'bad',
      title: '1 replica not deleted',
      text: 'Tavus confirmed 2 deletions. 1 already deleted. Tavus refused. Tavus: “In use”'
    })
  })

  it('names what was held back, each with its reason', () => {
    const pinned = { code: 'pinned', level: 'blocks', sureness: 'certain', evidence: [] } as const
    const step = (name: string) => testStep(name, { name, cautions: [{ ...pinned, evidence: [] }] })
    expect(blockedNotice([step('Amara')])).toMatchObject({
      tone: 'warn',
      title: 'Amara was not deleted'
    })
    const many = blockedNotice(['Amara', 'Kenji', 'Lucía', 'Mia', 'Noor', 'Ola'].map(step))
    expect(many.title).toBe('6 replicas not deleted')
    expect(many.text).toContain('And 2 more.')
  })
})
