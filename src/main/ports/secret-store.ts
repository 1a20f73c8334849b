/**
 * What the keychain answered. Six different things on purpose (security C3): only `absent` means that nothing is
 * stored, and only `ok` and `absent` may lead to a write.
 */
export type SecretAnswer<T> =
  | { readonly kind: 'ok'; readonly value: T }
  | { readonly kind: 'absent' }
  | { readonly kind: 'locked' }
  | { readonly kind: 'denied' }
  | { readonly kind: 'unavailable' }
  | { readonly kind: 'failed' }

/** A place for keys that outlives the app. One call at a time, each with a deadline. */
export interface SecretStore {
  /** Reads an entry. `isExpected`: it was saved before, so an empty answer means `locked` (security C3). */
  get(name: string, options: { readonly isExpected: boolean }): Promise<SecretAnswer<string>>
  /**
   * Reads an entry that was saved before, and proves it if there is none: a locked keychain reads as an empty one, but
   * takes nothing in. So `absent` comes only after an entry without a secret could be written and taken away.
   */
  getProven(name: string): Promise<SecretAnswer<string>>
  /** Writes an entry and reads it back; `ok` only if it is the same. */
  set(name: string, secret: string): Promise<SecretAnswer<null>>
  /** Takes an entry away and reads back; `ok` only if it is gone. */
  delete(name: string): Promise<SecretAnswer<null>>
  /** Ends the helper process, if one is running. */
  close(): void
}
