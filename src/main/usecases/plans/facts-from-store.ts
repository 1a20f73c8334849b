import { targetKey } from '../../../shared/catalogue/keys.ts'
import type { AssetKind, TargetKind } from '../../../shared/catalogue/kinds.ts'
import type { AccountId } from '../../../shared/domain/account.ts'
import type { AssetRecord } from '../../../shared/domain/asset.ts'
import {
  type Asset,
  type AssetRef,
  assetKindSchema,
  type TargetRef
} from '../../../shared/domain/asset.ts'
import type { Relation } from '../../../shared/domain/plan.ts'
import type { TargetFacts } from '../../ports/provider.ts'
import type { Operation, OperationState, Store } from '../../ports/store.ts'
import { leavesOf } from '../../rules/left-elsewhere.ts'

type Hold = TargetFacts['holds'][number]

/** Deletions that have not ended; one whose answer was lost is told apart. */
const openStates: readonly OperationState[] = [
  'planned',
  'held',
  'queued',
  'sent',
  'accepted',
  'unclear'
]

/** Several things of one account and kind, to be looked up together. */
export interface Group<K extends TargetKind> {
  readonly accountId: AccountId
  readonly kind: K
  readonly ids: readonly string[]
}

export const groupTargets = <K extends TargetKind>(
  targets: readonly (TargetRef & { readonly kind: K })[]
): readonly Group<K>[] => {
  const groups = new Map<string, { accountId: AccountId; kind: K; ids: string[] }>()
  for (const { accountId, kind, id } of targets) {
    const name = `${accountId}/${kind}`
    const group = groups.get(name)
    if (group === undefined) groups.set(name, { accountId, kind, ids: [id] })
    else group.ids.push(id)
  }
  return [...groups.values()]
}

/** What is stored of an asset, as facts. One that is gone already is told as deleted. */
const toFacts = (
  record: AssetRecord | Asset,
  relation: Relation,
  notes: TargetFacts['notes']
): TargetFacts => ({
  target: record.ref,
  name: record.name,
  relation,
  statusRaw: record.statusRaw === '' ? null : record.statusRaw,
  status: record.presence === 'gone' ? 'deleted' : record.status,
  origin: record.origin,
  createdAt: record.createdAt,
  updatedAt: record.updatedAt,
  parentId: record.parentId,
  ...leavesOf(record.details),
  notes,
  holds: []
})

export const factsOfAssets = (
  assets: readonly Asset[],
  relation: Relation
): readonly TargetFacts[] => assets.map((asset) => toFacts(asset, relation, []))

/** What is stored of some assets, in their order; those that are not stored are left out. One look for each account and kind. */
export const factsOfRefs = (
  store: Store,
  refs: readonly AssetRef[],
  relation: Relation
): readonly TargetFacts[] => {
  const records = new Map<string, AssetRecord>()
  for (const { accountId, kind, ids } of groupTargets<AssetKind>(refs)) {
    for (const record of store.read.assetRecordsOf(accountId, kind, ids)) {
      records.set(targetKey(record.ref), record)
    }
  }
  return refs.flatMap((ref) => {
    const record = records.get(targetKey(ref))
    return record === undefined ? [] : [toFacts(record, relation, [])]
  })
}

/** The same targets with what is stored of them now; only assets are stored, so the rest stays as it was. */
export const refreshedFromStore = (
  store: Store,
  targets: readonly TargetFacts[]
): readonly TargetFacts[] => {
  const refs = targets.flatMap(({ target }) => (isAssetRef(target) ? [target] : []))
  const now = new Map(
    factsOfRefs(store, refs, 'asked').map((facts) => [targetKey(facts.target), facts])
  )
  return targets.flatMap((facts) => {
    if (!isAssetRef(facts.target)) return [facts]
    const stored = now.get(targetKey(facts.target))
    return stored === undefined ? [] : [{ ...stored, relation: facts.relation, notes: facts.notes }]
  })
}

/** What was accepted and is looked at no longer is not under way any more, as far as anybody can tell. */
const holdOf = (state: OperationState, found: Operation['found']): Hold => {
  if (state === 'unclear') return 'still-unclear'
  return state === 'accepted' && found === 'there' ? 'not-gone-yet' : 'already-asked'
}

export const isAssetRef = (target: TargetRef): target is AssetRef =>
  assetKindSchema.safeParse(target.kind).success

/** What a PAL's face and voice are called here. */
const shownNames = (store: Store, { target, parentId, voiceId }: TargetFacts) => {
  if (target.kind !== 'persona') return {}
  const { accountId } = target
  const nameOf = (kind: AssetKind, id: AssetRef['id'] | null | undefined): string =>
    id ? (store.read.asset({ accountId, kind, id })?.name ?? '') : ''
  return { shownNames: { face: nameOf('replica', parentId), voice: nameOf('voice', voiceId) } }
}

/** Pins, read-only accounts and deletions that have not ended, as they are now, in a few looks for all targets together. */
export const withHolds = (
  store: Store,
  targets: readonly TargetFacts[],
  /** Names of targets whose own deletion is the one on its way. */
  ownOnTheirWay: ReadonlySet<string> = new Set()
): readonly TargetFacts[] => {
  const open = new Map<string, Hold>()
  for (const { kind, accountId, assetKind, assetId, state, found } of store.read.operations(
    openStates
  )) {
    if (kind !== 'delete' || assetId === null) continue
    const hold = holdOf(state, found)
    const name = targetKey({ accountId, kind: assetKind, id: assetId })
    if (open.get(name) !== 'already-asked') open.set(name, hold)
  }
  const accounts = new Map<AccountId, { isReadOnly: boolean; pinned: ReadonlySet<string> }>()
  for (const accountId of new Set(targets.map(({ target }) => target.accountId))) {
    const mine = targets.map(({ target }) => target).filter((one) => one.accountId === accountId)
    accounts.set(accountId, {
      isReadOnly: store.read.account(accountId)?.isReadOnly ?? false,
      pinned: store.read.pinned(accountId, mine)
    })
  }
  return targets.map((facts) => {
    const { target } = facts
    const account = accounts.get(target.accountId)
    const name = targetKey(target)
    const onItsWay = ownOnTheirWay.has(name) ? undefined : open.get(name)
    const holds: Hold[] = []
    if (account?.isReadOnly === true) holds.push('read-only-account')
    if (account?.pinned.has(`${target.kind}/${target.id}`) === true) holds.push('pinned')
    if (onItsWay !== undefined) holds.push(onItsWay)
    return { ...facts, holds, ...shownNames(store, facts) }
  })
}
