import { isPlainMessage, mostMessageChars } from '../shared/ipc/is-plain-message.ts'

/** The answer that main gives to the same. */
const tooLarge = Object.freeze({
  ok: false,
  error: { kind: 'invalid-input', issues: [{ field: '', code: 'too-large', said: null }] }
})

/**
 * Asks main, unless it would refuse the message anyway: unpacking a message that is large enough would keep main busy
 * before it could look at it. Main looks again, since what runs here is no border.
 */
export const createAsk =
  (invoke: (input: unknown) => Promise<unknown>) =>
  async (input: unknown): Promise<unknown> =>
    isPlainMessage(input, mostMessageChars) ? invoke(input) : tooLarge
