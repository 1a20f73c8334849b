import type { ProviderId } from '../../shared/catalogue/providers.ts'
import { type Account, type AccountId, accountIdSchema } from '../../shared/domain/account.ts'
import { fail, ok, type Result } from '../../shared/result.ts'
import type { Clock } from '../ports/clock.ts'
import type { AccountRecord, Store } from '../ports/store.ts'
import { viewAccount } from './account-view.ts'
import { accountEvent } from './history-event.ts'
import type { KeyRing } from './key-ring.ts'
import { newId } from './new-id.ts'

interface SampleAddress {
  readonly origin: string
  readonly apiKey: string
}

/** Of the providers that can be played. */
type SampleAddresses = Readonly<Partial<Record<ProviderId, SampleAddress>>>

export interface SampleDeps {
  readonly store: Store
  readonly keyRing: KeyRing
  readonly clock: Clock
  /** The services of this build; only those get a sample account. */
  readonly providers: readonly ProviderId[]
  /** Starts the sample providers, or answers where they run. */
  readonly ensure: () => Promise<Result<SampleAddresses>>
  /** Called for each account when a person came to explore, so that its library fills. */
  readonly onExplored: (accountId: AccountId) => void
}

const looks = {
  tavus: { name: 'Sample studio', color: 'teal' },
  replicate: { name: 'Sample lab', color: 'orange' }
} as const satisfies Partial<Record<ProviderId, Pick<AccountRecord, 'name' | 'color'>>>
type SampleProvider = keyof typeof looks

const isPlayed = (provider: ProviderId): provider is SampleProvider =>
  Object.hasOwn(looks, provider)

/** The accounts that explore sample data, on this computer and without a network. */
export const createSample = (deps: SampleDeps) => {
  const { store, keyRing, clock } = deps
  /** By provider, where its account was pointed to in this run. */
  const connectedTo = new Map<ProviderId, string>()

  const known = (provider: ProviderId): AccountRecord | null =>
    store.read.accounts().find((account) => account.isSample && account.provider === provider) ??
    null

  const draw = (provider: SampleProvider, origin: string): AccountRecord => ({
    id: accountIdSchema.parse(newId('acc')),
    provider,
    ...looks[provider],
    apiAddress: origin,
    isReadOnly: false,
    isSample: true,
    createdAt: clock.nowAt(),
    savedKey: null,
    keyFingerprint: null,
    keyCheck: { outcome: 'not-checked', checkedAt: null },
    syncedAt: null
  })

  const connectOne = async (
    provider: SampleProvider,
    { origin, apiKey }: SampleAddress
  ): Promise<Result<AccountRecord>> => {
    const before = known(provider)
    const drawn = before ?? draw(provider, origin)
    const key = await keyRing.prepare(drawn, apiKey, 'this-run')
    if (!key.ok) return key
    const record: AccountRecord = { ...drawn, ...key.value.saved, apiAddress: origin }
    const stored = store.transaction((write) => {
      write.putAccount(record)
      if (before !== null) return
      write.append(accountEvent('account-added', record, { provider, isSample: true }))
    })
    if (!stored.ok) return stored
    key.value.adopt()
    connectedTo.set(provider, origin)
    return ok(record)
  }

  /** Addresses and keys are new in every run; what the accounts hold is kept. */
  const connect = async (
    providers: readonly ProviderId[]
  ): Promise<Result<readonly AccountRecord[]>> => {
    const addresses = await deps.ensure()
    if (!addresses.ok) return addresses
    const records: AccountRecord[] = []
    for (const provider of providers.filter(isPlayed)) {
      const address = addresses.value[provider]
      if (address === undefined) return fail({ kind: 'sample-not-started' })
      const record = await connectOne(provider, address)
      if (!record.ok) return record
      records.push(record.value)
    }
    return ok(records)
  }

  const explore = async (): Promise<Result<Account>> => {
    const records = await connect(deps.providers)
    if (!records.ok) return records
    const [first] = records.value
    if (first === undefined) return fail({ kind: 'sample-not-started' })
    for (const { id } of records.value) deps.onExplored(id)
    return ok(viewAccount(first, keyRing))
  }

  /** At start: brings the sample providers up again for the accounts that are there. */
  const resume = async (): Promise<Result<readonly AccountRecord[]>> => {
    const providers = deps.providers.filter((provider) => known(provider) !== null)
    return providers.length === 0 ? fail({ kind: 'not-found' }) : connect(providers)
  }

  /** Before an account is asked: if it is a sample account, sees to it that its provider runs. */
  const makeReady = async (account: AccountRecord): Promise<Result<null>> => {
    if (!account.isSample) return ok(null)
    const addresses = await deps.ensure()
    if (!addresses.ok) return addresses
    const { provider } = account
    const address = addresses.value[provider]
    if (address === undefined || !isPlayed(provider)) return fail({ kind: 'sample-not-started' })
    if (address.origin === connectedTo.get(provider)) return ok(null)
    const connected = await connectOne(provider, address)
    return connected.ok ? ok(null) : connected
  }

  return { explore, resume, makeReady }
}
