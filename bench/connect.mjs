import { apiKey } from './sandbox-process.mjs'

/** Adds an account at the sandbox through the window's own bridge, and lists it. Answers milliseconds for the listing. */
export async function connectAndList(page, apiAddress) {
  await page.waitForFunction(() => 'app' in window)
  return page.evaluate(connectInWindow, [apiAddress, apiKey])
}

/** Runs in the window. The listing begins with the account; one that is asked for meanwhile would only follow it. */
async function connectInWindow([apiAddress, key]) {
  const ended = new Map()
  let notice = () => undefined
  window.app.onSyncChanged((status) => {
    if (status.state === 'idle') ended.set(status.accountId, status)
    notice()
  })
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
  while (!ended.has(account.value.id)) {
    await new Promise((resolve) => {
      notice = resolve
    })
  }
  const { lastError } = ended.get(account.value.id)
  if (lastError !== null) throw new Error(lastError.kind)
  return performance.now() - startedAt
}
