import { apiKey } from './sandbox-process.mjs'

/** Adds an account at the sandbox through the window's own bridge, and lists it. Answers milliseconds for the listing. */
export async function connectAndList(page, apiAddress) {
  await page.waitForFunction(() => 'app' in window)
  return page.evaluate(connectInWindow, [apiAddress, apiKey])
}

/** Runs in the window. */
async function connectInWindow([apiAddress, key]) {
  const account = await window.app.accountSave({
    id: null,
    provider: 'tavus',
    name: 'Bench',
    color: 'teal',
    apiAddress,
    isReadOnly: false,
    apiKey: key,
    keyStorage: 'this-run'
  })
  if (!account.ok) throw new Error(account.error.kind)
  const startedAt = performance.now()
  const status = await window.app.libraryRefresh({ accountId: account.value.id })
  const durationMs = performance.now() - startedAt
  if (!status.ok) throw new Error(status.error.kind)
  return durationMs
}
