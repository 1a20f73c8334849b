import type { Clock } from '../../../src/main/ports/clock.ts'
import type { Store } from '../../../src/main/ports/store.ts'
import type { KeyRing } from '../../../src/main/usecases/key-ring.ts'
import type { ProviderId } from '../../../src/shared/catalogue/providers.ts'
import { accountIdSchema } from '../../../src/shared/domain/account.ts'

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
