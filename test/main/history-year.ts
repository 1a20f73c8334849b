import type { BatchRecord, Operation, Store } from '../../src/main/ports/store.ts'
import { openStore } from '../../src/main/storage/sqlite-store.ts'
import type { AssetKind } from '../../src/shared/catalogue/kinds.ts'
import { accountIdSchema } from '../../src/shared/domain/account.ts'
import { type AssetRecord, assetIdSchema } from '../../src/shared/domain/asset.ts'
import { type ConsentNote, consentNoteIdSchema } from '../../src/shared/domain/consent-note.ts'
import type { HistoryBody, NewHistoryEvent } from '../../src/shared/domain/history.ts'
import { personIdSchema, type StoredPerson } from '../../src/shared/domain/person.ts'
import { testPlan, testStep } from '../renderer/plan.ts'
import { account, asset, deletion, listeningLog } from './storage/records.ts'

/** A year in a studio: as many people, things and erasures as it says, and exactly as many records. */
export const yearCounts = { people: 40, assets: 300, erasures: 12, events: 5_000 } as const

const startMs = Date.UTC(2025, 11, 1, 9)
const endMs = Date.UTC(2026, 10, 27, 9)
const hourMs = 3_600_000
const dayMs = 24 * hourMs

/** The same numbers for the same seed, on every computer. */
const randomFrom = (seed: number): (() => number) => {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

const firstNames = [
  ...['Adaeze', 'Ananya', 'Aoi', 'Aroha', 'Camila', 'Elias', 'Harjit', 'João', 'Kwabena', 'Leila'],
  ...['Matteo', 'Piotr', 'Ruben', 'Solveig', 'Tamar', 'Wenjing', 'Ольга', 'Zoë', 'Łukasz', '葉子']
]
const lastNames = ['Nwosu', 'Lindqvist']
const topics = ['Welcome', 'Badges', 'Safety', 'Onboarding', 'Spring campaign', 'Market opening']

const studio = account({ id: accountIdSchema.parse('acc_north0001'), name: 'Studio North' })
const agency = account({
  id: accountIdSchema.parse('acc_south0001'),
  name: 'Agency South',
  color: 'orange'
})

/** Nothing is asked of a provider: nobody listens there, and there is no key. */
const atNobody = { apiAddress: 'http://127.0.0.1:9', savedKey: null, syncedAt: isoOf(endMs) }

function isoOf(atMs: number): string {
  return new Date(atMs).toISOString()
}

type Whose = typeof studio

interface Thing {
  readonly record: AssetRecord
  readonly owner: number
  readonly whose: Whose
}

/** Records that were appended at one time; `walk` as of `StoreWrites.append`. */
interface Moment {
  readonly atMs: number
  readonly events: readonly NewHistoryEvent[]
  readonly walk?: string
}

const two = (value: number, length = 2): string => String(value).padStart(length, '0')
const dayOf = (atMs: number): string => isoOf(atMs).slice(0, 10)

const ofApp = (type: NewHistoryEvent['type'], body: HistoryBody): NewHistoryEvent => ({
  type,
  operationId: null,
  accountId: null,
  accountName: null,
  assetKind: null,
  assetId: null,
  assetName: null,
  body
})

const ofThing = (
  type: NewHistoryEvent['type'],
  { record, whose }: Thing,
  body: HistoryBody,
  operationId: string | null = null
): NewHistoryEvent => ({
  type,
  operationId,
  accountId: whose.id,
  accountName: whose.name,
  assetKind: record.ref.kind,
  assetId: record.ref.id,
  assetName: record.name,
  body
})

const nameOf = (index: number): string =>
  `${firstNames[index % firstNames.length]} ${lastNames[Math.floor(index / firstNames.length)]}`

const personOf = (index: number): StoredPerson => {
  const agreedMs = startMs + index * 3 * dayMs
  return {
    id: personIdSchema.parse(`per_${two(index, 8)}`),
    name: nameOf(index),
    nameRule: null,
    consent: {
      note: 'Signed at the studio',
      agreedOn: dayOf(agreedMs),
      untilOn: '2099-12-31'
    },
    createdAt: isoOf(agreedMs)
  }
}

const noteOf = (index: number): ConsentNote => {
  const { id, name, consent, createdAt } = personOf(index)
  return {
    id: consentNoteIdSchema.parse(`cns_${two(index, 8)}`),
    personId: id,
    spokenName: name,
    statement: `I, ${name}, agree to a replica of my face and voice.`,
    place: 'consent-video',
    clip: null,
    scope: 'Training videos of the studio',
    givenOn: consent?.agreedOn ?? dayOf(startMs),
    untilOn: consent?.untilOn ?? null,
    createdAt
  }
}

/** A face and a voice of each person, the rest videos made with one of the faces. */
const kindOf = (index: number): AssetKind => {
  if (index < yearCounts.people) return 'replica'
  return index < yearCounts.people * 2 ? 'voice' : 'video'
}

const thingOf = (index: number): Thing => {
  const owner = index % yearCounts.people
  const kind = kindOf(index)
  const whose = owner % 5 === 4 ? agency : studio
  const name =
    kind === 'video' ? `${topics[index % topics.length]} with ${nameOf(owner)}` : nameOf(owner)
  const id = assetIdSchema.parse(`${kind[0]}${two(index, 10)}`)
  const record = asset(id, {
    ref: { accountId: whose.id, kind, id },
    name,
    createdAt: isoOf(startMs + (index % 30) * 9 * dayMs),
    parentId: kind === 'video' ? thingId('replica', owner) : null
  })
  return { record, owner, whose }
}

const thingId = (kind: AssetKind, index: number): AssetRecord['ref']['id'] =>
  assetIdSchema.parse(`${kind[0]}${two(index, 10)}`)

/** Whose likeness was erased, and when: one a month, on the twentieth. */
const erasureOf = (index: number) => ({
  owner: index * 3,
  atMs: Date.UTC(2025, 11 + index, 20, 12),
  batchId: `bat_${two(index, 8)}`
})

const makingOf = (thing: Thing, atMs: number, isFailing: boolean): readonly Moment[] => {
  const operation = `op-make-${thing.record.ref.id}`
  const to = isFailing ? 'failed' : 'ready'
  const reason = isFailing ? { reason: 'The video is too short.' } : {}
  return [
    { atMs, events: [ofThing('creation-asked', thing, {}, operation)] },
    { atMs: atMs + 2_000, events: [ofThing('creation-answered', thing, {}, operation)] },
    {
      atMs: atMs + 4 * hourMs,
      events: [ofThing('asset-status-changed', thing, { from: 'training', to, ...reason })]
    }
  ]
}

const erasingOf = (things: readonly Thing[], batch: string, atMs: number): readonly Moment[] => {
  const facts = { batch, mode: 'permanent', provider: 'tavus', origin: 'https://tavusapi.com' }
  const idOf = ({ record }: Thing) => `op-${record.ref.kind}-${record.ref.id}`
  const all = (type: NewHistoryEvent['type'], body: HistoryBody) =>
    things.map((thing) => ofThing(type, thing, { ...facts, ...body }, idOf(thing)))
  const answer = { outcome: 'done', httpStatus: 200, sent: true }
  const checks = [hourMs, dayMs, 30 * dayMs].map((afterMs) => ({
    atMs: atMs + afterMs,
    events: all('deletion-checked', { what: 'asset', result: 'gone' })
  }))
  return [
    { atMs, events: all('deletion-asked', { count: things.length }) },
    { atMs: atMs + 10_000, events: all('deletion-tried', { attempt: 1 }) },
    { atMs: atMs + 15_000, events: all('deletion-answered', answer) },
    ...checks.filter((check) => check.atMs < endMs)
  ]
}

/** What somebody did at the provider, found by a listing on the way; what vanishes is listed again the day after. */
const elsewhereOf = (thing: Thing, atMs: number, index: number): readonly Moment[] => {
  const found = (type: NewHistoryEvent['type'], body: HistoryBody, onMs: number): Moment => ({
    atMs: onMs,
    events: [ofThing(type, thing, body)],
    walk: `walk ${index} ${type}`
  })
  return index % 9 === 8
    ? [
        found('asset-vanished', { lastSeenAt: isoOf(atMs - dayMs) }, atMs),
        found('asset-returned', {}, atMs + dayMs)
      ]
    : [found('asset-renamed', { from: `${thing.record.name} (draft ${index})` }, atMs)]
}

const smallDeeds = ['asset-pinned', 'asset-unpinned'] as const

/** Somebody protects a thing, or lifts that. */
const deedOf = (thing: Thing, atMs: number, index: number): Moment => ({
  atMs,
  events: [ofThing(smallDeeds[index % 2] ?? 'asset-pinned', thing, {})],
  walk: `deed ${index}`
})

const countIn = (moments: readonly Moment[]): number =>
  moments.reduce((sum, { events }) => sum + events.length, 0)

/** Everything that happened, in order, filled up to the last record by what happens on any day. */
const momentsOf = (seed: number, things: readonly Thing[]): readonly Moment[] => {
  const random = randomFrom(seed)
  const erasedMs = new Map(
    Array.from({ length: yearCounts.erasures }, (_, index) => {
      const { owner, atMs } = erasureOf(index)
      return [owner, atMs - 2 * dayMs] as const
    })
  )
  /** Nothing happens any more to what was erased. */
  const listedAt = (atMs: number): Thing => {
    for (;;) {
      const thing = things[Math.floor(random() * things.length)]
      if (thing !== undefined && atMs < (erasedMs.get(thing.owner) ?? endMs)) return thing
    }
  }
  const people = Array.from({ length: yearCounts.people }, (_, index): readonly Moment[] => {
    const { name, consent, createdAt } = personOf(index)
    const { id, spokenName, givenOn, untilOn } = noteOf(index)
    const agreed = { consentAgreedOn: consent?.agreedOn ?? null }
    return [
      { atMs: Date.parse(createdAt), events: [ofApp('person-added', { person: name, ...agreed })] },
      {
        atMs: Date.parse(createdAt) + 60_000,
        events: [ofApp('consent-noted', { person: name, note: id, spokenName, givenOn, untilOn })]
      }
    ]
  }).flat()
  const makings = things
    .filter(({ record }) => record.ref.kind !== 'voice')
    .flatMap((thing, index) =>
      makingOf(
        thing,
        startMs + Math.floor(random() * 15) * dayMs + index * 60_000,
        index % 25 === 24
      )
    )
  const erasings = Array.from({ length: yearCounts.erasures }, (_, index) => {
    const { owner, batchId, atMs } = erasureOf(index)
    return erasingOf(
      things.filter((thing) => thing.owner === owner),
      batchId,
      atMs
    )
  }).flat()
  const fixed = [...people, ...makings, ...erasings]
  let left = yearCounts.events - countIn(fixed) - 2
  const daily: Moment[] = []
  for (let index = 0; left > 0; index += 1) {
    const atMs = startMs + 16 * dayMs + Math.floor(random() * 300) * dayMs + index * 1_000
    const thing = listedAt(atMs)
    const isElsewhere = random() < 0.1 && left > 1
    const next = isElsewhere ? elsewhereOf(thing, atMs, index) : [deedOf(thing, atMs, index)]
    daily.push(...next)
    left -= countIn(next)
  }
  const accounts = [studio, agency].map(
    (whose): NewHistoryEvent => ({
      ...ofApp('account-added', { provider: 'tavus', origin: 'https://tavusapi.com' }),
      accountId: whose.id,
      accountName: whose.name
    })
  )
  return [{ atMs: startMs - hourMs, events: accounts }, ...fixed, ...daily].sort(
    (one, other) => one.atMs - other.atMs
  )
}

/** The plan of an erasure as it was confirmed, with one deletion for each thing, all of them done. */
const erasureRecords = (
  things: readonly Thing[],
  { batchId, atMs, owner }: ReturnType<typeof erasureOf>
): { readonly batch: BatchRecord; readonly operations: readonly Operation[] } => {
  const steps = things.map(({ record }) =>
    testStep(record.ref.id, { target: record.ref, name: record.name, goes: [record.ref.kind] })
  )
  const { token: _, ...plan } = testPlan({
    expiresAt: isoOf(atMs + hourMs),
    madeAt: isoOf(atMs),
    title: nameOf(owner),
    steps
  })
  return {
    batch: {
      id: batchId,
      scope: 'likeness',
      mode: 'permanent',
      title: nameOf(owner),
      state: 'finished',
      waitsFor: null,
      waitsUntilAt: null,
      heldUntilAt: null,
      holdLeftMs: null,
      runAt: null,
      askedAt: isoOf(atMs),
      endedAt: isoOf(atMs + 15_000),
      changes: [],
      planJson: JSON.stringify(plan),
      factsJson: '{}',
      archive: null,
      isDismissed: true
    },
    operations: things.map(({ record, whose }) =>
      deletion(record.ref.id, {
        id: `op-${record.ref.kind}-${record.ref.id}`,
        accountId: whose.id,
        assetKind: record.ref.kind,
        assetName: record.name,
        mode: 'permanent',
        state: 'done',
        askedAt: isoOf(atMs),
        sentAt: isoOf(atMs + 10_000),
        finishedAt: isoOf(atMs + 15_000),
        httpStatus: 200,
        batchId,
        stepId: `s-${record.ref.id}`
      })
    )
  }
}

const fill = (store: Store, seed: number, moveTo: (atMs: number) => void): void => {
  const things = Array.from({ length: yearCounts.assets }, (_, index) => thingOf(index))
  const erasures = Array.from({ length: yearCounts.erasures }, (_, index) => erasureOf(index))
  const erased = new Set(erasures.map(({ owner }) => owner))
  const filled = store.transaction((write) => {
    write.putAccount({ ...studio, ...atNobody })
    write.putAccount({ ...agency, ...atNobody })
    for (let index = 0; index < yearCounts.people; index += 1) {
      write.putPerson(personOf(index))
      write.addConsentNote(noteOf(index))
    }
    for (const { record, owner } of things) {
      write.putAsset({ ...record, presence: erased.has(owner) ? 'gone' : 'listed' })
      write.assignPerson(record.ref, personOf(owner).id)
    }
    for (const erasure of erasures) {
      const { batch, operations } = erasureRecords(
        things.filter(({ owner }) => owner === erasure.owner),
        erasure
      )
      write.putBatch(batch)
      for (const operation of operations) write.putOperation(operation)
    }
    for (const { atMs, events, walk } of momentsOf(seed, things)) {
      moveTo(atMs)
      for (const event of events) write.append(event, walk)
    }
  })
  if (!filled.ok) throw new Error(`The year could not be stored: ${filled.error.kind}`)
  store.transaction((write) => write.acknowledgeChanges(null))
}

/** Fills the data folder of an app that was never started with a year that is the same for the same seed. */
export const seedHistoryYear = (folder: string, seed = 17): void => {
  let nowMs = startMs
  let runMs = 0
  const store = openStore({
    folder,
    clock: {
      nowAt: () => isoOf(nowMs),
      monotonicMs: () => {
        runMs += 1
        return runMs
      },
      wait: () => Promise.resolve()
    },
    runId: 'run_year',
    log: listeningLog()
  })
  fill(store, seed, (atMs) => {
    nowMs = atMs
  })
  store.close()
}

/** The person of the third erasure, in February. */
export const erasedPerson = nameOf(erasureOf(2).owner)

/** When that was asked for. */
export const erasedOn = isoOf(erasureOf(2).atMs)
