import pLimit from 'p-limit'
import type { ProviderId } from '../../shared/catalogue/providers.ts'
import {
  type Account,
  type AccountId,
  type AccountInput,
  accountIdSchema,
  accountNameSchema
} from '../../shared/domain/account.ts'
import type { FieldIssue } from '../../shared/errors.ts'
import { fail, ok, type Result } from '../../shared/result.ts'
import type { Clock } from '../ports/clock.ts'
import type { Emit } from '../ports/emit.ts'
import type { Provider } from '../ports/provider.ts'
import type { AccountRecord, Store } from '../ports/store.ts'
import { after } from '../rules/after.ts'
import { isSameServer, readApiAddress } from '../rules/api-address.ts'
import { checkKeyShape } from '../rules/key-shape.ts'
import { findAccount, keyCheckOutcome, viewAccount } from './account-view.ts'
import { accountEvent } from './history-event.ts'
import { entriesRenamed } from './key-entries.ts'
import type { KeyRing } from './key-ring.ts'
import { newId } from './new-id.ts'
import { saveWithKey } from './save-with-key.ts'

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

/** A form that could be stored as it is. */
interface Prepared {
  readonly form: ReadForm
  readonly drawn: AccountRecord
  readonly isNew: boolean
}

/** Who fills in a form waits for no longer than this to be told that the provider does not answer. */
const longestTryMs = 15_000

/** The same key at the same server: two accounts that are one. */
const isTwin = (one: AccountRecord, other: AccountRecord): boolean =>
  one.id !== other.id &&
  one.provider === other.provider &&
  one.keyFingerprint !== null &&
  one.keyFingerprint === other.keyFingerprint &&
  isSameServer(one.apiAddress, other.apiAddress)

/** Adding, changing, checking and removing accounts. */
export const createAccounts = (deps: AccountDeps) => {
  const { store, keyRing, clock } = deps
  /** One change of accounts after the other, as each waits for the keychain between what it reads and what it stores. */
  const inTurn = pLimit(1)

  const all = (): readonly Account[] =>
    store.read.accounts().map((record) => viewAccount(record, keyRing))

  const notify = (): void => deps.emit('account:changed', { accounts: [...all()] })

  const check = async (
    accountId: AccountId,
    signal: AbortSignal = new AbortController().signal
  ): Promise<Result<Account>> => {
    const found = findAccount(store, accountId)
    if (!found.ok) return found
    const connection = keyRing.connect(found.value)
    const answer = await deps.providerOf(found.value).checkKey(connection, signal)
    const now = findAccount(store, accountId)
    if (!now.ok) return now
    // What was answered is about another key or server than the account's of now.
    if (connection.objection() !== null) return ok(viewAccount(now.value, keyRing))
    const outcome = answer.ok ? 'works' : keyCheckOutcome(answer.error)
    const record = {
      ...now.value,
      keyCheck: { outcome, checkedAt: outcome === 'not-checked' ? null : clock.nowAt() }
    } satisfies AccountRecord
    const stored = store.transaction((write) => write.putAccount(record))
    notify()
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
    keyFingerprint:
      form.key === null ? (known?.keyFingerprint ?? null) : keyRing.fingerprint(form.key),
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

  /** What was asked of one would be asked of the other again, deletions included. */
  const hasTwin = (known: AccountRecord | null, drawn: AccountRecord): boolean => {
    const isSamePair =
      known?.apiAddress === drawn.apiAddress && known.keyFingerprint === drawn.keyFingerprint
    return !isSamePair && store.read.accounts().some((other) => isTwin(drawn, other))
  }

  const objectionTo = (
    input: AccountInput,
    form: ReadForm,
    known: AccountRecord | null
  ): FieldIssue | null => {
    if (known === null && form.key === null) return issue('apiKey', 'empty')
    if (needsKeyAgain(known, form)) return issue('apiKey', 'needed-for-new-address')
    if (hasTwin(known, draw(input, form, known))) return issue('apiKey', 'used-by-other-account')
    return null
  }

  const storeWith = async (
    record: AccountRecord,
    isNew: boolean,
    key: string | null,
    storage: AccountInput['keyStorage']
  ): Promise<Result<AccountRecord>> => {
    if (key === null) {
      const stored = persist(record, isNew, false)
      return stored.ok ? ok(record) : stored
    }
    return saveWithKey(keyRing, record, { key, storage }, (saved) => {
      const withKey: AccountRecord = {
        ...record,
        ...saved,
        keyCheck: { outcome: 'not-checked', checkedAt: null }
      }
      const now = store.read.account(record.id)
      const stored = persist({ ...withKey, syncedAt: now?.syncedAt ?? null }, isNew, true)
      return stored.ok ? ok(withKey) : stored
    })
  }

  const prepare = (input: AccountInput): Result<Prepared> => {
    const found = input.id === null ? ok(null) : findAccount(store, input.id)
    if (!found.ok) return found
    const known = found.value
    const provider = known?.provider ?? input.provider
    if (known === null && !deps.providers.includes(provider)) {
      return fail({ kind: 'invalid-input', issues: [issue('provider', 'not-in-this-build')] })
    }
    const form = readForm(input, provider)
    if (!form.ok) return form
    const objection = objectionTo(input, form.value, known)
    if (objection !== null) return fail({ kind: 'invalid-input', issues: [objection] })
    return ok({
      form: form.value,
      drawn: draw(input, form.value, known),
      isNew: known === null
    })
  }

  /** Asks the provider about a key that was typed and is stored nowhere yet. */
  const tryOut = async (input: AccountInput): Promise<Result<Record<string, never>>> => {
    const prepared = prepare(input)
    if (!prepared.ok) return prepared
    const { form, drawn } = prepared.value
    if (form.key === null) return ok({})
    const attempt = new AbortController()
    const end = (): void => attempt.abort()
    let waitUntilAt: string | null = null
    const connection = keyRing.connectTyped(drawn.apiAddress, form.key, (untilAt) => {
      waitUntilAt = untilAt
      end()
    })
    after(clock, longestTryMs, attempt.signal, end)
    const answer = await deps.providerOf(drawn).checkKey(connection, attempt.signal)
    end()
    if (answer.ok) return ok({})
    if (answer.error.kind !== 'canceled') return answer
    if (waitUntilAt === null) return fail({ kind: 'timed-out' })
    const retryAfterMs = Math.max(0, Date.parse(waitUntilAt) - Date.parse(clock.nowAt()))
    return fail({ kind: 'rate-limited', retryAfterMs })
  }

  const save = async (input: AccountInput): Promise<Result<Account>> => {
    const prepared = prepare(input)
    if (!prepared.ok) return prepared
    const { form, drawn, isNew } = prepared.value
    const kept = await storeWith(drawn, isNew, form.key, input.keyStorage)
    if (!kept.ok) return kept
    notify()
    deps.onConnected(kept.value.id)
    return ok(viewAccount(kept.value, keyRing))
  }

  const forgetKey = async (accountId: AccountId): Promise<Result<Account>> => {
    const found = findAccount(store, accountId)
    if (!found.ok) return found
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
    if (!stored.ok) return stored
    keyRing.drop(accountId)
    notify()
    await keyRing.sweep()
    return ok(viewAccount(record, keyRing))
  }

  const remove = async (accountId: AccountId): Promise<Result<Record<string, never>>> => {
    const found = findAccount(store, accountId)
    if (!found.ok) return found
    const { id, name, provider } = found.value
    deps.onRemoving(accountId)
    const stored = store.transaction((write) => {
      for (const entry of entriesRenamed(store, found.value)) write.putKeyEntry(entry)
      write.removeAccount(accountId)
      write.append(accountEvent('key-forgotten', { id, name }, {}))
      write.append(accountEvent('account-removed', { id, name }, { provider }))
    })
    if (!stored.ok) return stored
    keyRing.drop(accountId)
    deps.onRemoved(accountId)
    notify()
    await keyRing.sweep()
    return ok({})
  }

  const deleteUnusedKeys = async (): Promise<Result<Record<string, never>>> => {
    await keyRing.sweep()
    return ok({})
  }

  return {
    all,
    notify,
    check,
    deleteUnusedKeys,
    tryOut,
    save: (input: AccountInput) => inTurn(() => save(input)),
    forgetKey: (accountId: AccountId) => inTurn(() => forgetKey(accountId)),
    remove: (accountId: AccountId) => inTurn(() => remove(accountId))
  }
}
