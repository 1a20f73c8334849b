import { sign } from 'node:crypto'
import { basename } from 'node:path'
import type { Result } from '../../shared/result.ts'
import {
  type FolderReceipt,
  folderClaims,
  folderReceiptFormat,
  folderReceiptShape,
  folderTold,
  type UnsignedFolderReceipt
} from '../../verifier/folder-receipt.ts'
import { canonicalJson } from '../../verifier/json.ts'
import type { ReceiptRecord } from '../../verifier/receipt-shape.ts'
import { statementHash } from '../../verifier/told.ts'
import { verifyReceipt } from '../../verifier/verify-receipt.ts'
import { saveWhole } from '../files/save-file.ts'
import type { FolderReceiptFacts } from '../ports/receipt-issuer.ts'
import type { SigningKey } from './signing-key.ts'

type Statement = Omit<UnsignedFolderReceipt, 'chain'>

const stateFolder = ({ receiptId, madeAt, appVersion, key, saved }: FolderReceiptFacts) => ({
  format: folderReceiptFormat,
  version: 1,
  id: receiptId,
  madeAt,
  appVersion,
  installation: { publicKey: key.publicKey, fingerprint: key.fingerprint },
  folder: folderTold(saved),
  records: [saved],
  claims: [...folderClaims]
})

/** What the history has to be told of a folder's receipt before it is made: a hash over all that it will say. */
export const folderStatementOf = (facts: FolderReceiptFacts): string =>
  statementHash(stateFolder(facts) as Statement)

/** The signed receipt of a folder. `made`: the record by which the history was told of it. */
export const makeFolderReceipt = (
  facts: FolderReceiptFacts,
  made: ReceiptRecord,
  key: SigningKey
): FolderReceipt => {
  const stated = stateFolder(facts)
  const receipt = {
    ...stated,
    chain: { headSeq: made.seq, headHash: made.hash },
    records: [...stated.records, made]
  }
  const value = sign(null, Buffer.from(canonicalJson(receipt)), key.privateKey).toString('base64')
  const signature = { algorithm: 'Ed25519', publicKey: key.publicKey, value }
  return folderReceiptShape({ ...receipt, signature }, '')
}

/** Saves it once the verifier finds it good; one that it refuses is a bug and throws. `storage-failed`. */
export const saveFolderReceipt = (path: string, receipt: FolderReceipt): Promise<Result<null>> => {
  const content = Buffer.from(`${JSON.stringify(receipt, null, 2)}\n`)
  const { verdict } = verifyReceipt(basename(path), content)
  if (!verdict.isGood) {
    throw new Error(
      `A receipt of our own was refused: ${verdict.findings.map(({ code }) => code).join(', ')}`
    )
  }
  return saveWhole(path, content)
}
