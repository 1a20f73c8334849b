import type { BucketId, BucketTest } from '../../shared/domain/bucket.ts'
import type { BucketRecord } from '../ports/store.ts'
import type { Sql } from './sql.ts'
import { storedJson } from './stored-json.ts'

interface BucketRow {
  readonly id: BucketId
  readonly name: string
  readonly endpoint: string
  readonly region: string
  readonly bucket: string
  readonly prefix: string
  readonly is_path_style: number
  readonly access_key_id: string
  readonly created_at: string
  readonly key_entry: string | null
  readonly key_last4: string | null
  readonly key_set_at: string | null
  readonly key_fingerprint: string | null
  /** JSON. */
  readonly test: string
}

export const allBuckets = (sql: Sql): readonly BucketRecord[] =>
  sql.all<BucketRow>('SELECT * FROM bucket ORDER BY position').map(toRecord)

export const oneBucket = (sql: Sql, id: BucketId): BucketRecord | null => {
  const row = sql.first<BucketRow>('SELECT * FROM bucket WHERE id = ?', id)
  return row === null ? null : toRecord(row)
}

export const putBucket = (sql: Sql, record: BucketRecord): void => {
  sql.run(
    `INSERT INTO bucket (id, name, endpoint, region, bucket, prefix, is_path_style, access_key_id,
       created_at, key_entry, key_last4, key_set_at, key_fingerprint, test)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET
       name = excluded.name, endpoint = excluded.endpoint, region = excluded.region,
       bucket = excluded.bucket, prefix = excluded.prefix,
       is_path_style = excluded.is_path_style, access_key_id = excluded.access_key_id,
       key_entry = excluded.key_entry, key_last4 = excluded.key_last4,
       key_set_at = excluded.key_set_at, key_fingerprint = excluded.key_fingerprint,
       test = excluded.test`,
    record.id,
    record.name,
    record.endpoint,
    record.region,
    record.bucket,
    record.prefix,
    Number(record.isPathStyle),
    record.accessKeyId,
    record.createdAt,
    record.savedKey?.entry ?? null,
    record.savedKey?.last4 ?? null,
    record.savedKey?.setAt ?? null,
    record.keyFingerprint,
    JSON.stringify(record.test)
  )
}

export const removeBucket = (sql: Sql, id: BucketId): void => {
  sql.run('DELETE FROM upload WHERE bucket_id = ?', id)
  sql.run('DELETE FROM bucket WHERE id = ?', id)
}

const toRecord = (row: BucketRow): BucketRecord => ({
  id: row.id,
  name: row.name,
  endpoint: row.endpoint,
  region: row.region,
  bucket: row.bucket,
  prefix: row.prefix,
  isPathStyle: row.is_path_style === 1,
  accessKeyId: row.access_key_id,
  createdAt: row.created_at,
  savedKey:
    row.key_entry === null || row.key_last4 === null || row.key_set_at === null
      ? null
      : { entry: row.key_entry, last4: row.key_last4, setAt: row.key_set_at },
  keyFingerprint: row.key_fingerprint,
  test: storedJson<BucketTest>(row.test)
})
