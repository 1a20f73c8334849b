import type { AssetRef } from '../../shared/domain/asset.ts'
import type { HistoryPage } from '../../shared/domain/history.ts'
import { type HistoryRow, toEvent } from './history-row.ts'
import { withTellers } from './history-table.ts'
import type { Sql } from './sql.ts'

/** Its own records, and those of the operations that made or deleted it which name nothing. Asked with account, kind, id. */
const storyOf = `
  WITH own AS MATERIALIZED (
    SELECT seq, topic FROM history WHERE account_id = ? AND asset_kind = ? AND asset_id = ?
  ),
  operations AS MATERIALIZED (
    SELECT DISTINCT m.group_id FROM own CROSS JOIN history_member m ON m.seq = own.seq
    WHERE own.topic IN ('creations', 'deletions')
  ),
  seqs AS MATERIALIZED (
    SELECT seq FROM own
    UNION
    SELECT m.seq FROM operations CROSS JOIN history_member m ON m.group_id = operations.group_id
      CROSS JOIN history h ON h.seq = m.seq
    WHERE h.asset_id IS NULL
  )`

/**
 * Everything that the history knows of one thing, newest first: its own records, and those of the operations that made or
 * deleted it which name nothing (the request for it, pauses, receipts).
 */
export const historyStory = (sql: Sql, ref: AssetRef, limit: number): HistoryPage => {
  const rows = sql.all<HistoryRow>(
    `${storyOf}
     SELECT h.* FROM (SELECT seq FROM seqs ORDER BY seq DESC LIMIT ?) s
       CROSS JOIN history h ON h.seq = s.seq
     ORDER BY h.seq DESC`,
    ref.accountId,
    ref.kind,
    ref.id,
    limit + 1
  )
  return { rows: rows.slice(0, limit).map(toEvent), hasMore: rows.length > limit }
}

/** The numbers of the same records, however many there are, with those that tell what was forgotten of them. */
export const storyMembers = (sql: Sql, ref: AssetRef): readonly number[] => {
  const found = sql.first<{ seqs: string }>(
    `${storyOf} SELECT json_group_array(seq) AS seqs FROM seqs`,
    ref.accountId,
    ref.kind,
    ref.id
  )
  return withTellers(sql, JSON.parse(found?.seqs ?? '[]'))
}
