import { type Account, type AccountId, accountIdSchema } from '../../shared/domain/account.ts'
import { fail, ok, type Result } from '../../shared/result.ts'
import type { Clock } from '../ports/clock.ts'
import type { AccountRecord, Store } from '../ports/store.ts'
import { viewAccount } from './account-view.ts'
import { accountEvent } from './history-event.ts'
import type { KeyRing } from './key-ring.ts'
import { newId } from './new-id.ts'

export interface SampleDeps {
  readonly store: Store
  readonly keyRing: KeyRing
  readonly clock: Clock
  /** Starts the sample provider, or answers where it runs. */
  readonly ensure: () => Promise<Result<{ readonly origin: string; readonly apiKey: string }>>
  /** Called when a person came to explore, so that its library fills. */
  readonly onExplored: (accountId: AccountId) => void
}

/** The account that explores sample data, on this computer and without a network. */
export const createSample = (deps: SampleDeps) => {
  const { store, keyRing, clock } = deps
  let connectedTo: string | null = null

  const known = (): AccountRecord | null =>
    store.read.accounts().find(({ isSample }) => isSample) ?? null

  const draw = (origin: string): AccountRecord => ({
    id: accountIdSchema.parse(newId('acc')),
    provider: 'tavus',
    name: 'Sample studio',
    color: 'teal',
    apiAddress: origin,
    isReadOnly: false,
    isSample: true,
    createdAt: clock.nowAt(),
    savedKey: null,
    keyFingerprint: null,
    keyCheck: { outcome: 'not-checked', checkedAt: null },
    syncedAt: null
  })

  /** Its address and key are new in every run; what it holds is kept. */
  const connect = async (): Promise<Result<AccountRecord>> => {
    const address = await deps.ensure()
    if (!address.ok) return address
    const before = known()
    const drawn = before ?? draw(address.value.origin)
    const saved = await keyRing.save(drawn.id, address.value.apiKey, 'this-run')
    if (!saved.ok) return saved
    const record: AccountRecord = { ...drawn, ...saved.value, apiAddress: address.value.origin }
    const stored = store.transaction((write) => {
      write.putAccount(record)
      if (before !== null) return
      const body = { provider: record.provider, isSample: true }
      write.append(accountEvent('account-added', record, body))
    })
    if (!stored.ok) return stored
    connectedTo = address.value.origin
    return ok(record)
  }

  const explore = async (): Promise<Result<Account>> => {
    const record = await connect()
    if (!record.ok) return record
    deps.onExplored(record.value.id)
    return ok(viewAccount(record.value, keyRing))
  }

  /** At start: brings the sample provider up again if its account is there. */
  const resume = async (): Promise<Result<AccountRecord>> =>
    known() === null ? fail({ kind: 'not-found' }) : connect()

  /** Before an account is asked: if it is the sample account, sees to it that its provider runs. */
  const makeReady = async (account: AccountRecord): Promise<Result<null>> => {
    if (!account.isSample) return ok(null)
    const address = await deps.ensure()
    if (!address.ok) return address
    if (address.value.origin === connectedTo) return ok(null)
    const connected = await connect()
    return connected.ok ? ok(null) : connected
  }

  return { explore, resume, makeReady }
}
export type Sample = ReturnType<typeof createSample>
