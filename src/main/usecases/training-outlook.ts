import { type VideoFindingCode, videoFindings } from '../../shared/catalogue/training-rules.ts'
import type { AssetRecord, AssetRef } from '../../shared/domain/asset.ts'
import type { HistoryBody, HistoryEvent } from '../../shared/domain/history.ts'
import type { TrainingOutlook } from '../../shared/domain/training-outlook.ts'
import { fail, ok, type Result } from '../../shared/result.ts'
import type { Store } from '../ports/store.ts'
import { sentFor } from './draft-again.ts'

/** Enough to know an account by; older ones say little about the provider of today. */
const mostTrainings = 10
const recordsLookedAt = 500
/** What was quicker was no training, and what took longer ended while nobody watched. */
const shortestMs = 60_000
const longestMs = 12 * 3_600_000

const middleOf = (lengths: readonly number[]): number | null => {
  const sorted = lengths.toSorted((a, b) => a - b)
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? null
}

const isEnd = ({ type, assetKind, body }: HistoryEvent): boolean =>
  type === 'asset-status-changed' &&
  assetKind === 'replica' &&
  body['to'] === 'ready' &&
  (body['from'] === 'training' || body['from'] === 'preview')

/** How long the account's last trainings took, as far as their end was seen here. Newest first. */
const lengthsOf = (store: Pick<Store, 'read'>, { ref, model }: AssetRecord): readonly number[] => {
  const { rows } = store.read.history({
    search: '',
    accountId: ref.accountId,
    asset: null,
    group: 'creations',
    beforeSeq: null,
    limit: recordsLookedAt
  })
  const replicas = new Map(
    store.read.assetRecords(ref.accountId, 'replica').map((record) => [record.ref.id, record])
  )
  const ended = rows.filter(isEnd).flatMap(({ assetId, at }) => {
    const replica = replicas.get(assetId as AssetRecord['ref']['id'])
    const startedAt = replica === undefined ? null : startOf(replica)
    const lengthMs = startedAt === null ? 0 : Date.parse(at) - Date.parse(startedAt)
    return lengthMs < shortestMs || lengthMs > longestMs || replica === undefined
      ? []
      : [{ lengthMs, model: replica.model }]
  })
  // Models differ; where none of this one ended yet, the others are better than nothing.
  const alike = ended.filter((training) => training.model === model)
  return (alike.length > 0 ? alike : ended).slice(0, mostTrainings).map(({ lengthMs }) => lengthMs)
}

const startOf = ({ createdAt, firstSeenAt, status }: AssetRecord): string | null =>
  createdAt ?? (status === 'training' ? firstSeenAt : null)

const isCode = (text: string): text is VideoFindingCode => Object.hasOwn(videoFindings, text)

/** The failures that what was found in the videos stood for, by the provider's names. */
const foretoldBy = (warnings: HistoryBody[string] | undefined): string[] => {
  const codes = typeof warnings === 'string' ? warnings.split(' ').filter(isCode) : []
  return [...new Set(codes.flatMap((code) => videoFindings[code].errorType ?? []))].slice(0, 40)
}

/** What the account's own past says about a training. `not-found` for what is no replica, or not there. */
export const trainingOutlook = (
  store: Pick<Store, 'read'>,
  ref: AssetRef
): Result<TrainingOutlook> => {
  const replica = ref.kind === 'replica' ? store.read.asset(ref) : null
  if (replica === null) return fail({ kind: 'not-found' })
  const [record] = store.read
    .assetRecords(ref.accountId, 'replica')
    .filter((one) => one.ref.id === ref.id)
  if (record === undefined) return fail({ kind: 'not-found' })
  const lengths = lengthsOf(store, record)
  return ok({
    startedAt: startOf(record),
    usualMs: middleOf(lengths),
    count: lengths.length,
    foretold: foretoldBy(sentFor(store, ref)?.['videoWarnings'])
  })
}
