import type { FaultEffect } from './faults.ts'

const HTML = '<!doctype html><html><body><h1>Sign in to the guest network</h1></body></html>'

const html = { 'content-type': 'text/html; charset=utf-8' }
const json = { 'content-type': 'application/json' }

const nested = (depth: number): string => `${'['.repeat(depth)}${']'.repeat(depth)}`

const refusal = (status: number, error: string): FaultEffect => ({
  kind: 'answer',
  status,
  body: { error }
})

/** A 429 with the given `Retry-After`, several of them, or none. */
export const tooManyRequests = (...retryAfter: readonly string[]): FaultEffect => ({
  kind: 'answer',
  status: 429,
  body: { message: 'Too many requests' },
  headers: retryAfter.length === 0 ? {} : { 'retry-after': retryAfter }
})

/** A redirect to the same path of another origin. */
export const redirectTo = (status: 301 | 302 | 307 | 308, location: string): FaultEffect => ({
  kind: 'redirect',
  status,
  location
})

/** Answers that are wrong in ways met in the wild, by name; made for `it.each(Object.entries(faultCatalog))`. */
export const faultCatalog = {
  keyRejected: { kind: 'answer', status: 401, body: { message: 'Invalid access token' } },
  outOfCredit: { kind: 'answer', status: 402, body: { message: 'The account has no credit left' } },
  forbidden: refusal(403, 'Forbidden'),
  notFound: refusal(404, 'Not found'),
  conflict: refusal(409, 'Conflict'),
  gone: refusal(410, 'Gone'),
  tooLarge: refusal(413, 'Too large'),
  unprocessable: refusal(422, 'Unprocessable'),
  tooManyRequests: tooManyRequests(),
  serverError: refusal(500, 'Internal error'),
  badGateway: { kind: 'answer', status: 502, body: HTML, headers: html },
  unavailable: refusal(503, 'Unavailable'),
  gatewayTimeout: { kind: 'answer', status: 504, body: '' },
  captivePortal: { kind: 'answer', status: 200, body: HTML, headers: html },
  emptyOk: { kind: 'answer', status: 200, body: '', headers: json },
  noContent: { kind: 'answer', status: 204 },
  wrongId: { kind: 'overwrite', fields: { replica_id: 'r00000000000', video_id: '0000000000' } },
  halfJson: { kind: 'half-body' },
  prototypeKeys: {
    kind: 'answer',
    status: 200,
    body: '{"__proto__":{"status":"completed"},"constructor":{"prototype":{"done":true}},"data":[],"total_count":0}',
    headers: json
  },
  deepJson: { kind: 'answer', status: 200, body: nested(100_000), headers: json },
  notANumber: {
    kind: 'answer',
    status: 200,
    body: '{"data":[],"total_count":NaN}',
    headers: json
  },
  hugeNumber: {
    kind: 'answer',
    status: 200,
    body: '{"data":[],"total_count":1e400}',
    headers: json
  },
  duplicateKeys: {
    kind: 'answer',
    status: 200,
    body: '{"data":[],"total_count":0,"data":[{"replica_id":"r00000000000"}],"total_count":1}',
    headers: json
  },
  jsonNull: { kind: 'answer', status: 200, body: 'null', headers: json },
  utf16: { kind: 'utf-16' },
  lengthTooLong: { kind: 'wrong-length', declared: 'longer' },
  lengthTooShort: { kind: 'wrong-length', declared: 'shorter' },
  gzipBomb: { kind: 'gzip-bomb', sizeBytes: 256 * 1024 * 1024 },
  endless: { kind: 'endless' },
  drip: { kind: 'drip', everyMs: 5_000 },
  silence: { kind: 'silence' },
  hang: { kind: 'hang' },
  resetBefore: { kind: 'reset', when: 'before-processing' },
  resetAfter: { kind: 'reset', when: 'after-processing' },
  resetMidBody: { kind: 'reset', when: 'mid-body' },
  manyInformational: { kind: 'informational', count: 100 },
  notHttp: { kind: 'raw', text: 'SSH-2.0-OpenSSH_9.6\r\n' }
} as const satisfies Readonly<Record<string, FaultEffect>>

const row = (id: unknown) => ({
  replica_id: id,
  replica_name: 'Strange',
  status: 'completed',
  training_progress: '100/100',
  created_at: '2026-01-02T03:04:05.678Z'
})

/** Replica lists that no client should trust, by name. */
export const strangeLists = {
  idMissing: { kind: 'rows', rows: [row(undefined)] },
  idEmpty: { kind: 'rows', rows: [row('')] },
  idClimbs: { kind: 'rows', rows: [row('../replicas/x')] },
  idWithQuery: { kind: 'rows', rows: [row('a?hard=true')] },
  idTooLong: { kind: 'rows', rows: [row('r'.repeat(10_000))] },
  idNumber: { kind: 'rows', rows: [row(42)] },
  idTwice: { kind: 'rows', rows: [row('r11111111111'), row('r11111111111')] },
  rowNull: { kind: 'rows', rows: [null] },
  dataMissing: { kind: 'overwrite', fields: { data: undefined } },
  dataObject: { kind: 'overwrite', fields: { data: {} } },
  manyRows: {
    kind: 'rows',
    rows: Array.from({ length: 10_000 }, (_, index) => row(`r${String(index).padStart(11, '0')}`))
  }
} as const satisfies Readonly<Record<string, FaultEffect>>
