import type { Result } from '../../shared/result.ts'
import { ok } from '../../shared/result.ts'
import type { KeyHolder } from '../ports/store.ts'
import type { KeyRing, SavedKey } from './key-ring.ts'

/**
 * A record and its new key saved as one change: the key beside the one in use, then the record that names it, then the
 * old key goes. If the record is not stored, the new key is taken away again and the old one stays in use.
 */
export const saveWithKey = async <R>(
  keyRing: KeyRing,
  holder: Pick<KeyHolder, 'id' | 'name'>,
  { key, storage }: { readonly key: string; readonly storage: 'keychain' | 'this-run' },
  persist: (saved: SavedKey) => Result<R>
): Promise<Result<R>> => {
  const made = await keyRing.prepare(holder, key, storage)
  if (!made.ok) return made
  const stored = persist(made.value.saved)
  if (!stored.ok) {
    await made.value.discard()
    return stored
  }
  made.value.adopt()
  keyRing.sweepSoon()
  return ok(stored.value)
}
