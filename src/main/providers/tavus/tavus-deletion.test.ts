import { describe, expect, it, test } from 'vitest'
import type { TargetKind } from '../../../shared/catalogue/kinds.ts'
import { type AssetRef, targetRefSchema } from '../../../shared/domain/asset.ts'
import { type PlanChoices, type PlanSubject, planDraftSchema } from '../../../shared/domain/plan.ts'
import type { FactNote, PlanFacts, TargetFacts } from '../../ports/provider.ts'
import { planTavusDeletion } from './tavus-deletion.ts'

const madeAt = '2026-06-01T12:00:00.000Z'

const target = (kind: TargetKind, id: string, change: Partial<TargetFacts> = {}): TargetFacts => ({
  target: targetRefSchema.parse({ accountId: 'acc_0123456789abcdef', kind, id }),
  name: `${kind} ${id}`,
  relation: kind === 'replica' ? 'asked' : 'made-with',
  statusRaw: 'completed',
  status: 'ready',
  origin: 'own',
  createdAt: '2026-01-01T00:00:00.000Z',
  updatedAt: null,
  parentId: kind === 'replica' ? null : ('ra' as AssetRef['id']),
  notes: [],
  holds: [],
  ...change
})

const replica = target('replica', 'ra')
const likeness: PlanSubject = { scope: 'likeness', ref: replica.target as AssetRef }
const named: PlanSubject = { scope: 'assets', refs: [replica.target as AssetRef] }

const facts = (targets: readonly TargetFacts[], change: Partial<PlanFacts> = {}): PlanFacts => ({
  madeAt,
  subject: likeness,
  targets,
  incomplete: [],
  notOffered: [],
  ...change
})

const choices = (change: Partial<PlanChoices> = {}): PlanChoices => ({
  mode: 'permanent',
  byKind: {},
  without: [],
  ...change
})

const face = [
  replica,
  target('video', 'v1'),
  target('video', 'v2'),
  target('conversation', 'c1', { status: null, statusRaw: 'ended', relation: 'held-with' }),
  target('persona', 'p1', { status: null, statusRaw: null, relation: 'uses' })
]

const shape = (plan: ReturnType<typeof planTavusDeletion>) =>
  plan.steps.map(({ target: { kind, id }, mode, after }) => [`${kind}/${id}`, mode, after.length])

test.each([
  [
    'replica',
    'soft',
    ['replica'],
    [
      'training-footage-perhaps',
      'conversations',
      'videos-made-with-it',
      'personas-using-it',
      'voice-made-with-it'
    ]
  ],
  [
    'replica',
    'permanent',
    ['replica', 'training-footage'],
    ['conversations', 'videos-made-with-it', 'personas-using-it', 'voice-made-with-it']
  ],
  ['video', 'soft', ['video'], ['video-thumbnails']],
  ['video', 'permanent', ['video', 'video-thumbnails'], []],
  ['voice', 'permanent', ['voice'], []]
] as const)('%s, %s: what goes and what stays', (kind, mode, goes, stays) => {
  const plan = planTavusDeletion(facts([target(kind, 'ra')], { subject: named }), choices({ mode }))
  expect(plan.steps[0]).toMatchObject({ goes, stays, mode, after: [] })
})

describe('erasing a likeness', () => {
  it('takes what was made with the replica first, and names the personas as staying', () => {
    const plan = planTavusDeletion(facts(face), choices())
    expect(shape(plan)).toEqual([
      ['video/v1', 'permanent', 0],
      ['video/v2', 'permanent', 0],
      ['conversation/c1', 'permanent', 0],
      ['replica/ra', 'permanent', 3]
    ])
    expect(plan.steps.at(-1)?.after).toEqual(plan.steps.slice(0, 3).map(({ id }) => id))
    expect(plan.steps.at(-1)?.stays).toEqual(['personas-using-it'])
    expect(plan.survives).toEqual([
      { kind: 'document', id: null, name: null, reason: 'not-known' },
      { kind: 'persona', id: 'p1', name: 'persona p1', reason: 'kept' }
    ])
    expect(plan.unknowns).toEqual(['backups', 'copies-elsewhere'])
    expect(planDraftSchema.safeParse(plan).success).toBe(true)
  })

  it('takes personas if they are asked for, in the one way that there is', () => {
    const plan = planTavusDeletion(facts(face), choices({ byKind: { persona: 'permanent' } }))
    expect(shape(plan)[0]).toEqual(['persona/p1', 'permanent', 0])
    expect(shape(plan).at(-1)).toEqual(['replica/ra', 'permanent', 4])
    expect(plan.steps.at(-1)?.stays).toEqual([])
  })

  it('keeps a kind, and what was taken out by hand, and says so', () => {
    const wanted = choices({ byKind: { conversation: 'keep', video: 'soft' }, without: ['s2'] })
    const plan = planTavusDeletion(facts(face), wanted)
    expect(shape(plan)).toEqual([
      ['video/v2', 'soft', 0],
      ['replica/ra', 'permanent', 1]
    ])
    expect(plan.steps.at(-1)?.stays).toEqual([
      'conversations',
      'videos-made-with-it',
      'personas-using-it'
    ])
    expect(plan.survives.filter(({ reason }) => reason === 'kept').map(({ id }) => id)).toEqual([
      'p1',
      'v1',
      'c1'
    ])
    expect(plan.unknowns).toContain('soft-delete-meaning')
  })

  it('calls a thing that was taken out because it is held back blocked, not kept', () => {
    const pinned = target('video', 'v1', { holds: ['pinned'] })
    const plan = planTavusDeletion(facts([replica, pinned]), choices({ without: ['s1'] }))
    expect(plan.survives).toEqual([
      { kind: 'video', id: 'v1', name: 'video v1', reason: 'blocked' }
    ])
  })

  it('says which kinds could not be listed whole', () => {
    const plan = planTavusDeletion(facts([replica], { incomplete: ['conversation'] }), choices())
    expect(plan.survives).toEqual([
      { kind: 'conversation', id: null, name: null, reason: 'not-known' }
    ])
    expect(plan.steps[0]?.stays).toEqual(['conversations'])
    expect(plan.unknowns).toContain('listing-incomplete')
  })

  it('waits only for what belongs to the same replica', () => {
    const other = target('replica', 'rb')
    const plan = planTavusDeletion(facts([replica, other, target('video', 'v1')]), choices())
    expect(plan.steps.map(({ after }) => after)).toEqual([[], ['s1'], []])
  })

  it('stands for more survivors than fit with a nameless one', () => {
    const many = Array.from({ length: 700 }, (_, n) => target('video', `v${n}`))
    const plan = planTavusDeletion(
      facts([replica, ...many]),
      choices({ byKind: { video: 'keep' } })
    )
    expect(plan.survives).toHaveLength(500)
    expect(plan.survives.at(-1)).toEqual({ kind: 'video', id: null, name: null, reason: 'kept' })
    expect(planDraftSchema.safeParse(plan).success).toBe(true)
  })
})

const active = (finding: FactNote['finding'], isComplete = true): FactNote => ({
  code: 'active-conversation',
  finding,
  isComplete,
  evidence: [{ kind: 'conversation', id: 'c1', name: 'Front desk' }]
})
const talk = target('conversation', 'c1', { status: null, statusRaw: 'Active' })

describe('reasons to hold back', () => {
  it.each<[string, Partial<TargetFacts>, readonly (readonly [string, string, string])[]]>([
    ['nothing', {}, []],
    ['a stock replica', { origin: 'stock' }, [['stock-replica', 'blocks', 'certain']]],
    ['an unknown origin', { origin: null }, []],
    ['a pin', { holds: ['pinned'] }, [['pinned', 'blocks', 'certain']]],
    [
      'a read-only account',
      { holds: ['read-only-account'] },
      [['read-only-account', 'blocks', 'certain']]
    ],
    [
      'a deletion on its way',
      { holds: ['already-asked'] },
      [['already-asked', 'blocks', 'certain']]
    ],
    ['a lost answer', { holds: ['still-unclear'] }, [['still-unclear', 'warns', 'certain']]],
    ['training', { status: 'training' }, [['training-running', 'warns', 'certain']]],
    [
      'failed, changed 23 h 59 min ago',
      { status: 'failed', updatedAt: '2026-05-31T12:01:00.000Z' },
      [['failed-recently', 'warns', 'likely']]
    ],
    ['failed, changed 24 h ago', { status: 'failed', updatedAt: '2026-05-31T12:00:00.000Z' }, []],
    ['failed, made long ago', { status: 'failed', updatedAt: null }, []],
    [
      'failed, nobody knows when',
      { status: 'failed', updatedAt: null, createdAt: null },
      [['failed-recently', 'warns', 'unknown']]
    ],
    ['talk not looked for', { notes: [active('not-checked', false)] }, []],
    ['no talk', { notes: [active('does-not-hold')] }, []]
  ])('%s', (_what, change, expected) => {
    const plan = planTavusDeletion(facts([target('replica', 'ra', change)]), choices())
    const found = plan.steps[0]?.cautions.map(({ code, level, sureness }) => [
      code,
      level,
      sureness
    ])
    expect(found).toEqual(expected)
  })

  it.each([
    ['permanent, with the talk kept', 'permanent', 'keep', true, 'blocks', 'certain'],
    ['permanent, with the talk going first', 'permanent', 'permanent', true, 'warns', 'certain'],
    ['soft, with the talk kept', 'soft', 'keep', true, 'warns', 'certain'],
    ['permanent, from a partial list', 'permanent', 'keep', false, 'blocks', 'likely']
  ] as const)('a talk under way: %s', (_what, mode, conversation, isComplete, level, sureness) => {
    const spoken = target('replica', 'ra', { notes: [active('holds', isComplete)] })
    const wanted = choices({ mode, byKind: { conversation } })
    const plan = planTavusDeletion(facts([spoken, talk]), wanted)
    expect(plan.steps.at(-1)?.cautions).toMatchObject([
      { code: 'active-conversation', level, sureness, evidence: [{ id: 'c1' }] }
    ])
    expect(plan.unknowns).toContain('provider-may-refuse')
  })

  it('asks whether a refund is still to come', () => {
    const failed = target('replica', 'ra', { status: 'failed', updatedAt: madeAt })
    expect(planTavusDeletion(facts([failed]), choices()).unknowns).toContain('refund')
  })
})

test('the same facts and choices give the same plan, and the facts stay as they were', () => {
  const given = facts(face)
  const before = JSON.stringify(given)
  expect(planTavusDeletion(given, choices())).toEqual(planTavusDeletion(given, choices()))
  expect(JSON.stringify(given)).toBe(before)
})
