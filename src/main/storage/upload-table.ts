import type { AccountId } from '../../shared/domain/account.ts'
import type { AssetId } from '../../shared/domain/asset.ts'
import type { UploadId } from '../../shared/domain/local-video.ts'
import type { AppError } from '../../shared/errors.ts'
import type { UploadRecord } from '../ports/store.ts'
import type { Sql } from './sql.ts'
import { storedJson } from './stored-json.ts'

interface UploadRow {
  readonly id: UploadId
  readonly draft_id: UploadRecord['draftId']
  readonly field: UploadRecord['field']
  readonly bucket_id: UploadRecord['bucketId']
  readonly object_key: string
  readonly multipart_id: string | null
  readonly part_bytes: number
  readonly file_path: string
  readonly file_name: string
  readonly file_modified_ms: number
  readonly size_bytes: number
  readonly sent_bytes: number
  readonly state: UploadRecord['state']
  /** JSON. */
  readonly error: string | null
  readonly begun_at: string
  readonly done_at: string | null
  readonly used_by_account_id: AccountId | null
  readonly used_by_asset_id: AssetId | null
  /** JSON. */
  readonly asked_by: string
}

export const allUploads = (sql: Sql): readonly UploadRecord[] =>
  sql.all<UploadRow>('SELECT * FROM upload ORDER BY position').map(toRecord)

export const oneUpload = (sql: Sql, id: UploadId): UploadRecord | null => {
  const row = sql.first<UploadRow>('SELECT * FROM upload WHERE id = ?', id)
  return row === null ? null : toRecord(row)
}

export const putUpload = (sql: Sql, record: UploadRecord): void => {
  sql.run(
    `INSERT INTO upload (id, draft_id, field, bucket_id, object_key, multipart_id, part_bytes,
       file_path, file_name, file_modified_ms, size_bytes, sent_bytes, state, error, begun_at, done_at,
       used_by_account_id, used_by_asset_id, asked_by)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET
       object_key = excluded.object_key, multipart_id = excluded.multipart_id,
       part_bytes = excluded.part_bytes, file_modified_ms = excluded.file_modified_ms,
       size_bytes = excluded.size_bytes, sent_bytes = excluded.sent_bytes, state = excluded.state, error = excluded.error,
       done_at = excluded.done_at, used_by_account_id = excluded.used_by_account_id,
       used_by_asset_id = excluded.used_by_asset_id, asked_by = excluded.asked_by`,
    record.id,
    record.draftId,
    record.field,
    record.bucketId,
    record.objectKey,
    record.multipartId,
    record.partBytes,
    record.filePath,
    record.fileName,
    record.fileModifiedMs,
    record.sizeBytes,
    record.sentBytes,
    record.state,
    record.error === null ? null : JSON.stringify(record.error),
    record.begunAt,
    record.doneAt,
    record.usedFor?.accountId ?? null,
    record.usedFor?.assetId ?? null,
    JSON.stringify(record.askedBy)
  )
}

export const removeUpload = (sql: Sql, id: UploadId): void => {
  sql.run('DELETE FROM upload WHERE id = ?', id)
}

const toRecord = (row: UploadRow): UploadRecord => ({
  id: row.id,
  draftId: row.draft_id,
  field: row.field,
  bucketId: row.bucket_id,
  objectKey: row.object_key,
  multipartId: row.multipart_id,
  partBytes: row.part_bytes,
  filePath: row.file_path,
  fileName: row.file_name,
  fileModifiedMs: row.file_modified_ms,
  sizeBytes: row.size_bytes,
  sentBytes: row.sent_bytes,
  state: row.state,
  error: row.error === null ? null : storedJson<AppError>(row.error),
  begunAt: row.begun_at,
  doneAt: row.done_at,
  usedFor:
    row.used_by_account_id === null || row.used_by_asset_id === null
      ? null
      : { accountId: row.used_by_account_id, assetId: row.used_by_asset_id },
  askedBy: storedJson<readonly string[]>(row.asked_by)
})
