import { createPublicKey, verify } from 'node:crypto'
import { claimsOf, claimsOfVersion1, isOrigin } from './claims.ts'
import { ForgottenRecords, faultFinding, forgottenBy } from './forgotten.ts'
import { canonicalJson } from './json.ts'
import { bare, fingerprintOf, isCanonicalSignature, keyTrouble } from './keys.ts'
import {
  isVersion1,
  type Receipt,
  type ReceiptCheck,
  type ReceiptItem,
  type ReceiptRecord,
  type Signed,
  type Witness
} from './receipt-shape.ts'
import { cut } from './shown.ts'
import {
  accountsTold,
  madeType,
  runAtTold,
  sampleTold,
  statementHash,
  toldBy,
  toldInVersion1
} from './told.ts'
import type { Finding, Head, Options } from './verdict.ts'

export const signatureTroubles = (
  { signature, ...signed }: Signed,
  { key }: Options
): Finding[] => {
  const { publicKey } = signature
  const trouble = keyTrouble(publicKey)
  if (trouble !== null) return [trouble]
  const troubles: Finding[] = []
  if (signed.installation.publicKey !== publicKey) {
    troubles.push({
      code: 'two-keys',
      text: 'It was signed with another key than that of the installation it names.'
    })
  } else if (signed.installation.fingerprint !== fingerprintOf(publicKey)) {
    troubles.push({
      code: 'fingerprint-wrong',
      text: `The fingerprint it shows is not that of its key, which is ${fingerprintOf(publicKey)}.`
    })
  }
  const value = Buffer.from(signature.value, 'base64')
  if (!isCanonicalSignature(value) || value.toString('base64') !== signature.value) {
    troubles.push({ code: 'signature-malformed', text: 'What stands as its signature is none.' })
  } else if (!isSigned(canonicalJson(signed), publicKey, value)) {
    troubles.push({
      code: 'signature-wrong',
      text: 'The signature does not fit: something was changed after it was signed, or the signature is forged.'
    })
  }
  if (key && bare(fingerprintOf(publicKey)) !== bare(key)) {
    troubles.push({
      code: 'other-key',
      text: `It was signed by key ${fingerprintOf(publicKey)}, not by the one expected.`
    })
  }
  return troubles
}

const isSigned = (text: string, publicKey: string, value: Buffer) =>
  verify(
    null,
    Buffer.from(text),
    createPublicKey({ key: Buffer.from(publicKey, 'base64'), format: 'der', type: 'spki' }),
    value
  )

export const recordTroubles = ({ records, chain }: Witness): Finding[] => {
  const troubles: Finding[] = []
  const seqs = new Set(records.map(({ seq }) => seq))
  const contents = new ForgottenRecords((seq) => seqs.has(seq))
  let before: Head | null = null
  for (const record of records) {
    troubles.push(...contents.take(record).map(faultFinding))
    if (before !== null && record.seq === before.seq) {
      troubles.push({ code: 'record-repeated', text: `Record ${record.seq} stands there twice.` })
    } else if (before !== null && record.seq < before.seq) {
      troubles.push({
        code: 'record-out-of-order',
        text: `Record ${record.seq} comes after record ${before.seq}: they were put in another order.`
      })
    } else if (before?.seq === record.seq - 1 && before.hash !== record.prevHash) {
      troubles.push(brokenLink(record.seq))
    }
    before = record
  }
  troubles.push(...contents.end().map(faultFinding))
  if (before !== null && before.seq > chain.headSeq) {
    troubles.push({
      code: 'head-too-early',
      text: `It says that the history ended with record ${chain.headSeq}, but holds record ${before.seq}.`
    })
  }
  const atHead = records.find(({ seq }) => seq === chain.headSeq)
  if (atHead !== undefined && atHead.hash !== chain.headHash)
    troubles.push(otherHead(chain.headSeq))
  return troubles
}

export const brokenLink = (seq: number): Finding => ({
  code: 'link-broken',
  text: `Record ${seq} does not follow on record ${seq - 1}: one of them was put in the place of another.`
})

export const otherHead = (seq: number): Finding => ({
  code: 'head-differs',
  text: `The history is said to end with another record ${seq} than the one that is there.`
})

type Add = (code: string, text: string) => void

/** Whether everything that is said of the deletions stands in their records too. */
export const claimTroubles = (receipt: Receipt): Finding[] => {
  const troubles: Finding[] = []
  const add: Add = (code, text) => {
    troubles.push({ code, text })
  }
  const byOperation = recordsByItem(receipt, add)
  for (const item of receipt.items) {
    const own = byOperation.get(item.operationId) ?? []
    const what = itemDifference(receipt, item, own)
    if (own.length === 0) add('item-without-record', `“${cut(item.target.name)}” has no record.`)
    else if (what !== null) {
      add('claim-differs', `“${cut(item.target.name)}”: ${what} is not what its records say.`)
    }
  }
  askedTroubles(receipt, add)
  if (isVersion1(receipt)) version1Troubles(receipt, add)
  else version2Troubles(receipt, add)
  return troubles
}

/** The records of each deletion. What belongs to none of them is told. */
const recordsByItem = (receipt: Receipt, add: Add) => {
  const { items, records, asked } = receipt
  const byOperation: Map<string, ReceiptRecord[]> = new Map()
  for (const { operationId } of items) {
    if (byOperation.has(operationId))
      add('item-twice', `Deletion ${cut(operationId)} stands there twice.`)
    byOperation.set(operationId, [])
  }
  const accountIds = new Set(items.map(({ target }) => target.accountId))
  const seqs = new Set(records.map(({ seq }) => seq))
  const isOfAll = (record: ReceiptRecord) => {
    const { type, operationId, accountId, body } = record
    if (forgottenBy(record).some((seq) => seqs.has(seq))) return true
    if (isVersion1(receipt)) return operationId === null || operationId === asked.batchId
    if (operationId !== null) return false
    const isOfAccount = type === 'account-added' && accountIds.has(accountId ?? '')
    return isOfAccount || body['batch'] === asked.batchId
  }
  for (const record of records) {
    const own = record.operationId === null ? undefined : byOperation.get(record.operationId)
    if (own !== undefined) own.push(record)
    else if (!isOfAll(record)) {
      add('record-of-nothing', `Record ${record.seq} belongs to none of the deletions.`)
    }
  }
  return byOperation
}

const askedTroubles = ({ items, asked }: Receipt, add: Add) => {
  const modes = new Set(items.map(({ target }) => target.mode))
  const [onlyMode] = modes
  if (items.length > 0 && asked.mode !== (modes.size > 1 ? 'mixed' : onlyMode)) {
    add('claim-differs', 'How it was asked for, soft or permanent, is not what its deletions say.')
  }
  const firstAskedAt = items.map(({ askedAt }) => askedAt).sort()[0]
  if (firstAskedAt !== undefined && asked.askedAt !== firstAskedAt) {
    add('claim-differs', 'When it was asked for is not what its records say.')
  }
  if ((asked.by === 'schedule') !== (asked.runAt !== null)) {
    add('claim-differs', 'Whether it was scheduled is told in two ways.')
  }
}

const version1Troubles = ({ accounts, records, claims }: Receipt, add: Add) => {
  for (const { id, name: accountName } of accounts) {
    if (!records.some((record) => record.accountId === id && record.accountName === accountName)) {
      add('account-differs', `No record speaks of an account “${cut(accountName)}”.`)
    }
  }
  if (canonicalJson(claims) !== canonicalJson(claimsOfVersion1)) addUnknownClaims(add)
}

export const addUnknownClaims = (add: Add) =>
  add('claims-unknown', 'It claims something else than a receipt of this app does.')

const version2Troubles = (receipt: Receipt, add: Add) => {
  const { accounts, items, records, asked, claims } = receipt
  if (canonicalJson(accounts) !== canonicalJson(accountsTold(items, records))) {
    add(
      'account-differs',
      'What it says of the accounts (their names, their providers, where their requests went, whether they are sample accounts) is not what its records say.'
    )
  }
  if (receipt.sample !== sampleTold(accounts)) {
    add('sample-differs', 'Whether this is sample data is not what its records say.')
  }
  if (asked.runAt !== runAtTold(records)) {
    add('claim-differs', 'When it was scheduled for is not what its records say.')
  }
  for (const origin of new Set(
    items.flatMap(({ requests }) => requests.map((one) => one.origin))
  )) {
    if (origin !== null && !isOrigin(origin)) {
      add('odd-address', `“${cut(origin)}” is no address that requests could go to.`)
    }
  }
  if (canonicalJson(claims) !== canonicalJson(claimsOf(receipt))) addUnknownClaims(add)
  statementTroubles(receipt, add)
}

/**
 * The last record tells of the receipt itself, so nothing that the receipt says could be put in later, not even by
 * its own installation.
 */
export const statementTroubles = (
  { chain, signature: _signature, ...receipt }: Signed & Witness,
  add: Add
) => {
  const made = receipt.records.at(-1)
  if (
    made === undefined ||
    made.type !== madeType ||
    made.seq !== chain.headSeq ||
    made.hash !== chain.headHash ||
    made.body['receipt'] !== receipt.id
  ) {
    add('statement-missing', 'Its last record does not tell that this receipt was made.')
  } else if (
    made.body['statement'] !== statementHash({ ...receipt, records: receipt.records.slice(0, -1) })
  ) {
    add(
      'statement-differs',
      'It says something else than the history recorded of it when it was made.'
    )
  }
}

/** The first thing that an item says otherwise than its records; null if there is none. */
const itemDifference = (receipt: Receipt, item: ReceiptItem, records: readonly ReceiptRecord[]) => {
  const { target, history } = item
  const isAboutIt = records.every(
    (record) =>
      record.accountId === target.accountId &&
      record.assetKind === target.kind &&
      record.assetId === target.id &&
      (record.body['mode'] ?? target.mode) === target.mode &&
      (isVersion1(receipt) || record.body['batch'] === receipt.asked.batchId)
  )
  const [first] = records
  const last = records.at(-1)
  if (!isAboutIt || first === undefined || last === undefined)
    return 'what was to be deleted, or how,'
  if (first.assetName !== target.name) return 'its name'
  if (
    history.firstSeq !== first.seq ||
    history.firstHash !== first.hash ||
    history.lastSeq !== last.seq ||
    history.lastHash !== last.hash
  ) {
    return 'which records speak of it'
  }
  const told = isVersion1(receipt) ? toldInVersion1(records) : toldBy(records)
  if (told.askedAt !== item.askedAt) return 'when it was asked for'
  if (told.sentAt !== item.sentAt || told.timesSent !== item.timesSent) {
    return 'when, or how often, the request was sent'
  }
  if (told.answer?.outcome !== item.answer?.outcome) return `the outcome “${item.answer?.outcome}”`
  if (canonicalJson(told.answer) !== canonicalJson(item.answer)) return 'the answer'
  if ('requests' in told && canonicalJson(told.requests) !== canonicalJson(item.requests)) {
    return 'where its requests went'
  }
  const isSeen =
    'checks' in told
      ? canonicalJson(told.checks) === canonicalJson(item.checks)
      : areChecksTold(item.checks, records)
  return isSeen ? null : 'what was seen when it was looked at again'
}

/** In version 1 a look has the time at which it was taken, a moment before its record. */
const longestMomentMs = 60_000

/**
 * Whether the looks of a receipt of version 1 are those of its records. A look that found nothing out had no record if
 * its account had been removed.
 */
const areChecksTold = (checks: readonly ReceiptCheck[], records: readonly ReceiptRecord[]) => {
  // Reading back after a lost answer was told by the answer then.
  const left = toldBy(records.filter(({ type }) => type !== 'deletion-read-back')).checks.slice()
  for (const check of checks) {
    const index = left.findIndex(
      ({ what, result, at }) =>
        what === check.what &&
        result === check.result &&
        Math.abs(Date.parse(at) - Date.parse(check.at)) <= longestMomentMs
    )
    if (index >= 0) left.splice(index, 1)
    else if (check.result !== 'unknown') return false
  }
  return left.length === 0
}
