import type { AccountId } from '../../shared/domain/account.ts'
import type { AssetRecord, AssetRef } from '../../shared/domain/asset.ts'
import { folded } from '../../shared/folded.ts'
import type { Sql } from './sql.ts'
import { storedJson } from './stored-json.ts'

/**
 * What else an asset is found by than its name and ID: what was written down about it, and a video's script. Apart from the
 * assets, whose indexes hold what every search reads.
 */
export const assetTextSchema = `
  CREATE TABLE asset_text (
    kind TEXT NOT NULL,
    account_id TEXT NOT NULL,
    id TEXT NOT NULL,
    source TEXT NOT NULL,
    text TEXT NOT NULL,
    PRIMARY KEY (kind, account_id, id, source)
  ) STRICT, WITHOUT ROWID;`

type Source = 'note' | 'script'

export const putAssetText = (sql: Sql, ref: AssetRef, source: Source, text: string): void => {
  const key = [ref.kind, ref.accountId, ref.id, source] as const
  const kept = folded(text).trim()
  if (kept === '') {
    sql.run(
      'DELETE FROM asset_text WHERE kind = ? AND account_id = ? AND id = ? AND source = ?',
      ...key
    )
  } else sql.run('INSERT OR REPLACE INTO asset_text VALUES (?, ?, ?, ?, ?)', ...key, kept)
}

const scriptIn = (details: AssetRecord['details']): string =>
  details.find(({ name }) => name === 'script')?.value ?? ''

/** A video whose script is not told any more is not found by it. */
export const putScript = (sql: Sql, { ref, details }: AssetRecord): void => {
  if (ref.kind === 'video') putAssetText(sql, ref, 'script', scriptIn(details))
}

/** Of the videos that earlier versions stored. */
export const putAllScripts = (sql: Sql): void => {
  const rows = sql.all<AssetRef & { details: string }>(
    `SELECT account_id AS accountId, kind, id, details FROM asset
     WHERE kind = 'video' AND instr(details, '"script"') > 0`
  )
  for (const { details, ...ref } of rows) {
    putAssetText(sql, ref, 'script', scriptIn(storedJson<AssetRecord['details']>(details)))
  }
}

export const removeTextsOf = (sql: Sql, accountId: AccountId): void => {
  sql.run('DELETE FROM asset_text WHERE account_id = ?', accountId)
}
