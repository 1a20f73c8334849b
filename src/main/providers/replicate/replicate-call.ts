import type { AppError } from '../../../shared/errors.ts'
import type { HttpClient } from '../../ports/http-client.ts'
import { type Call, createAccountCall } from '../account-call.ts'
import { readReplicateWaitMs } from './replicate-wait.ts'

/** A page holds up to 100 predictions with whatever they put out, or versions with their whole schema. */
const MAX_ANSWER_BYTES = 32 * 1024 * 1024

/** Builds the one way in which this provider talks to Replicate. */
export const createCall = (http: HttpClient): Call =>
  createAccountCall(http, {
    keyHeader: (key) => ({ authorization: `Bearer ${key}` }),
    maxAnswerBytes: MAX_ANSWER_BYTES,
    readWaitMs: readReplicateWaitMs
  })

/** After these another request would only meet the same. */
export const endsAll = (error: AppError): boolean =>
  [
    'offline',
    'insecure-connection',
    'rate-limited',
    'key-missing',
    'key-rejected',
    'key-changed',
    'account-changed',
    'key-damaged',
    'keychain-unavailable',
    'canceled'
  ].includes(error.kind)
