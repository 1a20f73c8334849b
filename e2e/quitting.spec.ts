import { expect, type Page } from '@playwright/test'
import type { Bridge } from '../src/shared/ipc/bridge.ts'
import { test } from './fixtures.ts'

interface InPage {
  readonly app: Bridge
}

/** Holds a soft deletion of everything listed for a minute. */
const holdAll = (page: Page) =>
  page.evaluate(async () => {
    const { app } = window as unknown as InPage
    await app.settingsUpdate({ holdSeconds: 60 })
    const listed = await app.assetList({
      kind: 'replica',
      accountId: null,
      origin: 'own',
      statuses: null,
      models: null,
      createdSinceAt: null,
      presence: 'listed',
      parentId: null,
      personId: null,
      search: '',
      sort: 'name-asc',
      offset: 0,
      limit: 500
    })
    if (!listed.ok) throw new Error(listed.error.kind)
    const refs = listed.value.rows.map(({ ref }) => ref)
    const plan = await app.planMake({
      subject: { scope: 'assets', refs },
      choices: { mode: 'soft', byKind: {}, without: [] }
    })
    if (!plan.ok) throw new Error(plan.error.kind)
    const { planId, token } = plan.value
    const started = await app.deletionStart({
      planId,
      token,
      mode: 'soft',
      typed: null,
      runAt: null
    })
    if (!started.ok) throw new Error(started.error.kind)
  })

test('quitting with a held deletion asks; kept, it goes on, and after quitting it waits', async ({
  connect,
  launch,
  sandbox
}) => {
  const { app, page } = await connect('Amara Osei', 'Ben Ortiz')
  await holdAll(page)
  await app.evaluate(({ app: main, dialog }) => {
    const asked: string[] = []
    Object.assign(globalThis, { asked })
    dialog.showMessageBox = async (...args: unknown[]) => {
      asked.push((args.at(-1) as { message: string }).message)
      return { response: 0, checkboxChecked: false }
    }
    main.quit()
  })
  await expect
    .poll(() => app.evaluate(() => (globalThis as unknown as { asked: string[] }).asked))
    .toEqual(['2 deletions are not finished. Quit now? They wait for you here.'])
  expect(await page.evaluate(() => document.visibilityState)).toBe('visible')

  await app.evaluate(({ dialog }) => {
    dialog.showMessageBox = async () => ({ response: 1, checkboxChecked: false })
  })
  await app.close()
  const again = await launch()
  const batches = await again.page.evaluate(async () => {
    const listed = await (window as unknown as InPage).app.batchList({})
    return listed.ok ? listed.value : []
  })
  expect(batches).toMatchObject([{ state: 'held', waitsFor: 'restart', heldUntilAt: null }])
  expect(sandbox.requests.filter(({ method }) => method === 'DELETE')).toEqual([])
})
