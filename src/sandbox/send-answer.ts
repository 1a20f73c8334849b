import type { ServerResponse } from 'node:http'
import type { ApiAnswer } from './api-exchange.ts'

/** One request on its connection, before anything was answered. */
export interface AnswerStage {
  readonly response: ServerResponse
  /** Does what the request asks and gives the true answer; at most once. */
  readonly process: () => ApiAnswer
  /** Ends when the sandbox closes, so that whoever waits lets go. */
  readonly signal: AbortSignal
  /** Tells the log which status went out; null if none did. */
  readonly answered: (status: number | null) => void
}

/** How a JSON answer names itself. */
export const JSON_TYPE = 'application/json; charset=utf-8'

/** A body as it goes out: bytes and text as they are, anything else as JSON. */
export const toBytes = (body: unknown): Buffer => {
  if (body === undefined) return Buffer.alloc(0)
  if (Buffer.isBuffer(body)) return body
  return Buffer.from(typeof body === 'string' ? body : JSON.stringify(body))
}

/** What goes out on the wire. */
export interface Sent {
  readonly status: number
  readonly body: Buffer
  readonly headers?: Readonly<Record<string, string | readonly string[]>>
}

/** Writes status and headers and tells the log. */
export const writeHead = ({ response, answered }: AnswerStage, sent: Sent): void => {
  response.statusCode = sent.status
  for (const [name, value] of Object.entries(sent.headers ?? {})) response.setHeader(name, value)
  answered(sent.status)
}

/** Sends a whole answer of the given length. */
export const send = (stage: AnswerStage, sent: Sent): void => {
  writeHead(stage, sent)
  if (sent.status !== 204) stage.response.setHeader('content-length', sent.body.length)
  stage.response.end(sent.body)
}

/** The headers of a true answer. */
export const headersOf = (answer: ApiAnswer): Record<string, string> => ({
  ...(answer.body === undefined ? {} : { 'content-type': JSON_TYPE }),
  ...answer.headers
})

/** Sends the answer as it is. */
export const sendAnswer = (stage: AnswerStage, answer: ApiAnswer): void => {
  send(stage, {
    status: answer.status,
    body: toBytes(answer.body),
    headers: headersOf(answer)
  })
}
