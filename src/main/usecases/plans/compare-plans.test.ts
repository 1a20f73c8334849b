import { expect, it } from 'vitest'
import type { TargetKind } from '../../../shared/catalogue/kinds.ts'
import { type AssetRef, targetRefSchema } from '../../../shared/domain/asset.ts'
import type { PlanStep } from '../../../shared/domain/plan.ts'
import type { PlanFacts, TargetFacts } from '../../ports/provider.ts'
import { comparePlans, type Planned } from './compare-plans.ts'

const thing = (kind: TargetKind, id: string, change: Partial<TargetFacts> = {}): TargetFacts => ({
  target: targetRefSchema.parse({ accountId: 'acc_0123456789abcdef', kind, id }),
  name: id,
  relation: 'asked',
  statusRaw: 'completed',
  status: 'ready',
  origin: 'own',
  createdAt: null,
  updatedAt: null,
  parentId: null,
  notes: [],
  holds: [],
  ...change
})

type Caution = PlanStep['cautions'][number]
const pinned: Caution = { code: 'pinned', level: 'blocks', sureness: 'certain', evidence: [] }
const unclear: Caution = {
  code: 'still-unclear',
  level: 'warns',
  sureness: 'certain',
  evidence: []
}

const planned = (
  things: readonly TargetFacts[],
  change: {
    readonly incomplete?: PlanFacts['incomplete']
    readonly cautions?: readonly Caution[]
    readonly kept?: readonly string[]
  } = {}
): Planned => ({
  plan: {
    steps: things
      .filter(({ target }) => !change.kept?.includes(target.id))
      .map(({ target, name, statusRaw }) => ({
        id: target.id,
        target,
        name,
        mode: 'soft',
        relation: 'asked',
        goes: [],
        stays: [],
        cautions: [...(change.cautions ?? [])],
        after: [],
        statusRaw,
        createdAt: null
      }))
  },
  facts: {
    madeAt: '2026-01-01T00:00:00.000Z',
    subject: { scope: 'assets', refs: [thing('replica', 'ra').target as AssetRef] },
    targets: things,
    incomplete: change.incomplete ?? [],
    notOffered: []
  }
})

const nothing = { isSent: () => false, isAsked: () => false }
const replica = thing('replica', 'ra')
const video = thing('video', 'va')
const talk = thing('conversation', 'ca', { statusRaw: 'active', status: null })

it.each<[string, Planned, Planned, readonly (readonly [string, string, string | null])[]]>([
  ['nothing', planned([replica]), planned([replica]), []],
  ['a new video', planned([replica]), planned([replica, video]), [['added', 'va', null]]],
  [
    'a video that was kept, and is chosen by nobody now either',
    planned([replica, video], { kept: ['va'] }),
    planned([replica, video], { kept: ['va'] }),
    []
  ],
  [
    'a video that is to be kept now',
    planned([replica, video]),
    planned([replica, video], { kept: ['va'] }),
    [['kept', 'va', null]]
  ],
  ['a video gone', planned([replica, video]), planned([replica]), [['vanished', 'va', null]]],
  [
    'a video known to be gone',
    planned([video]),
    planned([thing('video', 'va', { status: 'deleted' })]),
    [['vanished', 'va', null]]
  ],
  [
    'videos that cannot be listed any more',
    planned([replica, video]),
    planned([replica], { incomplete: ['video'] }),
    [['not-readable', '', null]]
  ],
  [
    'videos that could not be listed before either',
    planned([video], { incomplete: ['video'] }),
    planned([], { incomplete: ['video'] }),
    []
  ],
  [
    'another name',
    planned([replica]),
    planned([thing('replica', 'ra', { name: 'Ana' })]),
    [['renamed', 'ra', 'Ana']]
  ],
  [
    'another status',
    planned([replica]),
    planned([thing('replica', 'ra', { statusRaw: 'error' })]),
    [['status', 'ra', 'error']]
  ],
  [
    'a talk that ended',
    planned([talk]),
    planned([thing('conversation', 'ca', { statusRaw: 'ended', status: null })]),
    []
  ],
  [
    'a pin',
    planned([replica]),
    planned([replica], { cautions: [pinned] }),
    [['caution', 'ra', 'pinned']]
  ],
  [
    'a reason known before',
    planned([replica], { cautions: [unclear] }),
    planned([replica], { cautions: [unclear] }),
    []
  ],
  [
    'a reason that grew worse',
    planned([replica], { cautions: [{ ...pinned, level: 'warns' }] }),
    planned([replica], { cautions: [pinned] }),
    [['caution', 'ra', 'pinned']]
  ],
  ['a reason that went', planned([replica], { cautions: [pinned] }), planned([replica]), []]
])('%s', (_what, then, now, expected) => {
  const changes = comparePlans(then, now, nothing)
  expect(changes.map(({ what, name, detail }) => [what, name, detail])).toEqual(expected)
})

it('leaves out what the plan did itself', () => {
  const then = planned([replica, video])
  const isVideo = ({ id }: { readonly id: string }) => id === 'va'
  const deleted = { ...nothing, isSent: isVideo }
  expect(comparePlans(then, planned([replica]), deleted)).toEqual([])
  const asked = { ...nothing, isAsked: isVideo }
  expect(comparePlans(planned([replica]), then, asked)).toEqual([])
})
