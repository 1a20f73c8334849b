import type { AssetId } from '../../../shared/domain/asset.ts'
import type { Repoint } from '../../../shared/domain/plan.ts'
import type { AppError } from '../../../shared/errors.ts'
import { fail, ok, type Result } from '../../../shared/result.ts'
import type { HttpAnswer } from '../../ports/http-client.ts'
import type { Connection, RemovalAnswer } from '../../ports/provider.ts'
import { parseJson } from '../../rules/parse-json.ts'
import { type Call, isDone, isPage, shapeError } from '../account-call.ts'
import { assetUrl } from './tavus-address.ts'
import { refusalOf, saysUnknown } from './tavus-errors.ts'
import { readPersona, unwrapped, voiceOfPal } from './tavus-mapping.ts'
import { readPage } from './tavus-pages.ts'

/** One operation of a JSON Patch (RFC 6902). */
interface PatchOperation {
  readonly op: 'add' | 'replace'
  readonly path: string
  readonly value: string
}

type Kind = 'persona' | 'page'

/** What is there now, and by what it is told whether it changed meanwhile. */
interface Current {
  readonly json: unknown
  readonly etag: string | null
}

/** What one thing's own address answers; null: Tavus does not know it. */
const look = async (
  call: Call,
  connection: Connection,
  kind: Kind,
  id: AssetId,
  signal: AbortSignal
): Promise<Result<Current | HttpAnswer>> => {
  const url = assetUrl(connection.apiAddress, kind, id)
  if (!url.ok) return url
  const got = await call(connection, { method: 'GET', url: url.value }, signal)
  if (!got.ok) return got
  const { answer, redactText } = got.value
  if (saysUnknown(answer, kind)) return ok(answer)
  if (!isDone(answer)) return fail(refusalOf(answer, 'read', redactText))
  const json = parseJson(answer.text)
  if (!json.ok) return json
  return ok({ json: unwrapped(json.value), etag: answer.headers['etag'] ?? null })
}

const isCurrent = (found: Current | HttpAnswer): found is Current => 'json' in found

/** It was changed since it was read, so Tavus did nothing. Either code is possible. Source: tavus.md 3.6. */
const staleStatuses = [409, 412]

const refused = (answer: HttpAnswer, redactText: (text: string) => string): AppError => {
  const error = refusalOf(answer, 'rename', redactText)
  const isStale = error.kind === 'provider-refused' && staleStatuses.includes(error.status)
  return isStale ? { ...error, why: 'stale' } : error
}

/**
 * Changes one thing by a JSON Patch: reads it, sends the patch with its ETag where it has one, and reads it again, as a patch
 * may land in a draft. The patch leaves once.
 */
const patch = async (
  call: Call,
  connection: Connection,
  { kind, id }: { readonly kind: Kind; readonly id: AssetId },
  operationsFor: (now: unknown) => readonly PatchOperation[] | null,
  isAsAsked: (now: unknown) => boolean,
  signal: AbortSignal
): Promise<Result<RemovalAnswer>> => {
  const before = await look(call, connection, kind, id, signal)
  // Nothing was asked for yet, so nothing can have come of it.
  if (!before.ok) return fail(unsent(before.error))
  if (!isCurrent(before.value)) {
    return ok({ outcome: 'not-known', httpStatus: before.value.status })
  }
  const { json, etag } = before.value
  const body = operationsFor(json)
  if (body === null) return shapeError()
  const url = patchUrl(connection.apiAddress, kind, id)
  const sent = await call(
    connection,
    { method: 'PATCH', url, body, ...(etag === null ? {} : { ifMatch: etag }) },
    signal
  )
  if (!sent.ok) return sent
  const { answer, redactText } = sent.value
  if (saysUnknown(answer, kind)) return ok({ outcome: 'not-known', httpStatus: answer.status })
  if (!isDone(answer)) return fail(refused(answer, redactText))
  if (isPage(answer)) return fail({ kind: 'unexpected-response', where: 'not-json' })
  const after = await look(call, connection, kind, id, signal)
  if (!after.ok) return fail({ kind: 'outcome-unknown' })
  const { status: httpStatus } = answer
  if (!isCurrent(after.value)) return ok({ outcome: 'removed', httpStatus })
  return isAsAsked(after.value.json)
    ? ok({ outcome: 'removed', httpStatus })
    : fail({ kind: 'provider-refused', status: httpStatus, said: null, why: 'draft' })
}

/** A read that failed says nothing of a change that was never sent. */
const unsent = (error: AppError): AppError =>
  ['provider-down', 'timed-out', 'unexpected-response'].includes(error.kind)
    ? { kind: 'offline' }
    : error

/** Patches are documented by the newer word alone. */
const patchUrl = (apiAddress: string, kind: Kind, id: AssetId): string =>
  kind === 'page'
    ? `${apiAddress}/v2/deployments/${encodeURIComponent(id)}`
    : `${apiAddress}/v2/pals/${encodeURIComponent(id)}`

const isInactive = (now: unknown): boolean => readPage(now)?.status === 'inactive'

/** Takes a page off the web; it can be put there again. */
export const takeOffline = (
  call: Call,
  connection: Connection,
  id: AssetId,
  signal: AbortSignal
): Promise<Result<RemovalAnswer>> =>
  patch(
    call,
    connection,
    { kind: 'page', id },
    () => [{ op: 'replace', path: '/status', value: 'inactive' }],
    isInactive,
    signal
  )

const readPal = (now: unknown) => readPersona(now, { origin: null, redactText: (text) => text })

/** Whether a PAL shows and speaks with what it was repointed to. */
export const isRepointed = (now: unknown, { face, voice }: Repoint): boolean => {
  const pal = readPal(now)
  if (pal === null) return false
  return (
    (face === null || pal.parentId === face.to.id) &&
    (voice === null || voiceOfPal(pal) === voice.to.id)
  )
}

const repointOperations = (now: unknown, { face, voice }: Repoint): PatchOperation[] | null => {
  const pal = readPal(now)
  if (pal === null) return null
  const operation = (path: string, before: string | null, value: string): PatchOperation => ({
    op: before === null ? 'add' : 'replace',
    path,
    value
  })
  return [
    ...(face === null ? [] : [operation('/default_face_id', pal.parentId, face.to.id)]),
    ...(voice === null ? [] : [operation('/layers/tts/voice_id', voiceOfPal(pal), voice.to.id)])
  ]
}

/** Lets a PAL show another face, or speak with another voice. */
export const repointPal = (
  call: Call,
  connection: Connection,
  id: AssetId,
  repoint: Repoint,
  signal: AbortSignal
): Promise<Result<RemovalAnswer>> =>
  patch(
    call,
    connection,
    { kind: 'persona', id },
    (now) => repointOperations(now, repoint),
    (now) => isRepointed(now, repoint),
    signal
  )

/** Whether a page or a PAL is by now as was asked for. */
export const isChanged = (now: unknown, repoint: Repoint | undefined): boolean =>
  repoint === undefined ? isInactive(now) : isRepointed(now, repoint)
