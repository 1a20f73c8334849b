import { clockTimes, pastRecords, whoseSignature } from './claims.ts'
import { canonicalJson } from './json.ts'
import { fingerprintOf, keyTrouble } from './keys.ts'
import {
  installationShape,
  type ReceiptRecord,
  recordShape,
  signatureShape
} from './receipt-shape.ts'
import { agreesWith } from './receipt-statements.ts'
import {
  addUnknownClaims,
  recordTroubles,
  signatureTroubles,
  statementTroubles
} from './receipt-troubles.ts'
import { list, object, oneOf, type TypeOf, text, whole } from './shape.ts'
import { cut, presentable } from './shown.ts'
import { type Finding, mostFindings, type Options, type Verdict } from './verdict.ts'

export const folderReceiptFormat = 'replica-desk-folder-receipt'

/** The record that tells what was saved. */
export const savedType = 'person-saved'

const hash = text(64, /^[a-f0-9]{64}$/)
const time = text(24, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,3})?Z$/)

/** What was saved, all of it as its record says. */
const folder = object({
  /** Whose it is. */
  person: text(120),
  folderName: text(400),
  savedAt: time,
  files: whole(0),
  sizeBytes: whole(0),
  /** How much could not be saved. */
  gaps: whole(0),
  /** SHA-256 of the file SHA256SUMS, which names the sum of every other file. */
  sumsSha256: hash,
  /** Whether the accounts are those of sample data. */
  sample: oneOf('none', 'some', 'all')
})

/** A signed receipt of a folder with everything of a person. Times ISO 8601 UTC. */
export const folderReceiptShape = object({
  format: oneOf(folderReceiptFormat),
  version: oneOf(1),
  id: text(40, /^rcp_[a-z0-9]{8,32}$/),
  madeAt: time,
  appVersion: text(40),
  installation: installationShape,
  folder,
  /** End of the whole history when the receipt was made: the record that tells of this receipt. */
  chain: object({ headSeq: whole(1), headHash: hash }),
  /** The record that tells what was saved, and the one that tells of this receipt. */
  records: list(recordShape, 2),
  claims: list(text(1000), 20),
  signature: signatureShape
})
export type FolderReceipt = TypeOf<typeof folderReceiptShape>
export type UnsignedFolderReceipt = Omit<FolderReceipt, 'signature'>

/** All that such a receipt claims. */
export const folderClaims = Object.freeze([
  'It shows which list of sums Replica Desk wrote when it saved a folder, and when. The list, SHA256SUMS, has the sum of every other file but this one.',
  'A file belongs to that folder only while it has the sum that the list has, and the list the sum that this receipt has.',
  'It does not show that the folder holds all the data that there are about the person. What could not be saved is counted here and named in the folder.',
  pastRecords,
  whoseSignature,
  clockTimes
])

/** What the record says of the folder; a value of another kind than it should be makes another statement. */
export const folderTold = ({ at, body }: ReceiptRecord) => ({
  person: body['person'] ?? null,
  folderName: body['folderName'] ?? null,
  savedAt: at,
  files: body['files'] ?? null,
  sizeBytes: body['sizeBytes'] ?? null,
  gaps: body['gaps'] ?? null,
  sumsSha256: body['sumsSha256'] ?? null,
  sample: body['sample'] ?? null
})

const folderTroubles = (receipt: FolderReceipt): Finding[] => {
  const troubles: Finding[] = []
  const add = (code: string, said: string) => {
    troubles.push({ code, text: said })
  }
  const [saved] = receipt.records
  if (receipt.records.length !== 2 || saved === undefined || saved.type !== savedType) {
    add('item-without-record', 'It holds no record that tells what was saved.')
  } else if (canonicalJson(folderTold(saved)) !== canonicalJson(receipt.folder)) {
    add('claim-differs', 'What it says of the folder is not what its record says.')
  }
  if (canonicalJson(receipt.claims) !== canonicalJson(folderClaims)) addUnknownClaims(add)
  statementTroubles(receipt, add)
  return troubles
}

const goodOf = ({ folder: told, signature }: FolderReceipt, { key, ownKey, against }: Options) => [
  ...(told.sample === 'none'
    ? []
    : [
        {
          code: 'sample-data',
          text:
            told.sample === 'all'
              ? 'SAMPLE DATA: what was saved is of a simulated provider on this computer.'
              : 'PARTLY SAMPLE DATA: some of what was saved is of a simulated provider on this computer.'
        }
      ]),
  {
    code: 'signature-good',
    text: `The signature of key ${fingerprintOf(signature.publicKey)} fits: nothing was changed after it was signed.`
  },
  {
    code: 'records-good',
    text: '2 records of the history carry their right hashes, and neighbours follow on one another.'
  },
  {
    code: 'folder-saved',
    text: `The folder “${cut(told.folderName)}” with ${told.files} files was saved at ${told.savedAt}. ${told.gaps === 0 ? 'Nothing was missing' : `${told.gaps} could not be saved`}.`
  },
  {
    code: 'folder-to-compare',
    text: `The files themselves were not checked: its SHA256SUMS must have the SHA-256 ${told.sumsSha256}, and “sha256sum -c SHA256SUMS” must find every file unchanged.`
  },
  ...(against ? [agreesWith(against)] : []),
  key || signature.publicKey === ownKey
    ? { code: 'key-as-expected', text: 'The key is the one expected.' }
    : {
        code: 'key-to-compare',
        text: 'Whose key it is, the file cannot tell: compare the fingerprint with one you got in another way.'
      }
]

/** Checks the receipt of a folder: throws a `Refusal` if it is none. `more`: what else speaks against it. */
export const verifyFolderReceipt = (
  fileName: string,
  value: unknown,
  options: Options,
  more: (receipt: FolderReceipt) => readonly Finding[]
): { readonly verdict: Verdict; readonly receipt: FolderReceipt | null } => {
  const receipt = folderReceiptShape(value, '')
  const troubles = [
    ...signatureTroubles(receipt, options),
    ...recordTroubles(receipt),
    ...folderTroubles(receipt),
    ...more(receipt)
  ].slice(0, mostFindings)
  const { publicKey } = receipt.signature
  const isGood = troubles.length === 0
  const verdict: Verdict = {
    fileName,
    what: 'receipt',
    isGood,
    findings: isGood ? goodOf(receipt, options) : troubles,
    isSample: receipt.folder.sample === 'all',
    keyFingerprint: keyTrouble(publicKey) === null ? fingerprintOf(publicKey) : null,
    isOwnKey: options.ownKey ? publicKey === options.ownKey : null
  }
  return { verdict: presentable(verdict), receipt: isGood ? receipt : null }
}
