import type { ProviderId } from '../../shared/catalogue/providers.ts'
import { accountIdSchema } from '../../shared/domain/account.ts'
import type { Clock } from '../ports/clock.ts'
import type { Store } from '../ports/store.ts'
import type { KeyRing } from './key-ring.ts'

/** The account that tests of one account use. */
export const testAccountId = accountIdSchema.parse('acc_0123456789abcdef')

/** Adds it with its key, without asking the provider whether that is accepted. */
export const addTestAccount = async (
  { store, keyRing, clock }: { store: Store; keyRing: KeyRing; clock: Pick<Clock, 'nowAt'> },
  at: { provider: ProviderId; origin: string; apiKey: string }
): Promise<void> => {
  const whose = { id: testAccountId, name: 'Studio North' }
  const key = await keyRing.prepare(whose, at.apiKey, 'this-run')
  if (!key.ok) throw new Error(key.error.kind)
  key.value.adopt()
  store.transaction((write) =>
    write.putAccount({
      ...whose,
      provider: at.provider,
      color: 'teal',
      apiAddress: at.origin,
      isReadOnly: false,
      isSample: false,
      createdAt: clock.nowAt(),
      ...key.value.saved,
      keyCheck: { outcome: 'not-checked', checkedAt: null },
      syncedAt: null
    })
  )
}
