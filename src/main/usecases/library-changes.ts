import { isUnfinished } from '../../shared/catalogue/asset-statuses.ts'
import type { HistoryEventType } from '../../shared/catalogue/history-events.ts'
import type { AssetRecord } from '../../shared/domain/asset.ts'
import type { HistoryBody, NewHistoryEvent } from '../../shared/domain/history.ts'
import type { ObservedAsset } from '../ports/provider.ts'
import type { AccountRecord } from '../ports/store.ts'
import { withFoundIn } from './found-in.ts'
import { assetEvent } from './history-event.ts'

/** One asset's new row and what the history has to say about it. */
export interface LibraryChange {
  readonly record: AssetRecord
  readonly events: readonly NewHistoryEvent[]
  /** Listed again after it was gone. */
  readonly hasReturned: boolean
  /** An own asset that the provider worked on and is ready or failed now: worth a notification. */
  readonly hasEnded: boolean
}

/** How a request to delete something was answered. */
export type AskedBefore = 'accepted' | 'refused' | 'unclear'

export interface ComparedListing {
  readonly account: AccountRecord
  readonly known: readonly AssetRecord[]
  readonly observed: readonly ObservedAsset[]
  /** Only then may a missing row be taken for gone. */
  readonly isComplete: boolean
  readonly observedAt: string
  /** Ids whose fate a deletion of ours decides; the listing may be older than its answer. */
  readonly settledElsewhere: ReadonlySet<string>
  /** Ids that were named here since the listing began, which may still tell their old name. */
  readonly namedHere: ReadonlySet<string>
  /** How the last request of this app to delete it was answered; null if none was sent. */
  readonly askedBefore: (ref: AssetRecord['ref']) => AskedBefore | null
  readonly mediaOf: (asset: ObservedAsset) => Pick<AssetRecord, 'posterId' | 'clipId'>
}

/** A thumbnail that is not told again stays the one there was. */
const keptMedia = (
  told: Pick<AssetRecord, 'posterId' | 'clipId'>,
  known: AssetRecord | null
): Pick<AssetRecord, 'posterId' | 'clipId'> => ({
  posterId: told.posterId ?? known?.posterId ?? null,
  clipId: told.clipId ?? known?.clipId ?? null
})

/** Standing still is told only from what was seen here: providers do not say when a training last moved. */
const movedAt = (asset: ObservedAsset, known: AssetRecord | null, observedAt: string) => {
  const isSame =
    known !== null && known.statusRaw === asset.statusRaw && known.progress === asset.progress
  return isSame ? known.movedAt : observedAt
}

/** The stored row for what was observed; what only a single answer tells is kept while the status stands. */
export const toRecord = (
  listing: Pick<ComparedListing, 'account' | 'observedAt' | 'mediaOf'>,
  asset: ObservedAsset,
  known: AssetRecord | null
): AssetRecord => ({
  ref: { accountId: listing.account.id, kind: asset.kind, id: asset.id },
  name: asset.name,
  status: asset.status,
  statusRaw: asset.statusRaw,
  progress: asset.progress,
  model: asset.model ?? known?.model ?? null,
  origin: asset.origin ?? known?.origin ?? null,
  createdAt: asset.createdAt ?? known?.createdAt ?? null,
  updatedAt: asset.updatedAt ?? known?.updatedAt ?? null,
  errorMessage:
    asset.errorMessage ?? (known?.status === asset.status ? (known.errorMessage ?? null) : null),
  ...keptMedia(listing.mediaOf(asset), known),
  parentId: asset.parentId ?? known?.parentId ?? null,
  details: withFoundIn(asset.details.length > 0 ? asset.details : (known?.details ?? []), known),
  presence: asset.status === 'deleted' ? 'gone' : 'listed',
  firstSeenAt: known?.firstSeenAt ?? listing.observedAt,
  movedAt: movedAt(asset, known, listing.observedAt),
  lastSeenAt: listing.observedAt
})

/** If there was one, nobody can say that it was not this app's doing. */
const requestBefore = (
  { askedBefore }: Pick<ComparedListing, 'askedBefore'>,
  { ref }: Pick<AssetRecord, 'ref'>
): HistoryBody => {
  const answer = askedBefore(ref)
  return answer === null ? {} : { wasAsked: true, answer }
}

/** A failure of one's own that was told without its reason. */
export const isUnexplained = ({
  status,
  errorMessage,
  origin
}: Pick<ObservedAsset, 'status' | 'errorMessage' | 'origin'>): boolean =>
  status === 'failed' && errorMessage === null && origin !== 'stock'

/** The status is another one, or it is now known why something failed. */
const hasNews = (record: AssetRecord, known: AssetRecord): boolean =>
  known.status !== record.status ||
  (record.status === 'failed' && record.errorMessage !== null && known.errorMessage === null)

const eventsFor = (
  listing: Pick<ComparedListing, 'account' | 'askedBefore'>,
  record: AssetRecord,
  known: AssetRecord | null
): readonly NewHistoryEvent[] => {
  const { account } = listing
  // Stock replicas belong to the provider; their coming and going is no part of the owner's history.
  if (record.origin === 'stock') return []
  const about = (type: HistoryEventType, body: HistoryBody) =>
    assetEvent(type, account, { ...record.ref, name: record.name }, body)
  if (known === null) {
    const { status, statusRaw, createdAt, errorMessage } = record
    const why = errorMessage === null ? {} : { reason: errorMessage }
    const body = { status, statusRaw, createdAt, ...why }
    return [about('asset-first-seen', body)]
  }
  const events: NewHistoryEvent[] = []
  if (known.presence === 'gone' && record.presence === 'listed') {
    events.push(about('asset-returned', { status: record.status }))
  }
  if (known.presence === 'listed' && record.presence === 'gone') {
    const body = { statusRaw: record.statusRaw, ...requestBefore(listing, record) }
    events.push(about('asset-vanished', body))
  }
  if (known.name !== record.name) {
    events.push(about('asset-renamed', { from: known.name, to: record.name }))
  }
  if (hasNews(record, known) && record.status !== 'deleted') {
    const body = {
      from: known.status,
      to: record.status,
      statusRaw: record.statusRaw,
      reason: record.errorMessage
    }
    events.push(about('asset-status-changed', body))
  }
  return events
}

const hasEnded = (record: AssetRecord, known: AssetRecord | null): boolean =>
  known !== null &&
  record.origin !== 'stock' &&
  isUnfinished(known.status) &&
  (record.status === 'ready' || record.status === 'failed')

const vanished = (listing: ComparedListing, seen: ReadonlySet<string>): LibraryChange[] =>
  listing.known
    .filter((known) => known.presence === 'listed')
    .filter((known) => !seen.has(known.ref.id) && !listing.settledElsewhere.has(known.ref.id))
    .map((known) => ({
      record: { ...known, presence: 'gone' },
      hasReturned: false,
      hasEnded: false,
      events:
        known.origin === 'stock'
          ? []
          : [
              assetEvent(
                'asset-vanished',
                listing.account,
                { ...known.ref, name: known.name },
                { lastSeenAt: known.lastSeenAt, ...requestBefore(listing, known) }
              )
            ]
    }))

/** Compares what a provider answered with what is stored. Pure; the first of two rows with the same id counts. */
export const compareListing = (listing: ComparedListing): readonly LibraryChange[] => {
  const knownById = new Map(listing.known.map((record) => [record.ref.id, record]))
  const seen = new Set<string>()
  const changes: LibraryChange[] = []
  for (const asset of listing.observed) {
    if (seen.has(asset.id)) continue
    seen.add(asset.id)
    if (listing.settledElsewhere.has(asset.id)) continue
    const known = knownById.get(asset.id) ?? null
    const isNamedHere = known !== null && listing.namedHere.has(asset.id)
    const named = isNamedHere ? { ...asset, name: known.name } : asset
    const record = toRecord(listing, named, known)
    changes.push({
      record,
      events: eventsFor(listing, record, known),
      hasReturned: known?.presence === 'gone' && record.presence === 'listed',
      hasEnded: hasEnded(record, known)
    })
  }
  return listing.isComplete ? [...changes, ...vanished(listing, seen)] : changes
}
