import type { HttpClient } from '../../ports/http-client.ts'
import { type Call, createAccountCall } from '../account-call.ts'
import { readReplicateWaitMs } from './replicate-wait.ts'

const MAX_ANSWER_BYTES = 1024 * 1024

/**
 * A page of a list holds up to 100 predictions with whatever they put out, or versions with their whole schema, and cannot
 * be asked for with fewer.
 */
export const MAX_PAGE_BYTES = 16 * 1024 * 1024

/** Builds the one way in which this provider talks to Replicate. */
export const createCall = (http: HttpClient): Call =>
  createAccountCall(http, {
    keyHeader: (key) => ({ authorization: `Bearer ${key}` }),
    maxAnswerBytes: MAX_ANSWER_BYTES,
    readWaitMs: readReplicateWaitMs
  })
