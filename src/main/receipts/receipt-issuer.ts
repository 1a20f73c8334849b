import { ok } from '../../shared/result.ts'
import { fingerprintOf } from '../../verifier/keys.ts'
import type { ReceiptFacts, ReceiptIssuer } from '../ports/receipt-issuer.ts'
import { folderStatementOf, makeFolderReceipt, saveFolderReceipt } from './folder-receipt.ts'
import { judgeFile } from './judge-file.ts'
import { makeReceipt, statementOf } from './make-receipt.ts'
import { type Paper, type PrintPdf, saveReceiptJson, saveReceiptPdf } from './save-receipt.ts'
import { signReceipt } from './sign-receipt.ts'
import type { SigningKey, SigningKeys } from './signing-key.ts'

export interface ReceiptPressDeps {
  readonly keys: SigningKeys
  readonly printPdf: PrintPdf
  readonly paper: () => Paper
}

const publicHalf = ({ publicKey, fingerprint }: SigningKey): ReceiptFacts['key'] => ({
  publicKey,
  fingerprint
})

export const createReceiptIssuer = ({
  keys,
  printPdf,
  paper
}: ReceiptPressDeps): ReceiptIssuer => ({
  key: async () => {
    const key = await keys.get()
    return key.ok ? ok(publicHalf(key.value)) : key
  },
  renewKey: async () => {
    const key = await keys.renew()
    return key.ok ? ok(publicHalf(key.value)) : key
  },
  fingerprint: () => {
    const publicKey = keys.publicKeys().at(-1)
    return publicKey === undefined ? null : fingerprintOf(publicKey)
  },
  statement: statementOf,
  save: async (path, facts, made, format) => {
    const key = await keys.get()
    if (!key.ok) return key
    const receipt = signReceipt(makeReceipt(facts, made), key.value)
    return format === 'json'
      ? saveReceiptJson(path, receipt)
      : saveReceiptPdf(path, receipt, paper(), printPdf)
  },
  folderStatement: folderStatementOf,
  saveFolder: async (path, facts, made) => {
    const key = await keys.get()
    if (!key.ok) return key
    return saveFolderReceipt(path, makeFolderReceipt(facts, made, key.value))
  },
  verify: (path) => judgeFile(path, keys.publicKeys())
})
