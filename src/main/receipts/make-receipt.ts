import { toUSVString } from 'node:util'
import { claims, toldBy } from '../../../resources/verify-receipt.mjs'
import {
  type ReceiptItem,
  type ReceiptRecord,
  type UnsignedReceipt,
  unsignedReceiptSchema
} from '../../shared/domain/receipt.ts'
import type { ReceiptFacts, ReceiptItemFacts } from '../ports/receipt-press.ts'
import { survivorText, unknownText } from './receipt-words.ts'

/** A half of a character pair has no one way to be written, so it could not be signed. */
const wellFormed = (text: string | null): string | null =>
  text === null ? null : toUSVString(text)

const makeItem = (facts: ReceiptItemFacts, records: readonly ReceiptRecord[]): ReceiptItem => {
  const [first] = records
  const last = records.at(-1)
  const told = toldBy(records)
  if (first === undefined || last === undefined || told.askedAt === null) {
    throw new Error(`No record says that deletion ${facts.operationId} was asked for`)
  }
  return {
    operationId: facts.operationId,
    target: { ...facts.target, name: first.assetName ?? '', mode: facts.mode },
    askedAt: told.askedAt,
    sentAt: told.sentAt,
    timesSent: told.timesSent,
    answer: told.answer,
    checks: [...facts.checks].sort((a, b) => (a.at < b.at ? -1 : 1)),
    history: {
      firstSeq: first.seq,
      firstHash: first.hash,
      lastSeq: last.seq,
      lastHash: last.hash
    }
  }
}

const grouped = (
  records: readonly ReceiptRecord[]
): ReadonlyMap<string | null, readonly ReceiptRecord[]> => {
  const groups = new Map<string | null, ReceiptRecord[]>()
  for (const record of records) {
    const group = groups.get(record.operationId)
    if (group === undefined) groups.set(record.operationId, [record])
    else group.push(record)
  }
  return groups
}

/** An account may have been renamed since; a receipt calls it what the records do. */
const nameInRecords = (accountId: string, records: readonly ReceiptRecord[]): string | null =>
  records.findLast((record) => record.accountId === accountId)?.accountName ?? null

const modeOf = (items: readonly ReceiptItem[]): UnsignedReceipt['asked']['mode'] => {
  const [first, ...others] = new Set(items.map(({ target }) => target.mode))
  return first === undefined || others.length > 0 ? 'mixed' : first
}

const survivors = (facts: ReceiptFacts): UnsignedReceipt['survives'] => {
  const effects = [...new Set(facts.stays)].map((kind) => ({
    kind,
    id: null,
    name: null,
    reason: 'not-included'
  }))
  return [...facts.survives, ...effects].map((survivor) => ({
    kind: survivor.kind,
    id: wellFormed(survivor.id),
    name: wellFormed(survivor.name),
    reason: survivor.reason,
    text: survivorText(survivor)
  }))
}

const wellFormedArchive = ({
  folderName,
  savedAt,
  files,
  gaps
}: NonNullable<ReceiptFacts['archive']>): UnsignedReceipt['archive'] => ({
  folderName: toUSVString(folderName),
  savedAt,
  files: files.map(({ name, sizeBytes, sha256 }) => ({
    name: toUSVString(name),
    sizeBytes,
    sha256
  })),
  gaps: gaps.map(({ name, reason }) => ({ name: toUSVString(name), reason }))
})

/**
 * Makes the receipt of a batch, or of one deletion, from plain facts. Pure: the same facts give the same receipt. What it
 * says of asking, sending and answering comes from the history's records alone, by the function that verifies it later.
 * Throws if an item has no record.
 */
export const makeReceipt = (facts: ReceiptFacts): UnsignedReceipt => {
  const records = [...facts.records].sort((a, b) => a.seq - b.seq)
  const byOperation = grouped(records)
  const items = facts.items.map((item) => makeItem(item, byOperation.get(item.operationId) ?? []))
  const askedAt = items.map((item) => item.askedAt).sort()[0] ?? facts.madeAt
  const { batch, archive } = facts
  return unsignedReceiptSchema.parse({
    format: 'replica-desk-receipt',
    version: 1,
    id: facts.receiptId,
    madeAt: facts.madeAt,
    appVersion: facts.appVersion,
    installation: { publicKey: facts.key.publicKey, fingerprint: facts.key.fingerprint },
    accounts: facts.accounts.map(({ id, name, provider, apiAddress }) => ({
      id,
      name: nameInRecords(id, records) ?? name,
      provider,
      apiAddress
    })),
    asked: {
      batchId: batch.id,
      scope: batch.scope,
      title: toUSVString(batch.title),
      mode: modeOf(items),
      askedAt,
      by: batch.runAt === null ? 'hand' : 'schedule',
      runAt: batch.runAt
    },
    items,
    survives: survivors(facts),
    unknown: [...new Set(facts.unknowns)].map((code) => ({ code, text: unknownText(code) })),
    archive: archive === null ? null : wellFormedArchive(archive),
    chain: { headSeq: facts.head.seq, headHash: facts.head.hash },
    records,
    claims: [...claims]
  } satisfies UnsignedReceipt)
}
