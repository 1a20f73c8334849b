import type { AccountId } from '../../shared/domain/account.ts'
import type { AssetRef, TargetRef } from '../../shared/domain/asset.ts'
import type { Sql } from './sql.ts'

/** The pinned ones among some targets, as `kind/id`. */
export const pinnedAmong = (
  sql: Sql,
  accountId: AccountId,
  targets: readonly TargetRef[]
): ReadonlySet<string> => {
  const names = targets.map(({ kind, id }) => `${kind}/${id}`)
  const rows = sql.all<{ name: string }>(
    `SELECT kind || '/' || id AS name FROM pin
     WHERE account_id = ? AND kind || '/' || id IN (SELECT value FROM json_each(?))`,
    accountId,
    JSON.stringify(names)
  )
  return new Set(rows.map(({ name }) => name))
}

export const setPinned = (sql: Sql, ref: AssetRef, pinnedAt: string | null): void => {
  if (pinnedAt === null) {
    sql.run(
      'DELETE FROM pin WHERE account_id = ? AND kind = ? AND id = ?',
      ref.accountId,
      ref.kind,
      ref.id
    )
    return
  }
  sql.run(
    `INSERT INTO pin (account_id, kind, id, pinned_at) VALUES (?, ?, ?, ?)
     ON CONFLICT (account_id, kind, id) DO NOTHING`,
    ref.accountId,
    ref.kind,
    ref.id,
    pinnedAt
  )
}
