import { existsSync } from 'node:fs'
import { basename, join, parse } from 'node:path'
import { fail, type Result } from '../../shared/result.ts'
import type { Receipt } from '../../verifier/receipt-shape.ts'
import { shapedReceipt, verifyReceipt } from '../../verifier/verify-receipt.ts'
import { saveWhole } from '../files/save-file.ts'
import { countPages } from '../rules/pdf-pages.ts'
import { receiptHtml, receiptTitle } from './receipt-html.ts'

export type Paper = 'A4' | 'Letter'

/** Prints a page; given by the composition, as only Electron can. */
export type PrintPdf = (page: string, paper: Paper, footerText: string) => Promise<Buffer>

/** The text of a receipt's JSON form. Spaces are for the eye: what is signed has none. */
export const receiptJson = (receipt: Receipt): string => `${JSON.stringify(receipt, null, 2)}\n`

/**
 * Saves the JSON form. It counts as saved once the verifier has found the file on the disk good; a receipt that it
 * refuses is a bug and throws. `storage-failed`.
 */
export const saveReceiptJson = (path: string, receipt: Receipt): Promise<Result<null>> => {
  const content = Buffer.from(receiptJson(shapedReceipt(receipt)))
  const { verdict } = verifyReceipt(basename(path), content)
  if (!verdict.isGood) {
    throw new Error(
      `A receipt of our own was refused: ${verdict.findings.map(({ code }) => code).join(', ')}`
    )
  }
  return saveWhole(path, content)
}

/** Numbers of deletions to try, until two pages are enough. */
const rowsToTry = [24, 18, 14, 10, 7, 5, 3] as const

/** The printed form: two pages at most, however many deletions there are. */
export const printReceipt = async (
  receipt: Receipt,
  paper: Paper,
  printPdf: PrintPdf
): Promise<Buffer> => {
  const print = (rows: number): Promise<Buffer> =>
    printPdf(receiptHtml(receipt, rows), paper, receiptTitle(receipt))
  for (const rows of rowsToTry) {
    const pdf = await print(rows)
    if (countPages(pdf) <= 2) return pdf
  }
  return print(0)
}

/** A name beside the printed form that nothing has yet: "receipt.json", else "receipt (2).json" and so on. */
const freeNameBeside = (path: string): string => {
  const { dir, name } = parse(path)
  for (let number = 1; ; number += 1) {
    const beside = join(dir, number === 1 ? `${name}.json` : `${name} (${number}).json`)
    if (!existsSync(beside)) return beside
  }
}

/**
 * Saves the printed form, and the JSON form beside it under a free name: each receipt has an id of its own, and paper
 * that refers to a file which nobody has would prove nothing. `storage-failed`.
 */
export const saveReceiptPdf = async (
  path: string,
  receipt: Receipt,
  paper: Paper,
  printPdf: PrintPdf
): Promise<Result<null>> => {
  const pdf = await printReceipt(receipt, paper, printPdf)
  if (pdf.subarray(0, 5).toString() !== '%PDF-') {
    return fail({ kind: 'storage-failed', reason: 'other' })
  }
  const saved = await saveReceiptJson(freeNameBeside(path), receipt)
  return saved.ok ? saveWhole(path, pdf) : saved
}
