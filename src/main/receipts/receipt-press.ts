import { basename } from 'node:path'
import { verifyFile } from '../../../resources/verify-receipt.mjs'
import { ok } from '../../shared/result.ts'
import type { ReceiptPress } from '../ports/receipt-press.ts'
import { makeReceipt } from './make-receipt.ts'
import { type Paper, type PrintPdf, saveReceiptJson, saveReceiptPdf } from './save-receipt.ts'
import { signReceipt } from './sign-receipt.ts'
import type { SigningKeys } from './signing-key.ts'

export interface ReceiptPressDeps {
  readonly keys: SigningKeys
  readonly printPdf: PrintPdf
  readonly paper: () => Paper
}

export const createReceiptPress = ({ keys, printPdf, paper }: ReceiptPressDeps): ReceiptPress => ({
  key: async () => {
    const key = await keys.get()
    return key.ok ? ok({ publicKey: key.value.publicKey, fingerprint: key.value.fingerprint }) : key
  },
  save: async (path, facts, format) => {
    const key = await keys.get()
    if (!key.ok) return key
    const receipt = signReceipt(makeReceipt(facts), key.value)
    return format === 'json'
      ? saveReceiptJson(path, receipt)
      : saveReceiptPdf(path, receipt, paper(), printPdf)
  },
  verify: async (path) => {
    const ownKey = keys.publicKey()
    try {
      const { findings, ...verdict } = await verifyFile(path, ownKey === null ? {} : { ownKey })
      return { ...verdict, findings: [...findings] }
    } catch {
      // Gone, a folder, or no right to read it: the person chose it, so they are told.
      const text = 'The file cannot be read.'
      return {
        fileName: basename(path),
        what: 'unknown',
        isGood: false,
        findings: [{ code: 'not-readable', text }],
        keyFingerprint: null,
        isOwnKey: null
      }
    }
  }
})
