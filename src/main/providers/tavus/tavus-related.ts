import type { TargetKind } from '../../../shared/catalogue/kinds.ts'
import type { Evidence } from '../../../shared/domain/deletion.ts'
import type { AppError } from '../../../shared/errors.ts'
import { ok, type Result } from '../../../shared/result.ts'
import type {
  Connection,
  FactNote,
  ObservedAsset,
  ObservedListing,
  PlanFacts,
  Planner,
  Provider,
  TargetFacts
} from '../../ports/provider.ts'
import { leavesOf } from '../../rules/left-elsewhere.ts'
import { type Call, isDone, readShape } from '../account-call.ts'
import { memoryStores, readTavusId, type TavusAssetKind } from './tavus-address.ts'
import { nameOfTarget, toEvidence } from './tavus-cautions.ts'
import { voiceOfPal } from './tavus-mapping.ts'
import {
  createPageList,
  noPages,
  type PageList,
  type PublicPage,
  pageFacts
} from './tavus-pages.ts'
import { joinNoted, type PalJoin, pageJoinOf, palJoinOf } from './tavus-pals.ts'
import {
  joinOf,
  noteOfJoin,
  type VoicedFace,
  type VoicesNamed,
  voicesNamedIn
} from './tavus-voices.ts'
import { memoryStorePageWireSchema } from './tavus-wire.ts'

/** Up to so many videos are asked for one by one rather than by walking the whole list. */
const mostLookups = 10
const mostEvidence = 20
const mostMemoryStores = 50

/** A conversation that hangs on a replica, as far as it was read. */
interface Related {
  readonly facts: TargetFacts
  /** The PAL that it was held with. */
  readonly palId: string | null
}

/** A list of which only what matters to the plan was kept. */
interface KeptList extends Pick<ObservedListing, 'seenIds' | 'isComplete'> {
  readonly kept: readonly Related[]
}

/** PALs that matter to the plan; `isComplete` false if some may have been missed. */
interface PalList {
  readonly pals: readonly ObservedAsset[]
  readonly seenIds: ReadonlySet<string>
  readonly isComplete: boolean
}

const noPals: PalList = { pals: [], seenIds: new Set(), isComplete: false }

/** After these nothing more of the account can be asked; after others the rest still can. */
const endsAll = ({ kind }: AppError): boolean =>
  ![
    // The key was just accepted; a list may be refused to it all the same.
    'key-rejected',
    'provider-refused',
    'provider-down',
    'unexpected-response',
    'timed-out',
    'not-found',
    'invalid-input'
  ].includes(kind)

/** What was told anew about a target that was known, or of a video that was not. */
const fromObserved = (
  asset: ObservedAsset,
  known: Pick<TargetFacts, 'target' | 'relation' | 'notes' | 'holds'>
): TargetFacts => ({
  target: known.target,
  name: asset.name,
  relation: known.relation,
  statusRaw: asset.statusRaw === '' ? null : asset.statusRaw,
  status: asset.status,
  origin: asset.origin,
  createdAt: asset.createdAt,
  updatedAt: asset.updatedAt,
  parentId: asset.parentId,
  ...(asset.kind === 'persona' ? { voiceId: voiceOfPal(asset) } : {}),
  ...leavesOf(asset.details),
  notes: known.notes,
  holds: known.holds
})

const relatedOf = (
  asset: ObservedAsset,
  accountId: TargetFacts['target']['accountId']
): Related => {
  const target = { accountId, kind: 'conversation', id: asset.id } as const
  const pal = asset.details.find(({ name }) => name === 'persona_id')
  return {
    facts: fromObserved(asset, { target, relation: 'held-with', notes: [], holds: [] }),
    palId: readTavusId(pal?.value)
  }
}

const word = (text: string | null): string => (text ?? '').trim().toLowerCase()

/** Whether somebody speaks with a replica right now. */
const noteOf = (conversations: KeptList | null, replica: TargetFacts): FactNote => {
  const code = 'active-conversation'
  if (conversations === null) {
    return { code, finding: 'not-checked', isComplete: false, evidence: [] }
  }
  const evidence: Evidence[] = conversations.kept
    .filter(({ facts }) => facts.parentId === replica.target.id)
    .filter(({ facts }) => word(facts.statusRaw) === 'active')
    .map(({ facts }) => toEvidence(facts))
  return {
    code,
    finding: evidence.length > 0 ? 'holds' : 'does-not-hold',
    isComplete: conversations.isComplete,
    evidence: evidence.slice(0, mostEvidence)
  }
}

/** Reads at Tavus what a plan hangs on. Its lists cannot be asked for one replica, so they are walked whole. */
export const createGather = (
  call: Call,
  reads: Pick<Provider, 'list' | 'watch' | 'probe'>
): Planner['gather'] => {
  const walkConversations = async (
    connection: Connection,
    accountId: TargetFacts['target']['accountId'],
    isWanted: (related: Related) => boolean,
    signal: AbortSignal
  ): Promise<Result<KeptList>> => {
    const kept: Related[] = []
    const walked = await reads.list(connection, 'conversation', signal, async (found) => {
      kept.push(...found.map((asset) => relatedOf(asset, accountId)).filter(isWanted))
      return ok(null)
    })
    return walked.ok ? ok({ ...walked.value, kept }) : walked
  }

  /** Walks a list of assets and keeps of it what matters to the plan. */
  const listWanted = async (
    connection: Connection,
    kind: TavusAssetKind,
    isWanted: (asset: ObservedAsset) => boolean,
    signal: AbortSignal
  ) => {
    const assets: ObservedAsset[] = []
    const listed = await reads.list(connection, kind, signal, async (found) => {
      for (const asset of found) if (isWanted(asset)) assets.push(asset)
      return ok(null)
    })
    return listed.ok ? ok({ ...listed.value, assets }) : listed
  }

  const listPages = createPageList(call)

  /**
   * Memory stores hold what PALs learned of the people who talked. Which PAL uses one is told nowhere, so all are named, and
   * nothing of what they remember is kept. Where the list is refused, there may be some.
   */
  const listMemoryStores = async (
    connection: Connection,
    signal: AbortSignal
  ): Promise<Result<readonly Evidence[]>> => {
    const kind = 'memory'
    const perhaps = [{ kind, id: null, name: null }] as const
    const url = `${connection.apiAddress}${memoryStores}`
    const got = await call(connection, { method: 'GET', url }, signal)
    if (!got.ok) return endsAll(got.error) ? got : ok(perhaps)
    if (!isDone(got.value.answer)) return ok(got.value.answer.status === 404 ? [] : perhaps)
    const told = readShape(got.value.answer, memoryStorePageWireSchema)
    if (!told.ok) return ok(perhaps)
    const { data, memory_stores: stores, total_count: total } = told.value
    const ids = (data ?? stores ?? []).flatMap((row) => readTavusId(row.memory_store_id) ?? [])
    const named = ids.slice(0, mostMemoryStores).map((id) => ({ kind, id, name: id }) as const)
    return ok(named.length < Math.max(total ?? 0, ids.length) ? [...named, ...perhaps] : named)
  }

  /** The PALs that are wanted, without those that call themselves deleted; none where they cannot be listed. */
  const listPals = async (
    connection: Connection,
    isWanted: (pal: ObservedAsset) => boolean,
    signal: AbortSignal
  ): Promise<Result<PalList>> => {
    const isThere = (pal: ObservedAsset): boolean => pal.status !== 'deleted' && isWanted(pal)
    const listed = await listWanted(connection, 'persona', isThere, signal)
    if (!listed.ok) return endsAll(listed.error) ? listed : ok(noPals)
    const { assets, seenIds, isComplete } = listed.value
    return ok({ pals: assets, seenIds, isComplete })
  }

  /** The targets as Tavus tells of them now, without those that it does not know or calls deleted. */
  const lookAt = async (
    connection: Connection,
    kind: TavusAssetKind,
    known: readonly TargetFacts[],
    signal: AbortSignal,
    onSeen: (assets: readonly ObservedAsset[]) => void = () => undefined
  ): Promise<Result<readonly TargetFacts[]>> => {
    const mine = known.filter(({ target }) => target.kind === kind)
    if (mine.length === 0) return ok([])
    const ids = mine.map(({ target }) => target.id)
    const isLong = kind !== 'replica' && ids.length > mostLookups
    const asked = new Set(ids)
    const listed = isLong
      ? await listWanted(connection, kind, ({ id }) => asked.has(id), signal)
      : null
    if (listed !== null && !listed.ok) return listed
    const seen = listed?.value.assets ?? []
    const seenIds = idsOf(seen)
    const missing = listed?.value.isComplete === true ? [] : ids.filter((id) => !seenIds.has(id))
    const watched = await reads.watch(connection, kind, missing, signal)
    if (!watched.ok) return watched
    onSeen([...seen, ...watched.value])
    return ok(completed(mine, [...seen, ...watched.value]))
  }

  const gatherVideos = async (
    connection: Connection,
    known: readonly TargetFacts[],
    replicas: readonly TargetFacts[],
    signal: AbortSignal
  ): Promise<Result<Part>> => {
    const knownIds = new Set<string>(known.map(({ target }) => target.id))
    const ids = new Set<string>(replicas.map(({ target }) => target.id))
    const isWanted = ({ id, parentId }: ObservedAsset): boolean =>
      knownIds.has(id) || (parentId !== null && ids.has(parentId))
    const listed = await listWanted(connection, 'video', isWanted, signal)
    if (!listed.ok) {
      if (endsAll(listed.error)) return listed
      return ok({ targets: known, isComplete: false })
    }
    const { assets, isComplete } = listed.value
    const [accountId] = replicas.map(({ target }) => target.accountId)
    const found = assets
      .filter(({ id, parentId, status }) => {
        return !knownIds.has(id) && parentId !== null && ids.has(parentId) && status !== 'deleted'
      })
      .flatMap((asset) => {
        if (accountId === undefined) return []
        const target = { accountId, kind: 'video', id: asset.id } as const
        return [fromObserved(asset, { target, relation: 'made-with', notes: [], holds: [] })]
      })
    // What a whole list leaves out is gone; what a partial one leaves out may be there.
    const readIds = idsOf(assets)
    const unseen = isComplete ? [] : known.filter(({ target }) => !readIds.has(target.id))
    return ok({ targets: [...completed(known, assets), ...unseen, ...found], isComplete })
  }

  /** Every replica of the account that is there, as far as its voices matter. Null: the list could not be read whole. */
  const listVoiced = async (
    connection: Connection,
    voiceIds: ReadonlySet<string>,
    accountId: TargetFacts['target']['accountId'],
    signal: AbortSignal
  ): Promise<Result<{ readonly faces: readonly VoicedFace[]; readonly isComplete: boolean }>> => {
    const isVoiced = ({ original, chosen }: VoicesNamed): boolean =>
      voiceIds.has(original ?? '') || voiceIds.has(chosen ?? '')
    const isWanted = ({ status, details }: ObservedAsset): boolean =>
      status !== 'deleted' && isVoiced(voicesNamedIn(details))
    const listed = await listWanted(connection, 'replica', isWanted, signal)
    if (!listed.ok) return endsAll(listed.error) ? listed : ok({ faces: [], isComplete: false })
    const faces = listed.value.assets.map(({ id, name, details }) => ({
      ...voicesNamedIn(details),
      facts: { target: { accountId, kind: 'replica', id } as const, name }
    }))
    return ok({ faces, isComplete: listed.value.isComplete })
  }

  /**
   * The own voices that the plan's replicas name, and those it knew already: each with how sure it is to be theirs, and what
   * uses it. Stock voices are everybody's and no part of a plan.
   */
  const gatherVoices = async (
    connection: Connection,
    facts: PlanFacts,
    voiceIds: ReadonlySet<string>,
    pals: PalList,
    signal: AbortSignal
  ): Promise<Result<Part>> => {
    const known = ofKind(facts, 'voice')
    const [accountId] = facts.targets.map(({ target }) => target.accountId)
    if (voiceIds.size === 0 || accountId === undefined) return ok({ targets: [], isComplete: true })
    const isWanted = ({ id, status, origin }: ObservedAsset): boolean =>
      voiceIds.has(id) && status !== 'deleted' && origin !== 'stock'
    const listed = await listWanted(connection, 'voice', isWanted, signal)
    if (!listed.ok && endsAll(listed.error)) return listed
    const assets = listed.ok ? listed.value.assets : []
    const isComplete = listed.ok && listed.value.isComplete
    const voiced = await listVoiced(connection, voiceIds, accountId, signal)
    if (!voiced.ok) return voiced
    const uses: VoiceUses = {
      faces: voiced.value.faces,
      pals: pals.pals,
      isComplete: voiced.value.isComplete && pals.isComplete
    }
    const replicaIds = new Set<string>(ofKind(facts, 'replica').map(({ target }) => target.id))
    const found = assets.map((asset) => {
      const earlier = known.find(({ target }) => target.id === asset.id)
      const target = { accountId, kind: 'voice', id: asset.id } as const
      const voice = earlier ?? { target, relation: 'voice-of' as const, notes: [], holds: [] }
      const observed = fromObserved(asset, voice)
      return { ...observed, notes: [...voice.notes, ...notesOfVoice(observed, uses, replicaIds)] }
    })
    const seenIds = idsOf(assets)
    const unseen = isComplete ? [] : known.filter(({ target }) => !seenIds.has(target.id))
    return ok({ targets: [...found, ...unseen], isComplete })
  }

  /** What uses the voices that were named, so that a refusal is no surprise. */
  const withUses = async (
    connection: Connection,
    voices: readonly TargetFacts[],
    signal: AbortSignal
  ): Promise<Result<readonly TargetFacts[]>> => {
    const [accountId] = voices.map(({ target }) => target.accountId)
    if (accountId === undefined) return ok(voices)
    const ids = new Set<string>(voices.map(({ target }) => target.id))
    const pals = await listPals(connection, (pal) => ids.has(voiceOfPal(pal) ?? ''), signal)
    if (!pals.ok) return pals
    const voiced = await listVoiced(connection, ids, accountId, signal)
    if (!voiced.ok) return voiced
    const uses: VoiceUses = {
      faces: voiced.value.faces,
      pals: pals.value.pals,
      isComplete: voiced.value.isComplete && pals.value.isComplete
    }
    return ok(
      voices.map((voice) => ({ ...voice, notes: [...voice.notes, noteOfUses(voice, uses)] }))
    )
  }

  /**
   * What stands around PALs: the talks held with them or with the plan's replicas, and the public pages that they are on.
   * PALs come back with what goes on using them.
   */
  const gatherAround = async (
    connection: Connection,
    facts: PlanFacts,
    pals: readonly TargetFacts[],
    joins: ReadonlyMap<string, PalJoin>,
    listed: PalList,
    signal: AbortSignal
  ): Promise<Result<Around>> => {
    const [accountId] = facts.targets.map(({ target }) => target.accountId)
    const bare = { conversations: null, pages: { targets: [], isComplete: true }, pals }
    if (accountId === undefined) return ok(bare)
    const replicaIds = new Set<string>(ofKind(facts, 'replica').map(({ target }) => target.id))
    const isTalk = hangsOn(replicaIds, ofKind(facts, 'conversation'))
    const palIds = new Set<string>(pals.map(({ target }) => target.id))
    const walked = await walkConversations(
      connection,
      accountId,
      (one) => isTalk(one.facts) || palIds.has(one.palId ?? ''),
      signal
    )
    if (!walked.ok && endsAll(walked.error)) return walked
    const conversations = walked.ok ? walked.value : null
    const read = await listPages(connection, signal)
    if (!read.ok && endsAll(read.error)) return read
    const list = read.ok ? read.value : noPages
    const pages = pageTargets(list, ofKind(facts, 'page'), accountId, (page) =>
      palIds.has(page.palId ?? '')
        ? (joins.get(page.palId ?? '') ?? 'certain')
        : pageJoinOf(page.palId, joins, listed.seenIds, listed.isComplete)
    )
    const isComplete = conversations?.isComplete === true && pages.isComplete
    const used = pals.map((pal) => ({
      ...pal,
      notes: [...pal.notes, noteOfPal(pal, conversations, pages.targets, isComplete)]
    }))
    return ok({ conversations, pages, pals: used })
  }

  const gatherDeep = async (
    connection: Connection,
    facts: PlanFacts,
    signal: AbortSignal
  ): Promise<Result<PlanFacts>> => {
    const replicas = ofKind(facts, 'replica')
    const [first] = replicas
    if (first === undefined) return gatherNamed(connection, facts, signal)
    const named: VoicesNamed[] = []
    const looked = await lookAt(connection, 'replica', facts.targets, signal, (assets) => {
      named.push(...assets.map(({ details }) => voicesNamedIn(details)))
    })
    if (!looked.ok) return looked
    const voiceIds = new Set<string>([
      ...named.flatMap(({ original, chosen }) => [original, chosen].filter((id) => id !== null)),
      ...ofKind(facts, 'voice').map(({ target }) => target.id)
    ])
    const knownVideos = ofKind(facts, 'video')
    const videos = await gatherVideos(connection, knownVideos, replicas, signal)
    if (!videos.ok) return videos
    const incomplete = new Set<TargetKind>(videos.value.isComplete ? [] : ['video'])

    const ids = new Set<string>(replicas.map(({ target }) => target.id))
    const { accountId } = first.target
    const knownPals = ofKind(facts, 'persona')
    const knownPalIds = new Set<string>(knownPals.map(({ target }) => target.id))
    const pals = await listPals(
      connection,
      (pal) =>
        knownPalIds.has(pal.id) ||
        ids.has(pal.parentId ?? '') ||
        voiceIds.has(voiceOfPal(pal) ?? ''),
      signal
    )
    if (!pals.ok) return pals
    if (!pals.value.isComplete) incomplete.add('persona')
    const voices = await gatherVoices(connection, facts, voiceIds, pals.value, signal)
    if (!voices.ok) return voices
    if (!voices.value.isComplete) incomplete.add('voice')
    const joins = palJoins(pals.value, ids, voices.value.targets)
    const meant = palTargets(
      pals.value,
      knownPals,
      accountId,
      ({ id }) => knownPalIds.has(id) || isJoined(joins.get(id))
    )
    const around = await gatherAround(connection, facts, meant, joins, pals.value, signal)
    if (!around.ok) return around
    const { conversations, pages } = around.value
    if (conversations?.isComplete !== true) incomplete.add('conversation')
    if (!pages.isComplete) incomplete.add('page')
    const stores = await listMemoryStores(connection, signal)
    if (!stores.ok) return stores
    const knownTalks = ofKind(facts, 'conversation')
    const noted = looked.value.map((replica) => ({
      ...replica,
      notes: [...replica.notes, noteOf(conversations, replica)]
    }))
    return ok({
      ...facts,
      targets: [
        ...noted,
        ...videos.value.targets,
        ...hangingOn(conversations, knownTalks, hangsOn(ids, knownTalks)),
        ...around.value.pals,
        ...pages.targets,
        ...voices.value.targets
      ],
      incomplete: [...incomplete],
      othersData: stores.value
    })
  }

  const gatherNamed = async (
    connection: Connection,
    facts: PlanFacts,
    signal: AbortSignal
  ): Promise<Result<PlanFacts>> => {
    const replicas = await lookAt(connection, 'replica', facts.targets, signal)
    if (!replicas.ok) return replicas
    const videos = await lookAt(connection, 'video', facts.targets, signal)
    if (!videos.ok) return videos
    const talks = await lookAt(connection, 'conversation', facts.targets, signal)
    if (!talks.ok) return talks
    const pals = await lookAt(connection, 'persona', facts.targets, signal)
    if (!pals.ok) return pals
    const around =
      pals.value.length === 0 && ofKind(facts, 'page').length === 0
        ? null
        : await gatherAround(connection, facts, pals.value, new Map(), noPals, signal)
    if (around?.ok === false) return around
    const listed = await lookAt(connection, 'voice', facts.targets, signal)
    if (!listed.ok) return listed
    const voices = await withUses(connection, listed.value, signal)
    if (!voices.ok) return voices
    const pages = around?.value.pages ?? { targets: [], isComplete: true }
    const used = around?.value.pals ?? []
    const seen = new Map(
      [...replicas.value, ...videos.value, ...used, ...voices.value, ...talks.value].map((one) => [
        nameOfTarget(one.target),
        one
      ])
    )
    const targets = facts.targets.flatMap((one) => seen.get(nameOfTarget(one.target)) ?? [])
    const incomplete = pages.isComplete ? facts.incomplete : [...facts.incomplete, 'page' as const]
    return ok({ ...facts, targets: [...targets, ...pages.targets], incomplete })
  }

  return (connection, known, isDeep, signal) =>
    isDeep ? gatherDeep(connection, known, signal) : gatherNamed(connection, known, signal)
}

const ofKind = (facts: PlanFacts, kind: TargetKind): readonly TargetFacts[] =>
  facts.targets.filter(({ target }) => target.kind === kind)

/** Whether something belongs to one of these replicas, or was known to. */
const hangsOn =
  (replicaIds: ReadonlySet<string>, known: readonly TargetFacts[]) =>
  ({ target, parentId }: TargetFacts): boolean =>
    replicaIds.has(parentId ?? '') || known.some((one) => one.target.id === target.id)

/** What stands around PALs. `conversations` null: they could not be listed. */
interface Around {
  readonly conversations: KeptList | null
  readonly pages: Part
  readonly pals: readonly TargetFacts[]
}

/** How sure it is of each PAL that it carries the likeness of these replicas. */
const palJoins = (
  { pals }: PalList,
  replicaIds: ReadonlySet<string>,
  voices: readonly TargetFacts[]
): ReadonlyMap<string, PalJoin> => {
  const ofVoices = new Map(voices.map((voice) => [voice.target.id as string, joinNoted(voice)]))
  return new Map(
    pals.flatMap((pal) => {
      const shows = { faceId: pal.parentId, voiceId: voiceOfPal(pal) }
      const join = palJoinOf(shows, replicaIds, ofVoices)
      return join === null ? [] : [[pal.id as string, join] as const]
    })
  )
}

const isJoined = (join: PalJoin | undefined): boolean => join === 'certain' || join === 'likely'

/** The pages that show one of the PALs, or may; those that may are told apart. Known ones stay where the list is partial. */
const pageTargets = (
  { pages, seenIds, isComplete }: PageList,
  known: readonly TargetFacts[],
  accountId: TargetFacts['target']['accountId'],
  joinOfPage: (page: PublicPage) => PalJoin | null
): Part => {
  const knownIds = new Set<string>(known.map(({ target }) => target.id))
  const targets = pages.flatMap((page): readonly TargetFacts[] => {
    const join = knownIds.has(page.id) ? 'certain' : joinOfPage(page)
    const facts = pageFacts(page, accountId)
    if (join === null) return []
    return join === 'unknown' ? [{ ...facts, notes: [...facts.notes, perhapsNotItsPage] }] : [facts]
  })
  const unseen = isComplete ? [] : known.filter(({ target }) => !seenIds.has(target.id))
  return { targets: [...targets, ...unseen], isComplete }
}

const perhapsNotItsPage: FactNote = {
  code: 'perhaps-not-its-page',
  finding: 'not-checked',
  isComplete: false,
  evidence: []
}

/** What goes on using a PAL: talks that are under way, and pages that are on the web. */
const noteOfPal = (
  pal: TargetFacts,
  conversations: KeptList | null,
  pages: readonly TargetFacts[],
  isComplete: boolean
): FactNote => {
  const talks = (conversations?.kept ?? []).filter(
    ({ palId, facts }) => palId === pal.target.id && word(facts.statusRaw) === 'active'
  )
  const shown = pages.filter(
    ({ parentId, statusRaw }) => parentId === pal.target.id && statusRaw === 'active'
  )
  const evidence = [...talks.map(({ facts }) => facts), ...shown].map(toEvidence)
  return {
    code: 'pal-in-use',
    finding: evidence.length > 0 ? 'holds' : isComplete ? 'does-not-hold' : 'not-checked',
    isComplete,
    evidence: evidence.slice(0, mostEvidence)
  }
}

/** The PALs that the list has, and of those known before what a partial list leaves out. */
const palTargets = (
  { pals, seenIds, isComplete }: PalList,
  known: readonly TargetFacts[],
  accountId: TargetFacts['target']['accountId'],
  isMeant: (pal: ObservedAsset) => boolean
): readonly TargetFacts[] => {
  const found = pals.filter(isMeant).map((pal) => {
    const target = { accountId, kind: 'persona', id: pal.id } as const
    const fresh = { target, relation: 'uses' as const, notes: [], holds: [] }
    return fromObserved(pal, known.find((one) => one.target.id === pal.id) ?? fresh)
  })
  const unseen = isComplete ? [] : known.filter(({ target }) => !seenIds.has(target.id))
  return [...found, ...unseen]
}

/**
 * What a list tells to hang on the replicas, or was known to. What a whole list leaves out is gone; what a partial one
 * leaves out may be there.
 */
const hangingOn = (
  list: KeptList | null,
  known: readonly TargetFacts[],
  hangs: (facts: TargetFacts) => boolean
): readonly TargetFacts[] => {
  const relations = new Map(known.map(({ target, relation }) => [target.id as string, relation]))
  const hanging = (list?.kept ?? [])
    .map(({ facts }) => facts)
    .filter(hangs)
    .filter(({ statusRaw }) => word(statusRaw) !== 'deleted')
    .map((facts) => ({ ...facts, relation: relations.get(facts.target.id) ?? facts.relation }))
  const unseen = known.filter(({ target }) => list?.seenIds.has(target.id) !== true)
  return list?.isComplete === true ? hanging : [...hanging, ...unseen]
}

/** What uses voices, as far as it was read. */
interface VoiceUses {
  readonly faces: readonly VoicedFace[]
  readonly pals: readonly ObservedAsset[]
  readonly isComplete: boolean
}

const namesVoice = ({ original, chosen }: VoicesNamed, voice: TargetFacts): boolean =>
  original === voice.target.id || chosen === voice.target.id

const noteOfUses = (voice: TargetFacts, { faces, pals, isComplete }: VoiceUses): FactNote => {
  const evidence: Evidence[] = [
    ...faces.filter((face) => namesVoice(face, voice)).map(({ facts }) => evidenceOf(facts)),
    ...pals
      .filter((pal) => voiceOfPal(pal) === voice.target.id)
      .map(({ id, name }) => ({ kind: 'persona' as const, id, name }))
  ]
  return {
    code: 'voice-in-use',
    finding: evidence.length > 0 ? 'holds' : isComplete ? 'does-not-hold' : 'not-checked',
    isComplete,
    evidence: evidence.slice(0, mostEvidence)
  }
}

/** How a voice of the plan stands to its replicas, and what else uses it. */
const notesOfVoice = (
  voice: TargetFacts,
  uses: VoiceUses,
  replicaIds: ReadonlySet<string>
): readonly FactNote[] => {
  const inPlan = ({ facts }: VoicedFace): boolean => replicaIds.has(facts.target.id)
  const wanted = uses.faces.filter(inPlan)
  const others = uses.faces.filter((face) => !inPlan(face))
  const join = joinOf(voice.target.id, wanted, others)
  const naming = wanted.filter((face) => namesVoice(face, voice))
  const evidence = naming.map(({ facts }) => evidenceOf(facts)).slice(0, mostEvidence)
  const isTold = voice.relation === 'voice-of' && join !== null
  return [...(isTold ? [noteOfJoin(join, evidence)] : []), noteOfUses(voice, uses)]
}

const evidenceOf = ({ target, name }: VoicedFace['facts']): Evidence => ({
  kind: target.kind,
  id: target.id,
  name
})

/** Things of one kind as they are now; `isComplete` false if some may have been missed. */
interface Part {
  readonly targets: readonly TargetFacts[]
  readonly isComplete: boolean
}

const idsOf = (assets: readonly ObservedAsset[]): ReadonlySet<string> =>
  new Set(assets.map(({ id }) => id))

/** The known ones among what was seen, as seen now. */
const completed = (
  known: readonly TargetFacts[],
  seen: readonly ObservedAsset[]
): readonly TargetFacts[] => {
  const byId = new Map(seen.map((asset) => [asset.id as string, asset]))
  return known.flatMap((facts) => {
    const asset = byId.get(facts.target.id)
    if (asset === undefined || asset.status === 'deleted') return []
    return [fromObserved({ ...asset, origin: asset.origin ?? facts.origin }, facts)]
  })
}
