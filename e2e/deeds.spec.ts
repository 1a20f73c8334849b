import { join } from 'node:path'
import { type ElectronApplication, expect, type Page } from '@playwright/test'
import type { AssetRef } from '../src/shared/domain/asset.ts'
import type { Bridge } from '../src/shared/ipc/bridge.ts'
import { test } from './fixtures.ts'
import { accountsOf } from './pages/accounts.ts'
import { ownReplicas } from './pages/listed.ts'

interface Asked {
  readonly asked: string[]
  readonly opened: string[]
  response: number
}

/** Puts a person in the place of the system's boxes, who answers as told, and nothing in that of the browser. */
const watchBoxes = (app: ElectronApplication, response: number, filePath: string) =>
  app.evaluate(
    ({ dialog, shell }, [button, path]) => {
      const seen: Asked = { asked: [], opened: [], response: button }
      Object.assign(globalThis, { seen })
      dialog.showMessageBox = async (...args: unknown[]) => {
        const { message, buttons } = args.at(-1) as { message: string; buttons: string[] }
        // Quitting asks too, and the test has to end.
        if (buttons.includes('Quit')) return { response: 1, checkboxChecked: false }
        seen.asked.push(message)
        return { response: seen.response, checkboxChecked: false }
      }
      dialog.showSaveDialog = async () => {
        seen.opened.push('save')
        return { canceled: false, filePath: path }
      }
      dialog.showOpenDialog = async () => {
        seen.opened.push('open')
        return { canceled: true, filePaths: [] }
      }
      shell.openExternal = async (address) => void seen.opened.push(address)
      shell.showItemInFolder = () => void seen.opened.push('folder')
    },
    [response, filePath] as const
  )

const seenIn = (app: ElectronApplication): Promise<Asked> =>
  app.evaluate(() => (globalThis as unknown as { seen: Asked }).seen)

/** What a script that came into the page would do by itself, and what it was answered. */
const tryAll = (page: Page, accountId: string, refs: readonly AssetRef[]) =>
  page.evaluate(
    async ([account, targets]) => {
      const { app } = window as unknown as { app: Bridge }
      const asked = { accountId: account as AssetRef['accountId'] }
      const choices = { mode: 'permanent' as const, byKind: {}, without: [] }
      const plan = await app.planMake({
        subject: { scope: 'assets', refs: [...targets] },
        choices
      })
      if (!plan.ok) throw new Error(plan.error.kind)
      const { planId, token } = plan.value
      const typed = String(targets.length)
      const start = { planId, token, mode: 'permanent' as const, typed, runAt: null }
      const answers = await Promise.all([
        app.deletionStart(start),
        app.accountRemove(asked),
        app.keyForget(asked),
        app.historyClear({ headSeq: 1_000_000 }),
        app.settingsUpdate({ holdSeconds: 0 }),
        app.receiptKeyRenew({}),
        app.dataRestore({}),
        app.historyExport({ selection: { scope: 'all' }, format: 'csv' }),
        app.dataReveal({}),
        app.diagnosticsSave({}),
        app.assetCopyLink({ ref: targets[0] as AssetRef, link: 'download' }),
        ...Array.from({ length: 40 }, () => app.receiptVerify({})),
        ...Array.from({ length: 60 }, () => app.linkOpen({ linkId: 'tavus-portal' }))
      ])
      return answers.map((answer) => (answer.ok ? 'done' : answer.error.kind))
    },
    [accountId, refs] as const
  )

test('a script in the page destroys, weakens and opens nothing by itself', async ({
  connect,
  sandbox,
  userData
}) => {
  const { app, page, desk } = await connect('Amara Osei', 'Ben Ortiz', 'Chen Wei', 'Dana Levi')
  const account = (await accountsOf(page))[0]?.id ?? ''
  const refs = (await ownReplicas(page)).map(({ ref }) => ref)
  const deletions = () => sandbox.requests.filter(({ method }) => method === 'DELETE').length

  await test.step('without a press of the person it is one question at most, and no is no', async () => {
    await desk.goTo('Settings')
    await desk.goTo('Replicas')
    await page.getByRole('main').getByRole('searchbox').fill('o')
    // The clicks above are good for what follows a click at once; a press that only moves the focus is used up here.
    await page.evaluate(() =>
      (window as unknown as { app: Bridge }).app.linkOpen({ linkId: 'tavus-keys' })
    )
    await page.evaluate(() =>
      (window as unknown as { app: Bridge }).app.settingsUpdate({ holdSeconds: 5 })
    )
    await watchBoxes(app, 0, join(userData, 'x.json'))
    const answers = await tryAll(page, account, refs)
    expect(new Set(answers)).toEqual(new Set(['canceled']))
    expect(await seenIn(app)).toMatchObject({ asked: ['Permanently delete 4 items?'], opened: [] })
  })

  await test.step('made-up clicks and keys are no presses', async () => {
    await page.evaluate(() => {
      for (const type of ['pointerdown', 'mousedown', 'mouseup', 'click']) {
        document.body.dispatchEvent(new MouseEvent(type, { bubbles: true }))
      }
      document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }))
      document.querySelector<HTMLElement>('nav a')?.click()
    })
    expect(new Set(await tryAll(page, account, refs))).toEqual(new Set(['canceled']))
    expect((await seenIn(app)).opened).toEqual([])
  })

  await test.step('a press is good for one of its requests, not for ten', async () => {
    await page.mouse.click(5, 5)
    const answers = await tryAll(page, account, refs.slice(0, 2))
    expect(answers.filter((answer) => answer !== 'canceled')).toEqual(['done', 'done'])
    expect((await seenIn(app)).opened).toHaveLength(1)
    await expect.poll(deletions).toBe(2)
    await expect.poll(async () => (await ownReplicas(page)).length).toBe(2)
    expect(await accountsOf(page)).toHaveLength(1)
  })
})

test('who presses what is on the screen is asked nothing more; what activates it without a press is asked', async ({
  connect,
  sandbox,
  userData
}) => {
  const names = ['Amara Osei', 'Ben Ortiz', 'Chen Wei'] as const
  const { app, page, desk } = await connect(...names)
  const deletions = () => sandbox.requests.filter(({ method }) => method === 'DELETE').length
  await watchBoxes(app, 0, join(userData, 'history.csv'))

  await test.step('a shorter hold', async () => {
    await desk.goTo('Settings')
    await desk.field('Hold deletions for').selectOption('60')
    await desk.field('Hold deletions for').selectOption('45')
  })

  await test.step('a soft and a permanent deletion', async () => {
    await desk.goTo('Replicas')
    await desk.deleteSoftly('Amara Osei')
    await expect(desk.button('Undo').first()).toBeVisible()
    await desk.deletePermanently('Ben Ortiz')
    await expect.poll(deletions).toBe(1)
  })

  await test.step('a file is asked for', async () => {
    await desk.goTo('History')
    await desk.button('Export…').click()
    await page.getByRole('radio', { name: /CSV/ }).click()
    await desk.button('Save as…').click()
    await expect.poll(async () => (await seenIn(app)).opened).toEqual(['save'])
    const dialog = page.getByRole('dialog', { name: 'Export history' })
    await dialog.getByRole('button', { name: 'Close' }).click()
  })

  await test.step('a screen reader presses the button without any key', async () => {
    expect((await seenIn(app)).asked).toEqual([])
    await app.evaluate(() => {
      ;(globalThis as unknown as { seen: Asked }).seen.response = 1
    })
    await desk.goTo('Accounts')
    await desk.button('Forget key').press('Enter')
    const confirm = page.getByRole('dialog').getByRole('button', { name: 'Forget key' })
    // The last press is old or used: its time is let pass by a second request that uses it.
    await page.evaluate(() =>
      (window as unknown as { app: Bridge }).app.settingsUpdate({ holdSeconds: 30 })
    )
    await confirm.evaluate((button: HTMLElement) => button.click())
    await expect
      .poll(async () => (await seenIn(app)).asked)
      .toEqual(['Forget the key of “Studio North”?'])
    await expect.poll(async () => (await accountsOf(page))[0]?.key.state).toBe('absent')
  })
})
