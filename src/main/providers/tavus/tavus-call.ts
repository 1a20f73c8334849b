import type { HttpClient } from '../../ports/http-client.ts'
import { type Call, createAccountCall } from '../account-call.ts'

/** A page of 100 rows, each under 4 KB even with two signed links, stays well below; of larger rows fewer are asked for. */
export const MAX_ANSWER_BYTES = 1024 * 1024

/** Builds the one way in which this provider talks to Tavus. */
export const createCall = (http: HttpClient): Call =>
  createAccountCall(http, {
    keyHeader: (key) => ({ 'x-api-key': key }),
    maxAnswerBytes: MAX_ANSWER_BYTES
  })
