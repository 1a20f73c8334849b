/** What the keychain process is asked. One at a time; `id` marks the answer that belongs to it. */
export type KeychainRequest =
  | {
      readonly id: number
      readonly call: 'get' | 'delete'
      readonly service: string
      readonly name: string
    }
  | {
      readonly id: number
      readonly call: 'set'
      readonly service: string
      readonly name: string
      readonly secret: string
    }

/** What it could not do, in our words: the library's own never leave that process. */
export type KeychainFailure = 'locked' | 'denied' | 'unavailable' | 'failed'

/** `value`: the secret, or null if there is none; for `delete` whether something was taken away. */
export type KeychainReply =
  | { readonly id: number; readonly value: string | boolean | null }
  | { readonly id: number; readonly trouble: KeychainFailure }

export const isKeychainRequest = (message: unknown): message is KeychainRequest =>
  isRecordWithId(message) && 'call' in message && 'service' in message && 'name' in message

export const isKeychainReply = (message: unknown): message is KeychainReply =>
  isRecordWithId(message) && ('value' in message || 'trouble' in message)

const isRecordWithId = (message: unknown): message is { readonly id: number } =>
  typeof message === 'object' &&
  message !== null &&
  'id' in message &&
  typeof message.id === 'number'
