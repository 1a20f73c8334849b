import { type AssetStatus, isUnfinished } from '../../shared/catalogue/asset-statuses.ts'
import type { HistoryEventType } from '../../shared/catalogue/history-events.ts'
import { targetKey } from '../../shared/catalogue/keys.ts'
import { assetRefSchema, assetStatusSchema, targetRefSchema } from '../../shared/domain/asset.ts'
import type { HistoryEvent } from '../../shared/domain/history.ts'
import type { News, NewsItem } from '../../shared/domain/news.ts'
import type { Clock } from '../ports/clock.ts'
import type { Store } from '../ports/store.ts'

export interface NewsDeps {
  readonly store: Store
  readonly clock: Pick<Clock, 'nowAt'>
}

/** Up to which record the window was told, and when. The hash tells that record from another with its number. */
interface Mark {
  readonly seq: number
  readonly hash: string
  readonly at: string
}

const markKey = 'news-told'
const mostAtOnce = 500

const types: readonly HistoryEventType[] = [
  'asset-status-changed',
  'asset-vanished',
  'asset-returned',
  'deletion-drifted'
]

const isStatus = (value: unknown): value is AssetStatus =>
  assetStatusSchema.safeParse(value).success

const whatOf = ({ type, body }: HistoryEvent): NewsItem['what'] | null => {
  const { from, to } = body
  switch (type) {
    case 'asset-status-changed':
      if (!(isStatus(from) && isUnfinished(from))) return null
      return to === 'ready' || to === 'failed' ? to : null
    case 'asset-vanished':
      return 'vanished'
    case 'asset-returned':
    case 'deletion-drifted':
      return 'returned'
    default:
      return null
  }
}

/** Two entries about one asset would only contradict each other: the later one counts. */
const newestOf = (items: readonly NewsItem[]): readonly NewsItem[] => {
  const byAsset = new Map<string, NewsItem>()
  for (const item of items) {
    const key = targetKey(item.ref)
    byAsset.delete(key)
    byAsset.set(key, item)
  }
  return [...byAsset.values()]
}

/**
 * What the window says about assets that ended, failed, vanished or came back while nobody did anything with them: each
 * once, whether it happened while the window was open or not. The history is where it is read from, so that whoever saw
 * it first, it is told.
 */
export const createNews = ({ store, clock }: NewsDeps) => {
  let told: Mark | null = null

  const hashAt = (seq: number): string => store.read.historyHash(seq) ?? 'none'

  const isOfThisChain = ({ seq, hash }: Mark): boolean => hashAt(seq) === hash

  const storedMark = (): Mark | null => {
    const [seq = '', hash, at] = (store.read.meta(markKey) ?? '').split(' ')
    const isWhole = /^\d+$/.test(seq) && hash !== undefined && at !== undefined
    return isWhole ? { seq: Number(seq), hash, at } : null
  }

  /** What could not be stored still counts, but not for a backup that took the database's place. */
  const markNow = (): Mark | null => {
    const stored = storedMark()
    const isLater = told !== null && told.seq > (stored?.seq ?? -1) && isOfThisChain(told)
    return isLater ? told : stored
  }

  /** A history that was cleared begins anew, so all of it came after. */
  const begin = (mark: Mark | null, headSeq: number): number => {
    if (mark === null) return headSeq
    return isOfThisChain(mark) ? mark.seq : 0
  }

  const filesOf = ({ accountId, id }: NewsItem['ref']): NewsItem['files'] =>
    store.read
      .uploads()
      .filter(
        ({ state, usedFor }) =>
          state === 'done' && usedFor?.accountId === accountId && usedFor.assetId === id
      )
      .slice(0, 10)
      .map(({ id: uploadId, fileName }) => ({ uploadId, fileName }))

  const itemOf = (event: HistoryEvent): NewsItem | null => {
    const { accountId, assetKind: kind, assetId: id, assetName, body } = event
    const what = whatOf(event)
    const target = targetRefSchema.safeParse({ accountId, kind, id })
    if (what === null || !target.success) return null
    const ref = target.data
    // The reason may have been asked for later than the failure was seen.
    const known = assetRefSchema.safeParse(ref)
    const asset = known.success ? store.read.asset(known.data) : null
    const said = typeof body['reason'] === 'string' ? body['reason'] : null
    return {
      what,
      ref,
      name: assetName ?? '',
      reason: what === 'failed' ? (said ?? asset?.errorMessage ?? null) : null,
      wasAsked: body['wasAsked'] === true,
      files: what === 'ready' && kind === 'replica' ? filesOf(ref) : []
    }
  }

  /** Answers what is new and counts it as told. Without a mark nothing is: whoever begins is told of what comes. */
  const take = (): News => {
    const headSeq = store.read.historyHead()?.seq ?? 0
    const mark = markNow()
    const events = store.read.historyAfter(begin(mark, headSeq), types, mostAtOnce)
    const hasMore = events.length === mostAtOnce
    const seq = hasMore ? (events.at(-1)?.seq ?? headSeq) : headSeq
    const hash = hashAt(seq)
    if (mark?.seq !== seq || mark.hash !== hash) {
      told = { seq, hash, at: clock.nowAt() }
      const text = `${seq} ${hash} ${told.at}`
      // If it cannot be kept, the next run tells some of it once more.
      store.transaction((write) => write.putMeta(markKey, text))
    }
    const items = newestOf(events.flatMap((event) => itemOf(event) ?? []))
    return { items: [...items], hasMore, sinceAt: mark?.at ?? null }
  }

  return { take }
}
