import { targetKey } from '../../../shared/catalogue/keys.ts'
import { kinds } from '../../../shared/catalogue/kinds.ts'
import type { AssetRef } from '../../../shared/domain/asset.ts'
import type { PlanSubject } from '../../../shared/domain/plan.ts'
import { fail, ok, type Result } from '../../../shared/result.ts'
import type { Clock } from '../../ports/clock.ts'
import type { PlanFacts, Provider, TargetFacts } from '../../ports/provider.ts'
import type { AccountRecord, Binding, Store } from '../../ports/store.ts'
import { findAccount } from '../account-view.ts'
import { bindingOf } from '../binding.ts'
import type { KeyRing } from '../key-ring.ts'
import { type FactsPart, partFacts } from './draft-plan.ts'
import {
  factsOfAssets,
  factsOfRefs,
  isAssetRef,
  refreshedFromStore,
  withHolds
} from './facts-from-store.ts'

export interface PlanFactsDeps {
  readonly store: Store
  readonly keyRing: KeyRing
  readonly providerOf: (account: AccountRecord) => Provider
  readonly clock: Clock
}

/** What a plan is made of, account by account, and what it is called. */
export interface Gathered {
  readonly parts: readonly FactsPart[]
  readonly title: string
}

const unique = (targets: readonly TargetFacts[]): readonly TargetFacts[] =>
  [...new Map([...targets].reverse().map((one) => [targetKey(one.target), one])).values()].reverse()

/** Gathers what plans are made of, from what is stored and, where the subject asks for it, from the providers. */
export const createPlanFacts = (deps: PlanFactsDeps) => {
  const { store, clock } = deps

  const held = (part: FactsPart, ownOnTheirWay: ReadonlySet<string> = new Set()): FactsPart => ({
    ...part,
    facts: { ...part.facts, targets: withHolds(store, part.facts.targets, ownOnTheirWay) }
  })

  const gather = async (
    { accountId, facts }: FactsPart,
    isDeep: boolean,
    signal: AbortSignal
  ): Promise<Result<FactsPart>> => {
    const account = findAccount(store, accountId)
    if (!account.ok) return account
    const connection = deps.keyRing.connect(account.value)
    const { planner } = deps.providerOf(account.value)
    const gathered = await planner.gather(connection, facts, isDeep, signal)
    return gathered.ok ? ok({ accountId, facts: gathered.value }) : gathered
  }

  const gatherAll = async (
    parts: readonly FactsPart[],
    isDeep: (part: FactsPart) => boolean,
    signal: AbortSignal
  ): Promise<Result<readonly FactsPart[]>> => {
    const gathered: FactsPart[] = []
    for (const part of parts) {
      const one = await gather(part, isDeep(part), signal)
      if (!one.ok) return one
      gathered.push(one.value)
    }
    return ok(gathered)
  }

  /**
   * Just what was named; the provider is asked where nobody else can say what speaks against it. Out of reach it leaves
   * what is stored, and the plan says what could not be checked.
   */
  const gatherNamed = async (
    parts: readonly FactsPart[],
    signal: AbortSignal
  ): Promise<Result<readonly FactsPart[]>> => {
    const gathered: FactsPart[] = []
    for (const part of parts) {
      const isAsked = part.facts.targets.some(
        ({ target }) => kinds[target.kind].isCheckedAtProvider
      )
      const one = isAsked ? await gather(part, false, signal) : ok(part)
      const isOutOfReach = !one.ok && ['offline', 'timed-out'].includes(one.error.kind)
      if (!one.ok && !isOutOfReach) return one
      gathered.push(one.ok ? one.value : part)
    }
    return ok(gathered)
  }

  const partsOf = (subject: PlanSubject, targets: readonly TargetFacts[]): readonly FactsPart[] =>
    partFacts({ madeAt: clock.nowAt(), subject, targets, incomplete: [], notOffered: [] })

  const namedFacts = (refs: readonly AssetRef[]): Result<readonly TargetFacts[]> => {
    const names = new Set(refs.map(targetKey))
    const targets = unique(factsOfRefs(store, refs, 'asked'))
    return targets.length === names.size ? ok(targets) : fail({ kind: 'not-found' })
  }

  /** What was named with whatever is stored as belonging to it; the provider is asked for the rest. */
  const withChildren = (targets: readonly TargetFacts[]): readonly TargetFacts[] =>
    unique([
      ...targets,
      ...targets.flatMap(({ target }) => {
        if (!isAssetRef(target)) return []
        const relation = target.kind === 'model' ? 'version-of' : 'made-with'
        return factsOfAssets(store.read.childrenOf(target), relation)
      })
    ])

  const forPerson = async (
    subject: Extract<PlanSubject, { scope: 'person' }>,
    earlier: readonly TargetFacts[],
    signal: AbortSignal
  ): Promise<Result<Gathered>> => {
    const person = store.read.persons().find(({ id }) => id === subject.personId)
    if (person === undefined) return fail({ kind: 'not-found' })
    const tied = factsOfAssets(store.read.assetsOf(subject.personId), 'tied-to')
    const parts = await gatherAll(
      partsOf(subject, unique([...withChildren(tied), ...earlier])),
      () => true,
      signal
    )
    return parts.ok ? ok({ parts: parts.value.map((one) => held(one)), title: person.name }) : parts
  }

  const forSubject = async (
    subject: PlanSubject,
    signal: AbortSignal,
    known: readonly TargetFacts[] = []
  ): Promise<Result<Gathered>> => {
    const earlier = known.map((one) => ({ ...one, notes: [] }))
    if (subject.scope === 'person') return forPerson(subject, earlier, signal)
    const named = namedFacts(subject.scope === 'assets' ? subject.refs : [subject.ref])
    if (!named.ok) return named
    const [only, ...others] = named.value
    const title = only !== undefined && others.length === 0 ? only.name : ''
    if (subject.scope === 'assets') {
      const asked = await gatherNamed(partsOf(subject, named.value), signal)
      return asked.ok ? ok({ parts: asked.value.map((one) => held(one)), title }) : asked
    }
    const parts = partsOf(subject, unique([...withChildren(named.value), ...earlier]))
    const gathered = await gatherAll(parts, () => true, signal)
    return gathered.ok ? ok({ parts: gathered.value.map((one) => held(one)), title }) : gathered
  }

  /** Looks at the same things again; `ownOnTheirWay`: what the plan's own deletions are already under way for. */
  const again = async (
    facts: PlanFacts,
    ownOnTheirWay: ReadonlySet<string>,
    hasWaited: boolean,
    signal: AbortSignal
  ): Promise<Result<readonly FactsPart[]>> => {
    const isNamedOnly = facts.subject.scope === 'assets'
    const bare = { ...facts, madeAt: clock.nowAt(), incomplete: [], notOffered: [] }
    const targets = facts.targets.map((one) => ({ ...one, notes: [] }))
    const parts = partFacts({ ...bare, targets })
    const isAsked = ({ facts: { targets } }: FactsPart): boolean =>
      !isNamedOnly || targets.some(({ target }) => kinds[target.kind].isCheckedAtProvider)
    const read: FactsPart[] = []
    for (const part of parts) {
      if (!hasWaited && !isAsked(part)) {
        const targets = refreshedFromStore(store, part.facts.targets)
        read.push({ ...part, facts: { ...part.facts, targets } })
        continue
      }
      const gathered = await gather(part, !isNamedOnly, signal)
      if (!gathered.ok) return gathered
      read.push(gathered.value)
    }
    return ok(read.map((part) => held(part, ownOnTheirWay)))
  }

  const bindings = (): ReadonlyMap<string, Binding> =>
    new Map(store.read.accounts().map((account) => [account.id, bindingOf(account)]))

  return { forSubject, again, held: (part: FactsPart) => held(part), bindings }
}
