import {
  type AssetStatus,
  assetStatusNames,
  isUnfinished
} from '../../shared/catalogue/asset-statuses.ts'
import type { HistoryEvent } from '../../shared/domain/history.ts'
import { type ItemStanding, standingAfter } from '../../shared/history-outcome.ts'
import type { Sql } from './sql.ts'

/** Of an operation: 0, it is nothing for the inbox; 1, it is unread there; 2, it was read. */
export type Mark = 0 | 1 | 2

/** The inbox is one walk over these, however long the history is. */
export const historyMarksSchema = `
  CREATE INDEX history_group_in_inbox ON history_group (place) WHERE is_new > 0;
  UPDATE history_group SET is_new = 2
    WHERE id > 0 AND is_new = 0 AND topic = 'deletions' AND outcome IN ('good', 'warn', 'bad');
  UPDATE history_group SET is_new = 2
    WHERE id > 0 AND is_new = 0 AND topic = 'creations' AND outcome IN ('good', 'bad')
      AND (SELECT type FROM history WHERE seq = head_seq) = 'asset-status-changed';`

/** Who waited for it may have seen it; what took longer ended while they were away. */
const seenWithinMs = 60_000

interface Grouped {
  readonly started_at: string
  readonly head_at: string
  readonly summary: { readonly standings: Readonly<Partial<Record<ItemStanding, number>>> }
}

interface Step {
  readonly event: HistoryEvent
  readonly before: ItemStanding | null
  /** A change that a listing found of an account that had been listed before. */
  readonly isNew: boolean
  readonly isOld: boolean
}

const isStatus = (value: unknown): value is AssetStatus =>
  assetStatusNames.some((name) => name === value)

const hasEnded = ({ type, body: { from, to } }: HistoryEvent): boolean =>
  type === 'person-due' ||
  type === 'keep-due' ||
  (type === 'asset-status-changed' &&
    isStatus(from) &&
    isUnfinished(from) &&
    (to === 'ready' || to === 'failed'))

/** A plan that has ended; what went as it was confirmed, under the eyes of the person, is nothing new to them. */
const deletionMark = ({ started_at, head_at, summary }: Grouped): Mark => {
  const { open = 0, accepted = 0, deleted = 0, kept = 0, unclear = 0 } = summary.standings
  if (open + accepted > 0 || deleted + kept + unclear === 0) return 0
  const tookMs = Date.parse(head_at) - Date.parse(started_at)
  return kept + unclear > 0 || tookMs > seenWithinMs ? 1 : 2
}

/** What a record makes of the mark of its operation, `next` being the operation with that record. */
export const inboxMark = (before: Mark, next: Grouped, step: Step): Mark => {
  const { event, isNew, isOld } = step
  // What another computer did, which a backup brought, was for whoever sat there.
  if (event.seq < 0) return 0
  const standing = standingAfter(event)
  const hasMoved = standing !== null && standing !== step.before
  const told = isNew || hasEnded(event) ? 1 : hasMoved ? deletionMark(next) : 0
  if (told === 1) return isOld ? 2 : 1
  return before === 0 ? told : before
}

/** Changes that came up elsewhere and were not acknowledged. */
export const newChangeCount = (sql: Sql): number =>
  sql.first<{ count: number }>(
    `SELECT count(*) AS count FROM history_group WHERE is_new = 1 AND topic = 'elsewhere'`
  )?.count ?? 0

/** To acknowledge a change is to read it. */
export const acknowledgeChanges = (sql: Sql, id: number | null): null => {
  sql.run(
    `UPDATE history_group SET is_new = 2
     WHERE is_new = 1 AND topic = 'elsewhere' AND id = coalesce(?, id)`,
    id
  )
  return null
}

export const unreadCount = (sql: Sql): number =>
  sql.first<{ count: number }>('SELECT count(*) AS count FROM history_group WHERE is_new = 1')
    ?.count ?? 0

/** `ids` null: all of the inbox. What is not in it stays out of it. */
export const markInbox = (sql: Sql, ids: readonly number[] | null, isRead: boolean): null => {
  const [from, to] = isRead ? [1, 2] : [2, 1]
  sql.run(
    `UPDATE history_group SET is_new = ?1 WHERE is_new = ?2
       AND (?3 IS NULL OR id IN (SELECT value FROM json_each(?3)))`,
    to,
    from,
    ids === null ? null : JSON.stringify(ids)
  )
  return null
}
