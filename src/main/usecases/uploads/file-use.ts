import { assetIdSchema } from '../../../shared/domain/asset.ts'
import type { Leftovers } from '../../../shared/domain/upload.ts'
import type { StoreReads, UploadRecord } from '../../ports/store.ts'

/** Why a file in a bucket is of no use any more, and the replica that it was used for. */
export type FileUseOver = Pick<Leftovers['files'][number], 'why' | 'replicaName'>

const nobody = { accountId: null, assetId: null, askedAt: null } as const

/** A link lasts so long, and nobody can fetch the file after that. */
export const linkSeconds = 604_800

type Reads = Pick<StoreReads, 'asset' | 'operation'>

/** Null: it may still be fetched, or wanted. */
type OneUse = FileUseOver | null

const unknown = (sinceAt: string, nowMs: number): OneUse =>
  Date.parse(sinceAt) + linkSeconds * 1000 < nowMs ? { why: 'unknown', replicaName: null } : null

const ofReplica = (
  read: Reads,
  { accountId, assetId }: NonNullable<UploadRecord['usedFor']>,
  sinceAt: string,
  nowMs: number
): OneUse => {
  const asset = read.asset({ accountId, kind: 'replica', id: assetId })
  // Its account was removed here: what became of it there is not known.
  if (asset === null) return unknown(sinceAt, nowMs)
  const replicaName = asset.name
  if (asset.presence === 'gone' || asset.status === 'deleted') return { why: 'gone', replicaName }
  if (asset.status === 'ready') return { why: 'trained', replicaName }
  return asset.status === 'failed' ? { why: 'failed', replicaName } : null
}

/**
 * What a file in a bucket is of use for: null if it may still be needed. It is as long as one creation that was sent
 * with it is not over; one whose answer was lost counts until its link has run out. `isOfDraft`: of one that can be sent.
 */
export const fileUseOver = (
  read: Reads,
  record: UploadRecord,
  isOfDraft: boolean,
  nowMs: number
): FileUseOver | null => {
  if (isOfDraft) return null
  const sinceAt = record.doneAt ?? record.begunAt
  const uses: OneUse[] = record.askedBy.flatMap((operationId) => {
    const operation = read.operation(operationId)
    const isKnownBetter = operation === null && record.usedFor !== null
    if (isKnownBetter || operation?.state === 'refused') return []
    const { accountId, assetId, askedAt } = operation ?? nobody
    const made = assetIdSchema.safeParse(operation?.state === 'done' ? assetId : null)
    return made.success && accountId !== null
      ? [ofReplica(read, { accountId, assetId: made.data }, askedAt ?? sinceAt, nowMs)]
      : [unknown(askedAt ?? sinceAt, nowMs)]
  })
  if (record.usedFor !== null) uses.push(ofReplica(read, record.usedFor, sinceAt, nowMs))
  return uses.includes(null) ? null : (uses.at(-1) ?? { why: 'unused', replicaName: null })
}
