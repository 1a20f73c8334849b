import { isStepChange, type TargetKind } from '../../../shared/catalogue/kinds.ts'
import type { AssetId } from '../../../shared/domain/asset.ts'
import type { AppError } from '../../../shared/errors.ts'
import { assertNever, fail, ok } from '../../../shared/result.ts'
import type { HttpAnswer } from '../../ports/http-client.ts'
import type { Provider, Trainer } from '../../ports/provider.ts'
import { type Call, isDone, readShape } from '../account-call.ts'
import type { RenameReplicaRequest, RenameVideoRequest } from './generated/types.gen.ts'
import {
  assetUrl,
  isTavusKind,
  listUrl,
  notOffered,
  readTavusId,
  type TavusKind,
  withDeletionMode
} from './tavus-address.ts'
import { isCredible, readUsedBy, refusalOf, saysUnknown } from './tavus-errors.ts'
import { toCreateRequest } from './tavus-mapping.ts'
import { repointPal, takeOffline } from './tavus-repoint.ts'
import { replicaCreatedWireSchema, type SpokenOfWire, spokenOfWireSchema } from './tavus-wire.ts'

const outcomeUnknown = () => fail({ kind: 'outcome-unknown' })

/** The ids of its own kind: a video's answer names the replica too, which is another asset by right. */
const namesIn = (wire: SpokenOfWire, kind: TavusKind): readonly unknown[] => {
  switch (kind) {
    case 'replica':
      return [wire.replica_id, wire.face_id]
    case 'video':
      return [wire.video_id]
    case 'voice':
      return [wire.voice_id]
    case 'conversation':
      return [wire.conversation_id]
    case 'persona':
      return [wire.persona_id, wire.pal_id]
    case 'page':
      return [wire.deployment_id]
    default:
      return assertNever(kind)
  }
}

/** A voice is refused for what uses it, and how much that is. */
const removalRefused = (
  answer: HttpAnswer,
  kind: TargetKind,
  redactText: (text: string) => string
): AppError => {
  const error = refusalOf(answer, 'remove', redactText)
  const isInUse = kind === 'voice' && error.kind === 'provider-refused' && error.status === 409
  return isInUse ? { ...error, usedBy: readUsedBy(answer) } : error
}

/** True unless the answer names an asset and it is another one. */
const speaksOf =
  (kind: TargetKind, id: AssetId) =>
  (json: unknown): boolean => {
    const wire = spokenOfWireSchema.safeParse(json)
    if (!wire.success) return true
    const named = isTavusKind(kind) ? namesIn(wire.data, kind) : []
    return [...named, wire.data.id].every((value) => typeof value !== 'string' || value === id)
  }

const renameBody = (
  kind: 'replica' | 'video',
  name: string
): RenameReplicaRequest | RenameVideoRequest => {
  switch (kind) {
    case 'replica':
      return { replica_name: name }
    case 'video':
      return { video_name: name }
    default:
      return assertNever(kind)
  }
}

/** Everything that changes something there; each leaves once. */
export const createChanges = (
  call: Call
): Pick<Provider, 'rename' | 'remove'> & Pick<Trainer, 'train'> => ({
  rename: async (connection, kind, id, name, signal) => {
    if (kind !== 'replica' && kind !== 'video') return notOffered('name')
    const asset = assetUrl(connection.apiAddress, kind, id)
    if (!asset.ok) return asset
    const url = `${asset.value}/name`
    const body = renameBody(kind, name)
    const got = await call(connection, { method: 'PATCH', url, body }, signal)
    if (!got.ok) return got
    const { answer, redactText } = got.value
    if (saysUnknown(answer, kind)) return fail({ kind: 'not-found' })
    if (!isDone(answer)) return fail(refusalOf(answer, 'rename', redactText))
    return isCredible(answer, speaksOf(kind, id)) ? ok(null) : outcomeUnknown()
  },

  remove: async (connection, kind, id, mode, signal, repoint) => {
    if (isStepChange(mode)) {
      if (mode === 'offline' && kind === 'page') return takeOffline(call, connection, id, signal)
      if (mode === 'repoint' && kind === 'persona' && repoint !== undefined) {
        return repointPal(call, connection, id, repoint, signal)
      }
      return notOffered('mode')
    }
    const asset = assetUrl(connection.apiAddress, kind, id)
    if (!asset.ok) return asset
    const url = withDeletionMode(asset.value, kind, mode)
    const got = await call(connection, { method: 'DELETE', url }, signal)
    if (!got.ok) return got
    const { answer, redactText } = got.value
    const httpStatus = answer.status
    if (saysUnknown(answer, kind)) return ok({ outcome: 'not-known', httpStatus })
    if (!isDone(answer)) return fail(removalRefused(answer, kind, redactText))
    // 202 is documented nowhere, but says what it says everywhere: taken on, not done yet.
    const outcome = httpStatus === 202 ? 'accepted' : 'removed'
    return isCredible(answer, speaksOf(kind, id))
      ? ok({ outcome, httpStatus })
      : fail({ kind: 'unexpected-response', where: 'not-json' })
  },

  train: async (connection, request, signal) => {
    const url = listUrl(connection.apiAddress, 'replica')
    const body = toCreateRequest(request)
    const got = await call(connection, { method: 'POST', url, body }, signal)
    if (!got.ok) return got
    const { answer, redactText } = got.value
    if (!isDone(answer)) return fail(refusalOf(answer, 'create', redactText))
    const created = readShape(answer, replicaCreatedWireSchema)
    // Taken on, but without a word as what: only the list can tell.
    if (!created.ok) return outcomeUnknown()
    const id = readTavusId(created.value.replica_id ?? created.value.face_id)
    if (id === null) return outcomeUnknown()
    return ok({ id, statusRaw: (created.value.status ?? '').slice(0, 100) })
  }
})
