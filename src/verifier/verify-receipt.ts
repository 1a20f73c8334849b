import { folderReceiptFormat, verifyFolderReceipt } from './folder-receipt.ts'
import { Refusal, readJson } from './json.ts'
import { fingerprintOf, keyTrouble } from './keys.ts'
import {
  type Receipt,
  receiptFormat,
  receiptShapes,
  receiptVersion,
  type Witness
} from './receipt-shape.ts'
import { goodOf } from './receipt-statements.ts'
import { claimTroubles, recordTroubles, signatureTroubles } from './receipt-troubles.ts'
import { isObject } from './shape.ts'
import { cut, presentable } from './shown.ts'
import { type Finding, mostFindings, type Options, type Verdict } from './verdict.ts'

/** The receipt that a value is, by its own version; anything else is refused. */
export const shapedReceipt = (value: unknown): Receipt => {
  if (!isObject(value) || value['format'] !== receiptFormat) {
    throw new Refusal(
      'not-ours',
      'It is neither a receipt nor an exported history of Replica Desk.'
    )
  }
  const shape = receiptShapes.get(value['version'])
  if (shape === undefined) {
    throw new Refusal(
      'wrong-version',
      `It says that it is of version ${cut(String(value['version']))}; this verifier knows versions 1 to ${receiptVersion}.`
    )
  }
  return shape(value, '') as Receipt
}

export const findingOf = (error: unknown): Finding => {
  if (error instanceof Refusal) return { code: error.code, text: error.message }
  throw error
}

export const refusedAsUnknown = (fileName: string, finding: Finding): Verdict =>
  presentable({
    fileName,
    what: 'unknown',
    isGood: false,
    findings: [finding],
    isSample: false,
    keyFingerprint: null,
    isOwnKey: null
  })

/** The history's records that a receipt knows, by number. */
export const knownRecords = ({ records, chain }: Witness): Map<number, string> =>
  new Map<number, string>([
    ...records.map(({ seq, hash }) => [seq, hash] as const),
    [chain.headSeq, chain.headHash]
  ])

/** Two receipts of one history hold the same records wherever both know one. */
const otherReceiptTroubles = (receipt: Witness, against: Witness | null): Finding[] => {
  if (against === null) return []
  const known = knownRecords(against)
  const common = [...knownRecords(receipt)].filter(([seq]) => known.has(seq))
  if (common.length === 0) {
    return [
      {
        code: 'nothing-in-common',
        text: `It has no record in common with receipt ${against.id}: neither can show anything about the other.`
      }
    ]
  }
  return common
    .filter(([seq, itsHash]) => known.get(seq) !== itsHash)
    .map(([seq]) => recordDiffers(seq))
}

export const recordDiffers = (seq: number): Finding => ({
  code: 'receipt-differs',
  text: `Record ${seq} is another one than the receipt holds.`
})

/** Checks a receipt that is in memory. `receipt` is null unless it is good. */
export const verifyReceipt = (
  fileName: string,
  bytes: Buffer,
  options: Options = {}
): { readonly verdict: Verdict; readonly receipt: Witness | null } => {
  let value: unknown
  try {
    value = readJson(bytes)
    if (isObject(value) && value['format'] === folderReceiptFormat) {
      return verifyFolderReceipt(fileName, value, options, (folder) =>
        otherReceiptTroubles(folder, options.against ?? null)
      )
    }
    const receipt = shapedReceipt(value)
    const troubles = [
      ...signatureTroubles(receipt, options),
      ...recordTroubles(receipt),
      ...claimTroubles(receipt),
      ...otherReceiptTroubles(receipt, options.against ?? null)
    ].slice(0, mostFindings)
    const { publicKey } = receipt.signature
    const isGood = troubles.length === 0
    const verdict: Verdict = {
      fileName,
      what: 'receipt',
      isGood,
      findings: isGood ? goodOf(receipt, options) : troubles,
      isSample: receipt.sample === 'all',
      keyFingerprint: keyTrouble(publicKey) === null ? fingerprintOf(publicKey) : null,
      isOwnKey: options.ownKey ? publicKey === options.ownKey : null
    }
    return { verdict: presentable(verdict), receipt: isGood ? receipt : null }
  } catch (error) {
    const refused = refusedAsUnknown(fileName, findingOf(error))
    const isOurs =
      isObject(value) &&
      (value['format'] === receiptFormat || value['format'] === folderReceiptFormat)
    return { verdict: isOurs ? { ...refused, what: 'receipt' } : refused, receipt: null }
  }
}
