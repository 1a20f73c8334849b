import { sha256 } from './json.ts'
import type { ReceiptRecord } from './receipt-shape.ts'

type Facts = ReceiptRecord['body']

/** What the first record of a history follows. */
export const chainStart = '0'.repeat(64)

const sorted = (facts: Facts) => Object.entries(facts).sort(([a], [b]) => (a < b ? -1 : 1))

const only = (facts: Facts, isWanted: (key: string) => boolean): Facts =>
  Object.fromEntries(Object.entries(facts).filter(([key]) => isWanted(key)))

/** A commitment to what a record tells of people: without the salt, nothing can be tried out against it. */
const sealOf = (record: Omit<ReceiptRecord, 'hash'>, salt: string, keys: readonly string[]) =>
  sha256(
    JSON.stringify([
      salt,
      record.accountName,
      record.assetId,
      record.assetName,
      sorted(only(record.body, (key) => keys.includes(key)))
    ])
  )

/**
 * The hash that a record must carry: SHA-256 of a JSON list of its fields in this order, the body as a list of its
 * entries sorted by name. Where some of it is sealed, the commitment stands for that: what was sealed can go, and the
 * hash is still that of the record.
 */
export const recordHash = (record: Omit<ReceiptRecord, 'hash'>): string => {
  const { seq, at, monotonicMs, runId, type, operationId, accountId, assetKind } = record
  const { accountName, assetId, assetName, body, seal, prevHash } = record
  const told = [seq, at, monotonicMs, runId, type, operationId, accountId]
  const rest =
    seal === undefined
      ? [accountName, assetKind, assetId, assetName, sorted(body)]
      : [
          assetKind,
          sorted(only(body, (key) => !seal.keys.includes(key))),
          seal.keys,
          sealHash(record)
        ]
  return sha256(JSON.stringify([...told, ...rest, prevHash]))
}

/** The commitment: of what is there, while its salt is; after that the one that was kept. */
export const sealHash = (record: Omit<ReceiptRecord, 'hash'>): string | null => {
  const { seal } = record
  if (seal === undefined) return null
  return seal.salt === null ? seal.hash : sealOf(record, seal.salt, seal.keys)
}

/** What the record that tells of forgetting says of a record: SHA-256 over all that is left of it. */
export const leftHash = (record: ReceiptRecord): string =>
  sha256(
    JSON.stringify([
      record.seq,
      record.at,
      record.monotonicMs,
      record.runId,
      record.type,
      record.operationId,
      record.accountId,
      record.accountName,
      record.assetKind,
      record.assetId,
      record.assetName,
      sorted(record.body),
      record.seal === undefined ? null : [record.seal.keys, record.seal.hash],
      record.forgotten === undefined ? null : [record.forgotten.by, record.forgotten.at],
      record.prevHash,
      record.hash
    ])
  )
