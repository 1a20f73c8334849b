import { toUSVString } from 'node:util'
import { claimsOf } from '../../verifier/claims.ts'
import type { ReceiptItem, ReceiptRecord, UnsignedReceipt } from '../../verifier/receipt-shape.ts'
import { accountsTold, sampleTold, statementHash, toldBy } from '../../verifier/told.ts'
import type { ReceiptFacts, ReceiptItemFacts } from '../ports/receipt-issuer.ts'
import { signedSurvivorText, signedUnknownText } from './receipt-words.ts'

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
    ...told,
    askedAt: told.askedAt,
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
    text: signedSurvivorText(survivor)
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

/** What a receipt says, before the history is told of it. */
type Statement = Omit<UnsignedReceipt, 'chain'>

const stateReceipt = (facts: ReceiptFacts): Statement => {
  const records = [...facts.records].sort((a, b) => a.seq - b.seq)
  const byOperation = grouped(records)
  const items = facts.items.map((item) => makeItem(item, byOperation.get(item.operationId) ?? []))
  const accounts = accountsTold(items, records)
  const askedAt = items.map((item) => item.askedAt).sort()[0] ?? facts.madeAt
  const { batch, archive } = facts
  const sample = sampleTold(accounts)
  return {
    format: 'replica-desk-receipt',
    version: 3,
    id: facts.receiptId,
    madeAt: facts.madeAt,
    appVersion: facts.appVersion,
    installation: { publicKey: facts.key.publicKey, fingerprint: facts.key.fingerprint },
    sample,
    accounts,
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
    unknown: [...new Set(facts.unknowns)].map((code) => ({ code, text: signedUnknownText(code) })),
    archive: archive === null ? null : wellFormedArchive(archive),
    records,
    claims: claimsOf({ sample, accounts, records })
  }
}

/** What the history has to be told of a receipt before it can be made: a hash over all that it will say. */
export const statementOf = (facts: ReceiptFacts): string => statementHash(stateReceipt(facts))

/**
 * Makes the receipt of a batch, or of one deletion, from plain facts. `made` is the record by which the history was
 * told of it. Pure: the same facts give the same receipt. What it says of accounts, asking, sending, answering and
 * looking again comes from the history's records alone, by the functions that verify it later. Throws if an item has
 * no record.
 */
export const makeReceipt = (facts: ReceiptFacts, made: ReceiptRecord): UnsignedReceipt => {
  const statement = stateReceipt(facts)
  return {
    ...statement,
    chain: { headSeq: made.seq, headHash: made.hash },
    records: [...statement.records, made]
  }
}
