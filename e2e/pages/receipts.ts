import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type ElectronApplication, expect, type Page } from '@playwright/test'
import { Desk } from './desk.ts'

/** Lets the system's dialogs answer with a file that is not there yet. */
export const answerWithNewFile = async (app: ElectronApplication): Promise<string> => {
  const path = join(mkdtempSync(join(tmpdir(), 'receipt-')), 'receipt.json')
  await answerWithFile(app, path)
  return path
}

export const answerWithFile = (app: ElectronApplication, path: string): Promise<void> =>
  app.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = async () => ({ canceled: false, filePath })
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [filePath] })
  }, path)

/** Asks for the receipt of the newest deletion; its list has to be open. */
export const askForReceipt = async (page: Page): Promise<void> => {
  const { deletions } = new Desk(page)
  await deletions.getByRole('button', { name: 'Save receipt…' }).first().click()
  await page.getByRole('menuitem', { name: 'Machine-readable (JSON)' }).click()
}

export const expectSaved = (page: Page): Promise<void> =>
  expect(page.getByText('Receipt saved')).toBeVisible()

/** The short form of the key that signed it. */
export const fingerprintIn = (path: string): string =>
  JSON.parse(readFileSync(path, 'utf8')).installation.fingerprint

/** What the key of this short form is called in the keychain. */
export const entryOf = (fingerprint: string): string =>
  `receipt-key-${fingerprint.replaceAll(' ', '').toLowerCase()}`
