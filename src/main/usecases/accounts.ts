import {
  type Account,
  type AccountId,
  type AccountInput,
  accountIdSchema,
  accountNameSchema,
  type ProviderId
} from '../../shared/domain/account.ts'
import type { FieldIssue } from '../../shared/errors.ts'
import { fail, ok, type Result } from '../../shared/result.ts'
import type { Clock } from '../ports/clock.ts'
import type { Emit } from '../ports/emit.ts'
import type { Provider } from '../ports/provider.ts'
import type { AccountRecord, Store } from '../ports/store.ts'
import { readApiAddress } from '../rules/api-address.ts'
import { checkKeyShape } from '../rules/key-shape.ts'
import { findAccount, keyCheckOutcome, viewAccount } from './account-view.ts'
import { accountEvent } from './history-event.ts'
import type { KeyRing } from './key-ring.ts'
import { newId } from './new-id.ts'

export interface AccountDeps {
  readonly store: Store
  readonly keyRing: KeyRing
  readonly providerOf: (account: AccountRecord) => Provider
  /** The services that this build has. */
  readonly providers: readonly ProviderId[]
  readonly clock: Clock
  readonly emit: Emit
  /** Called after an account got a key that may work, so that its library fills. */
  readonly onConnected: (accountId: AccountId) => void
  /** Called before an account goes, so that nothing more is sent for it. */
  readonly onRemoving: (accountId: AccountId) => void
  readonly onRemoved: (accountId: AccountId) => void
}

/** A form after reading: what can be stored, and the key if one was typed. */
interface ReadForm {
  readonly name: string
  readonly apiAddress: string
  readonly key: string | null
}

const issue = (field: string, code: string): FieldIssue => ({ field, code, said: null })

const readForm = (input: AccountInput, provider: ProviderId): Result<ReadForm> => {
  const name = accountNameSchema.safeParse(input.name)
  const address = readApiAddress(input.apiAddress)
  const shape = input.apiKey === null ? null : checkKeyShape(input.apiKey, provider)
  const issues = [
    ...(name.success ? [] : [issue('name', input.name.trim() === '' ? 'empty' : 'bad-name')]),
    ...(address.ok || address.error.kind !== 'invalid-input' ? [] : address.error.issues),
    ...(shape === null || shape.ok ? [] : [issue('apiKey', shape.code)])
  ]
  if (!name.success || !address.ok || issues.length > 0) {
    return fail({ kind: 'invalid-input', issues })
  }
  return ok({ name: name.data, apiAddress: address.value, key: shape?.ok ? shape.key : null })
}

/** Adding, changing, checking and removing accounts. */
export const createAccounts = (deps: AccountDeps) => {
  const { store, keyRing, clock } = deps

  const all = (): readonly Account[] =>
    store.read.accounts().map((record) => viewAccount(record, keyRing))

  const tell = (): void => deps.emit('account:changed', { accounts: [...all()] })

  const check = async (accountId: AccountId): Promise<Result<Account>> => {
    const found = findAccount(store, accountId)
    if (!found.ok) return found
    const signal = new AbortController().signal
    const answer = await deps.providerOf(found.value).checkKey(keyRing.connect(found.value), signal)
    const outcome = answer.ok ? 'works' : keyCheckOutcome(answer.error)
    const stillThere = findAccount(store, accountId)
    if (!stillThere.ok) return stillThere
    const record = {
      ...stillThere.value,
      keyCheck: { outcome, checkedAt: outcome === 'not-checked' ? null : clock.nowAt() }
    } satisfies AccountRecord
    const stored = store.transaction((write) => write.putAccount(record))
    tell()
    return stored.ok ? ok(viewAccount(record, keyRing)) : stored
  }

  const draw = (
    input: AccountInput,
    form: ReadForm,
    known: AccountRecord | null
  ): AccountRecord => ({
    id: known?.id ?? accountIdSchema.parse(newId('acc')),
    provider: known?.provider ?? input.provider,
    name: form.name,
    color: input.color,
    apiAddress: form.apiAddress,
    isReadOnly: input.isReadOnly,
    isSample: known?.isSample ?? false,
    createdAt: known?.createdAt ?? clock.nowAt(),
    savedKey: known?.savedKey ?? null,
    keyFingerprint: known?.keyFingerprint ?? null,
    keyCheck: known?.keyCheck ?? { outcome: 'not-checked', checkedAt: null },
    syncedAt: known?.syncedAt ?? null
  })

  const persist = (record: AccountRecord, isNew: boolean, hasNewKey: boolean): Result<null> =>
    store.transaction((write) => {
      write.putAccount(record)
      write.append(
        accountEvent(isNew ? 'account-added' : 'account-changed', record, {
          provider: record.provider,
          apiAddress: record.apiAddress,
          isReadOnly: record.isReadOnly
        })
      )
      if (hasNewKey) {
        const isKept = record.savedKey !== null
        write.append(accountEvent('key-saved', record, { isKept }))
      }
      return null
    })

  /** A new address must not be sent the old address's key without the person giving it again. */
  const needsKeyAgain = (known: AccountRecord | null, form: ReadForm): boolean =>
    known !== null &&
    form.key === null &&
    known.apiAddress !== form.apiAddress &&
    keyRing.status(known).state !== 'absent'

  const save = async (input: AccountInput): Promise<Result<Account>> => {
    const found = input.id === null ? ok(null) : findAccount(store, input.id)
    if (!found.ok) return found
    const known = found.value
    const provider = known?.provider ?? input.provider
    if (known === null && !deps.providers.includes(provider)) {
      return fail({ kind: 'invalid-input', issues: [issue('provider', 'not-in-this-build')] })
    }
    const form = readForm(input, provider)
    if (!form.ok) return form
    if (known === null && form.value.key === null) {
      return fail({ kind: 'invalid-input', issues: [issue('apiKey', 'empty')] })
    }
    if (needsKeyAgain(known, form.value)) {
      return fail({ kind: 'invalid-input', issues: [issue('apiKey', 'needed-for-new-address')] })
    }
    let record = draw(input, form.value, known)
    if (form.value.key !== null) {
      const kept = await keyRing.save(record.id, form.value.key, input.keyStorage)
      if (!kept.ok) return kept
      record = { ...record, ...kept.value, keyCheck: { outcome: 'not-checked', checkedAt: null } }
    }
    const stored = persist(record, known === null, form.value.key !== null)
    if (!stored.ok) return stored
    tell()
    deps.onConnected(record.id)
    return ok(viewAccount(record, keyRing))
  }

  const forgetKey = async (accountId: AccountId): Promise<Result<Account>> => {
    const found = findAccount(store, accountId)
    if (!found.ok) return found
    const gone = await keyRing.forget(found.value)
    if (!gone.ok) return gone
    const record: AccountRecord = {
      ...found.value,
      savedKey: null,
      keyFingerprint: null,
      keyCheck: { outcome: 'not-checked', checkedAt: null }
    }
    const stored = store.transaction((write) => {
      write.putAccount(record)
      write.append(accountEvent('key-forgotten', record, {}))
    })
    tell()
    return stored.ok ? ok(viewAccount(record, keyRing)) : stored
  }

  const remove = async (accountId: AccountId): Promise<Result<Record<string, never>>> => {
    const forgotten = await forgetKey(accountId)
    if (!forgotten.ok) return forgotten
    deps.onRemoving(accountId)
    const stored = store.transaction((write) => {
      write.removeAccount(accountId)
      const { id, name, provider } = forgotten.value
      write.append(accountEvent('account-removed', { id, name }, { provider }))
    })
    if (!stored.ok) return stored
    deps.onRemoved(accountId)
    tell()
    return ok({})
  }

  return { all, tell, check, save, forgetKey, remove }
}
export type Accounts = ReturnType<typeof createAccounts>
