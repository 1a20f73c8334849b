import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { setTimeout as wait } from 'node:timers/promises'
import { createGzip } from 'node:zlib'
import type { ApiAnswer } from '../../src/sandbox/api-exchange.ts'
import {
  type AnswerStage,
  headersOf,
  JSON_TYPE,
  send,
  sendAnswer,
  toBytes,
  writeHead
} from '../../src/sandbox/send-answer.ts'
import { assertNever } from '../../src/shared/result.ts'
import type { FaultEffect } from './faults.ts'

const CHUNK_BYTES = 64 * 1024
const BEFORE_RESET_MS = 50

const sendAltered = (stage: AnswerStage, alter: (body: Buffer) => Buffer): void => {
  const answer = stage.process()
  send(stage, {
    status: answer.status,
    body: alter(toBytes(answer.body)),
    headers: headersOf(answer)
  })
}

const overlay = (answer: ApiAnswer, fields: Readonly<Record<string, unknown>>): ApiAnswer =>
  typeof answer.body === 'object' && answer.body !== null
    ? { ...answer, body: { ...answer.body, ...fields } }
    : answer

const reset = (stage: AnswerStage): void => {
  const { socket } = stage.response
  socket?.resetAndDestroy()
  // Alone, it would say goodbye in order (FIN) before the reset; destroying at once leaves the RST only.
  socket?.destroy()
}

const resetMidBody = async (stage: AnswerStage): Promise<void> => {
  const answer = stage.process()
  const body = toBytes(answer.body)
  writeHead(stage, { status: answer.status, body, headers: headersOf(answer) })
  stage.response.setHeader('content-length', body.length + 1)
  stage.response.write(body.subarray(0, Math.ceil(body.length / 2)))
  // A reset that arrives together with the bytes looks like an ordinary end to many clients.
  await wait(BEFORE_RESET_MS, undefined, { signal: stage.signal })
  reset(stage)
}

const sendWrongLength = (stage: AnswerStage, declared: 'longer' | 'shorter'): void => {
  const answer = stage.process()
  const body = toBytes(answer.body)
  const length = declared === 'longer' ? body.length + 64 : Math.floor(body.length / 2)
  stage.answered(answer.status)
  // Node's own writer refuses a length that is wrong, so the socket is written to directly.
  stage.response.socket?.write(
    `HTTP/1.1 ${answer.status} OK\r\ncontent-type: ${JSON_TYPE}\r\ncontent-length: ${length}\r\n\r\n`
  )
  stage.response.socket?.write(body)
  if (declared === 'shorter') stage.response.socket?.end()
}

const drip = async (stage: AnswerStage, everyMs: number, bytesEach: number): Promise<void> => {
  const answer = stage.process()
  const body = toBytes(answer.body)
  writeHead(stage, { status: answer.status, body, headers: headersOf(answer) })
  stage.response.setHeader('content-length', body.length)
  stage.response.flushHeaders()
  for (let at = 0; at < body.length; at += bytesEach) {
    if (stage.response.destroyed) return
    stage.response.write(body.subarray(at, at + bytesEach))
    await wait(everyMs, undefined, { signal: stage.signal })
  }
  stage.response.end()
}

function* blanks(sizeBytes: number): Generator<Buffer> {
  yield Buffer.from('{"data":[],"total_count":0,"padding":"')
  const chunk = Buffer.alloc(CHUNK_BYTES, ' ')
  for (let left = sizeBytes; left > 0; left -= CHUNK_BYTES) {
    yield chunk.subarray(0, Math.min(left, CHUNK_BYTES))
  }
  yield Buffer.from('"}')
}

function* endlessRows(): Generator<Buffer> {
  yield Buffer.from('{"data":[')
  const chunk = Buffer.from('{"replica_id":"r00000000000"},'.repeat(2_000))
  while (true) yield chunk
}

const sendGzipBomb = async (stage: AnswerStage, sizeBytes: number): Promise<void> => {
  const headers = { 'content-type': JSON_TYPE, 'content-encoding': 'gzip' }
  writeHead(stage, { status: 200, body: Buffer.alloc(0), headers })
  await pipeline(Readable.from(blanks(sizeBytes)), createGzip(), stage.response)
}

const sendEndless = async (stage: AnswerStage): Promise<void> => {
  writeHead(stage, {
    status: 200,
    body: Buffer.alloc(0),
    headers: { 'content-type': JSON_TYPE }
  })
  await pipeline(Readable.from(endlessRows()), stage.response, { signal: stage.signal })
}

const sendSilence = (stage: AnswerStage): void => {
  writeHead(stage, {
    status: 200,
    body: Buffer.alloc(0),
    headers: { 'content-type': JSON_TYPE, 'content-length': '64' }
  })
  stage.response.flushHeaders()
}

/** Plays one effect. Resolves when the sandbox has done its part, which may leave the connection open. */
export const playEffect = async (stage: AnswerStage, effect: FaultEffect): Promise<void> => {
  if ('processed' in effect && effect.processed === true) stage.process()
  switch (effect.kind) {
    case 'answer':
      send(stage, {
        status: effect.status,
        body: toBytes(effect.body),
        headers: {
          ...(typeof effect.body === 'object' ? { 'content-type': JSON_TYPE } : {}),
          ...effect.headers
        }
      })
      return
    case 'redirect':
      send(stage, {
        status: effect.status,
        body: Buffer.alloc(0),
        headers: { location: effect.location }
      })
      return
    case 'raw':
      stage.response.socket?.end(effect.text)
      return
    case 'delay':
      await wait(effect.ms, undefined, { signal: stage.signal })
      sendAnswer(stage, stage.process())
      return
    case 'drip':
      return drip(stage, effect.everyMs, effect.bytesEach ?? 1)
    case 'silence':
      sendSilence(stage)
      return
    case 'hang':
      return
    case 'reset':
      if (effect.when === 'mid-body') return resetMidBody(stage)
      if (effect.when === 'after-processing') stage.process()
      reset(stage)
      return
    case 'informational':
      for (let sent = 0; sent < effect.count; sent += 1) stage.response.writeProcessing()
      sendAnswer(stage, stage.process())
      return
    case 'half-body':
      sendAltered(stage, (body) => body.subarray(0, Math.floor(body.length / 2)))
      return
    case 'wrong-length':
      sendWrongLength(stage, effect.declared)
      return
    case 'utf-16':
      sendUtf16(stage)
      return
    case 'escaped':
      sendAltered(stage, (body) => Buffer.from(escapeLetters(body.toString('utf8'))))
      return
    case 'overwrite':
      sendAnswer(stage, overlay(stage.process(), effect.fields))
      return
    case 'rows':
      sendAnswer(
        stage,
        overlay(stage.process(), { data: effect.rows, total_count: effect.rows.length })
      )
      return
    case 'gzip-bomb':
      return sendGzipBomb(stage, effect.sizeBytes)
    case 'endless':
      return sendEndless(stage)
    default:
      assertNever(effect)
  }
}

const escapeLetters = (json: string): string =>
  json.replace(
    /[\u0080-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`
  )

const sendUtf16 = (stage: AnswerStage): void => {
  const answer = stage.process()
  send(stage, {
    status: answer.status,
    body: Buffer.from(`\ufeff${toBytes(answer.body).toString('utf8')}`, 'utf16le'),
    headers: { 'content-type': 'application/json; charset=utf-16' }
  })
}
