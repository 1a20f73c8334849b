import { app, type BrowserWindow, dialog } from 'electron'
import type { Environment } from '../environment.ts'
import { printPdf } from '../receipts/print-pdf.ts'
import { createReceiptPress } from '../receipts/receipt-press.ts'
import { createSigningKeys } from '../receipts/signing-key.ts'
import { showOnlyDialog } from '../security/one-dialog.ts'
import { receiptKeyNotes } from '../usecases/receipt-key.ts'
import { createReceipts, type Receipts } from '../usecases/receipts.ts'
import type { Adapters } from './adapters.ts'
import type { UseCaseContext } from './use-cases.ts'

/** Where people print on Letter; everyone else has A4 (Unicode CLDR, `measurementData`, paper size US). */
const letterCountries = 'US CA MX CL CO CR DO GT NI PA PH PR SV VE BZ'.split(' ')

const askFile = (window: BrowserWindow) => async (): Promise<string | null> => {
  const answer = await showOnlyDialog(window, () =>
    dialog.showOpenDialog(window, { properties: ['openFile'] })
  )
  return answer?.filePaths[0] ?? null
}

/** Puts together what makes and checks receipts. */
export const createReceiving = (
  environment: Environment,
  window: BrowserWindow,
  { store, secrets, clock }: Adapters,
  { askWhere }: UseCaseContext
): Receipts =>
  createReceipts({
    store,
    clock,
    appVersion: environment.version,
    askWhere,
    askFile: askFile(window),
    press: createReceiptPress({
      keys: createSigningKeys({ secrets, ...receiptKeyNotes(store) }),
      printPdf,
      paper: () => (letterCountries.includes(app.getLocaleCountryCode()) ? 'Letter' : 'A4')
    })
  })
