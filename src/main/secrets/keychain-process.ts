/**
 * The process that talks to the system's keychain, and does nothing else: its calls block, can hang for as long as
 * a prompt stays open, and cannot be taken back, so they must be where they can be killed.
 */
import { createRequire } from 'node:module'
import { classifyKeychainError } from './classify-keychain-error.ts'
import { isKeychainRequest, type KeychainReply, type KeychainRequest } from './keychain-messages.ts'

type Keytar = Pick<typeof import('keytar'), 'getPassword' | 'setPassword' | 'deletePassword'>

/** Electron's port of a utility process. */
interface ParentPort {
  on(event: 'message', listener: (event: { readonly data: unknown }) => void): unknown
  postMessage(message: KeychainReply): void
}

/** Loaded on the first call: where the binding cannot be loaded, that is an answer and not a crash. */
const loadKeytar = (): Keytar => createRequire(import.meta.url)('keytar')

const perform = async (request: KeychainRequest): Promise<KeychainReply> => {
  try {
    return { id: request.id, value: await callKeytar(loadKeytar(), request) }
  } catch (error) {
    return { id: request.id, trouble: classifyKeychainError(error) }
  }
}

const callKeytar = async (
  keytar: Keytar,
  request: KeychainRequest
): Promise<string | boolean | null> => {
  const { service, name } = request
  switch (request.call) {
    case 'get':
      return keytar.getPassword(service, name)
    case 'set':
      await keytar.setPassword(service, name, request.secret)
      return null
    case 'delete':
      return keytar.deletePassword(service, name)
  }
}

const answer = (message: unknown, reply: (reply: KeychainReply) => void): void => {
  if (!isKeychainRequest(message)) return
  perform(message)
    .then(reply)
    // Main notices an end, and would wait for an answer: an unhandled rejection alone ends this process no more (Electron 37).
    .catch(() => process.exit(1))
}

const parentPort: ParentPort | undefined = Reflect.get(process, 'parentPort')
if (parentPort === undefined) {
  process.on('message', (message) => answer(message, (reply) => process.send?.(reply)))
} else {
  parentPort.on('message', ({ data }) => answer(data, (reply) => parentPort.postMessage(reply)))
}
