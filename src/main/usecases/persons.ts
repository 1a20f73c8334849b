import { assetKinds } from '../../shared/catalogue/kinds.ts'
import type { AccountId } from '../../shared/domain/account.ts'
import { anyListed } from '../../shared/domain/any-asset.ts'
import type { Asset, AssetQuery, AssetRef } from '../../shared/domain/asset.ts'
import {
  type Person,
  type PersonId,
  type PersonInput,
  personIdSchema,
  type StoredPerson
} from '../../shared/domain/person.ts'
import { holdsName } from '../../shared/folded.ts'
import { fail, ok, type Result } from '../../shared/result.ts'
import type { Clock } from '../ports/clock.ts'
import type { Emit } from '../ports/emit.ts'
import type { Store, StoreWrites } from '../ports/store.ts'
import { noteRemoved } from './consents.ts'
import { appEvent, assetEvent } from './history-event.ts'
import { newId } from './new-id.ts'

export interface PersonDeps {
  readonly store: Store
  readonly clock: Clock
  readonly emit: Emit
}

type Stored = StoredPerson

const pageSize = 500

/** A conversation is called by whoever came to talk, which is somebody else. */
const follows = (asset: Asset, rule: string): boolean =>
  asset.personId === null &&
  asset.origin !== 'stock' &&
  asset.ref.kind !== 'conversation' &&
  holdsName(asset.name, rule)

const query = (kind: AssetQuery['kind'], search: string, offset: number): AssetQuery => ({
  ...anyListed,
  kind,
  origin: 'own',
  search,
  offset,
  limit: pageSize
})

/** People whose faces assets carry: kept here alone, tied to assets by hand or by a rule on the name. */
export const createPersons = ({ store, clock, emit }: PersonDeps) => {
  const list = (): Result<Person[]> => ok([...store.read.persons()])

  const notify = (): Result<Person[]> => {
    const persons = [...store.read.persons()]
    emit('person:changed', { persons })
    return ok(persons)
  }

  const notifyLibraries = (accountIds: readonly AccountId[]): void => {
    for (const accountId of new Set(accountIds)) emit('library:changed', { accountId })
  }

  function* listedWith(rule: string): Generator<Asset> {
    for (const kind of assetKinds) {
      for (let offset = 0; ; offset += pageSize) {
        const { rows } = store.read.assets(query(kind, rule, offset))
        yield* rows
        if (rows.length < pageSize) break
      }
    }
  }

  const tie = (
    write: StoreWrites,
    asset: Asset,
    person: Pick<Person, 'id' | 'name'> | null,
    by: 'hand' | 'rule'
  ): void => {
    const account = store.read.account(asset.ref.accountId)
    write.assignPerson(asset.ref, person?.id ?? null)
    if (account === null) return
    const body = { person: person?.name ?? null, by }
    write.append(assetEvent('asset-assigned', account, { ...asset.ref, name: asset.name }, body))
  }

  const applyRule = (person: Stored, isWanted: (asset: Asset) => boolean): readonly Asset[] => {
    const { nameRule } = person
    if (nameRule === null) return []
    const found = [...listedWith(nameRule)].filter(
      (asset) => follows(asset, nameRule) && isWanted(asset)
    )
    if (found.length === 0) return []
    const tied = store.transaction((write) => {
      for (const asset of found) tie(write, asset, person, 'rule')
    })
    return tied.ok ? found : []
  }

  const save = (input: PersonInput): Result<Person[]> => {
    const known = store.read.persons().find(({ id }) => id === input.id) ?? null
    if (input.id !== null && known === null) return fail({ kind: 'not-found' })
    const person: Stored = {
      ...input,
      id: known?.id ?? personIdSchema.parse(newId('per')),
      createdAt: known?.createdAt ?? clock.nowAt()
    }
    const saved = store.transaction((write) => {
      write.putPerson(person)
      const type = known === null ? 'person-added' : 'person-changed'
      write.append(
        appEvent(type, {
          person: person.name,
          before: known === null || known.name === person.name ? null : known.name,
          consentAgreedOn: person.consent?.agreedOn ?? null,
          consentUntilOn: person.consent?.untilOn ?? null,
          keepUntilOn: person.keepUntilOn ?? null
        })
      )
    })
    if (!saved.ok) return saved
    const isNewRule = person.nameRule !== null && person.nameRule !== known?.nameRule
    const tied = isNewRule ? applyRule(person, () => true) : []
    notifyLibraries(tied.map(({ ref }) => ref.accountId))
    return notify()
  }

  const remove = (personId: PersonId): Result<Person[]> => {
    const known = store.read.persons().find(({ id }) => id === personId)
    if (known === undefined) return fail({ kind: 'not-found' })
    const assets = store.read.assetsOf(personId)
    const notes = store.read.consentNotes(personId)
    const removed = store.transaction((write) => {
      for (const note of notes) write.append(noteRemoved(note, known.name))
      write.removePerson(personId)
      write.append(appEvent('person-removed', { person: known.name, assets: known.assetCount }))
    })
    if (!removed.ok) return removed
    notifyLibraries(assets.map(({ ref }) => ref.accountId))
    return notify()
  }

  const assign = (
    refs: readonly AssetRef[],
    personId: PersonId | null
  ): Result<{ before: { ref: AssetRef; personId: PersonId | null }[] }> => {
    const person = store.read.persons().find(({ id }) => id === personId) ?? null
    if (personId !== null && person === null) return fail({ kind: 'not-found' })
    const assets = refs
      .flatMap((ref) => store.read.asset(ref) ?? [])
      .filter((asset) => asset.personId !== personId)
    const tied = store.transaction((write) => {
      for (const asset of assets) tie(write, asset, person, 'hand')
    })
    if (!tied.ok) return tied
    notifyLibraries(refs.map(({ accountId }) => accountId))
    notify()
    return ok({ before: assets.map((asset) => ({ ref: asset.ref, personId: asset.personId })) })
  }

  /** After a listing: ties what it brought for the first time. What somebody untied by hand is not tied again. */
  const applyRules = (accountId: AccountId, listingBeganAt: string): void => {
    const isNew = (asset: Asset): boolean =>
      asset.ref.accountId === accountId && asset.firstSeenAt >= listingBeganAt
    const tied = store.read.persons().flatMap((person) => applyRule(person, isNew))
    if (tied.length === 0) return
    notifyLibraries([accountId])
    notify()
  }

  return { list, save, remove, assign, applyRules, notify }
}
