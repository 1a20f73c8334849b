import type * as z from 'zod'
import type { AppError } from '../../shared/errors.ts'
import { redact } from '../../shared/redact.ts'
import { fail, ok, type Result } from '../../shared/result.ts'
import type { HttpAnswer, HttpClient, HttpRequest } from '../ports/http-client.ts'
import type { Connection } from '../ports/provider.ts'
import { parseJson } from '../rules/parse-json.ts'

const READ_TIMEOUT_MS = 30_000
const CHANGE_TIMEOUT_MS = 60_000

/** In what one provider's requests differ from another's. */
export interface CallStyle {
  /** The header that carries the key. */
  readonly keyHeader: (key: string) => Readonly<Record<string, string>>
  /** A longer answer is given up. */
  readonly maxAnswerBytes: number
  readonly readWaitMs?: HttpRequest['readWaitMs']
}

/** An answer, with what takes the key and other secrets out of its sentences. */
export interface Exchange {
  readonly answer: HttpAnswer
  readonly redactText: (text: string) => string
}

export type Outgoing = Pick<HttpRequest, 'method' | 'url' | 'body' | 'onTooLarge'> & {
  /** Another largest answer than the provider's usual one. */
  readonly maxBytes?: number
  /** The version that a change is meant for; the provider refuses it for another one. */
  readonly ifMatch?: string
}

/** Sends one request for an account, with its key read for just this request. */
export type Call = (
  connection: Connection,
  outgoing: Outgoing,
  signal: AbortSignal
) => Promise<Result<Exchange>>

/** The only place that attaches a key, and only for the account's own origin. */
const withKey = (
  connection: Connection,
  url: string,
  header: Readonly<Record<string, string>>
): Readonly<Record<string, string>> => {
  if (new URL(url).origin !== new URL(connection.apiAddress).origin) {
    throw new Error('A key was about to leave for another origin')
  }
  return header
}

/** What a failure on the way means for a change: a lost answer leaves its outcome open. */
const changeFailure = (error: AppError): AppError => {
  const isLost =
    error.kind === 'timed-out' ||
    (error.kind === 'unexpected-response' && error.where !== 'redirect')
  return isLost ? { kind: 'outcome-unknown' } : error
}

/** Builds the one way in which a provider is talked to. */
export const createAccountCall =
  (http: HttpClient, style: CallStyle): Call =>
  async (connection, { ifMatch, ...outgoing }, signal) => {
    const key = await connection.readKey()
    if (!key.ok) return key
    const isRead = outgoing.method === 'GET'
    const request: HttpRequest = {
      maxBytes: style.maxAnswerBytes,
      ...outgoing,
      headers: {
        ...withKey(connection, outgoing.url, style.keyHeader(key.value)),
        ...(ifMatch === undefined ? {} : { 'if-match': ifMatch })
      },
      timeoutMs: isRead ? READ_TIMEOUT_MS : CHANGE_TIMEOUT_MS,
      retry: isRead ? 'safe' : 'never',
      objection: connection.objection,
      ...(connection.onWait === undefined ? {} : { onWait: connection.onWait }),
      ...(style.readWaitMs === undefined ? {} : { readWaitMs: style.readWaitMs })
    }
    const answer = await http.send(request, signal)
    if (!answer.ok) return isRead ? answer : fail(changeFailure(answer.error))
    connection.onAnswered?.()
    return ok({
      answer: answer.value,
      redactText: (text) => redact(text.replaceAll(key.value, '•••'))
    })
  }

export const isDone = (answer: HttpAnswer): boolean => answer.status >= 200 && answer.status < 300

/**
 * True for a web page: some other server's answer, such as a proxy's or the sign-in page of a network. An empty body is
 * none, nor is one that reads as JSON, whatever its label: web frameworks label both as HTML unless told otherwise.
 */
export const isPage = ({ headers, text }: HttpAnswer): boolean => {
  if (text.trim() === '' || parseJson(text).ok) return false
  return /\bhtml\b/i.test(headers['content-type'] ?? '') || /^\s*</.test(text)
}

export const shapeError = () => fail({ kind: 'unexpected-response', where: 'shape' })

/** Reads an answer's JSON by a schema. */
export const readShape = <S extends z.ZodType>(
  answer: HttpAnswer,
  schema: S
): Result<z.output<S>> => {
  const json = parseJson(answer.text)
  if (!json.ok) return json
  const parsed = schema.safeParse(json.value)
  return parsed.success ? ok(parsed.data) : shapeError()
}
