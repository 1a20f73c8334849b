import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type ElectronApplication, expect, type Locator, type Page } from '@playwright/test'
import { LAYER_KEY_CANARIES, REPLICATE_CANARIES } from '../src/sandbox/canaries.ts'
import { makeModel, makeVersion } from '../src/sandbox/replicate-made-data.ts'
import type { Bridge } from '../src/shared/ipc/bridge.ts'
import type { ReplicateSandbox } from '../test/sandbox/faulty-replicate.ts'
import { sandboxKey, test } from './fixtures.ts'
import { recordedIpc, recordIpc } from './ipc-recorder.ts'
import { accountsOf, studioModels, studioNorth } from './pages/accounts.ts'
import { Desk } from './pages/desk.ts'
import { sweepFolder, sweepText } from './sweep.ts'

test.use({ replicateOptions: { seedData: 'sample', removalMs: 1500 } })

const portrait = 'studio-north/portrait-lora'

const connect = async (page: Page, replicate: ReplicateSandbox): Promise<Desk> => {
  const desk = new Desk(page)
  await desk.addAccount(studioModels(replicate))
  await desk.goTo('Models')
  await expect(desk.asset(portrait)).toBeVisible()
  await expect(desk.button('Refresh')).toHaveAttribute('aria-busy', 'false')
  return desk
}

const details = (page: Page): Locator => page.getByRole('complementary', { name: 'Details' })
/** The title says how much of the model the plan takes, and changes with it. */
const plan = (page: Page): Locator => page.getByRole('dialog').filter({ hasText: portrait })

const openTeardown = async (desk: Desk): Promise<Locator> => {
  await desk.goTo('Models')
  await desk.openActions('portrait-lora', 'Tear down model…')
  const dialog = plan(desk.page)
  await expect(dialog.getByText('Will be deleted, in this order')).toBeVisible()
  return dialog
}

/** Takes out what blocks until nothing does, and confirms the rest; answers how many that were. */
const deleteWhatCanGo = async (dialog: Locator): Promise<number> => {
  const leaveOut = dialog.getByRole('button', { name: 'Skip blocked items' })
  while (await leaveOut.isVisible()) {
    await leaveOut.click()
    await expect(dialog.locator('[data-busy="true"]')).toHaveCount(0)
  }
  const field = dialog.getByRole('textbox')
  await expect(field).toBeEnabled()
  const label = await dialog.getByText(/^Type .* to confirm$/).textContent()
  const count = Number(/Type (\d+) to confirm/.exec(label ?? '')?.[1] ?? 1)
  await field.fill(count === 1 ? await nameOfOnly(dialog) : String(count))
  await dialog.getByRole('button', { name: /^Delete (permanently|model|version)$/ }).click()
  await expect(dialog).toHaveCount(0)
  return count
}

const nameOfOnly = async (dialog: Locator): Promise<string> => {
  await dialog.getByRole('button', { name: /^1 version$/i }).click()
  return (
    (await dialog
      .getByText(/^portrait-lora:/)
      .first()
      .textContent()) ?? ''
  )
}

test('a model with fourteen versions, two of which hold it up', async ({
  launch,
  replicate,
  userData
}) => {
  test.setTimeout(360_000)
  let { app, page, crash, quit } = await launch()
  await recordIpc(app)
  let desk = await connect(page, replicate)
  const deployed = replicate.state.deployments.find(({ name }) => name === 'team-portraits')
  if (deployed === undefined) throw new Error('The sample has a deployment')

  await test.step('the token is in the keychain', async () => {
    const [account] = await accountsOf(page)
    expect(account).toMatchObject({ provider: 'replicate', key: { state: 'saved' } })
    await expect.poll(async () => (await accountsOf(page))[0]?.keyCheck.outcome).toBe('works')
  })

  await test.step('models come from four sources, and each says from which', async () => {
    await desk.button('Add model by name').click()
    await desk.field('Name or address').fill('no name at all')
    await page.getByRole('dialog').getByRole('button', { name: 'Add model' }).click()
    await expect(page.getByRole('dialog').getByText(/Not a model/)).toBeVisible()
    await desk.field('Name or address').fill('https://replicate.com/settings/billing')
    await page.getByRole('dialog').getByRole('button', { name: 'Add model' }).click()
    await expect(page.getByRole('dialog').getByText(/isn’t a model/)).toBeVisible()
    await desk
      .field('Name or address')
      .fill('replicate.com/studio-north/old-avatar-tests?tab=api#run')
    await page.getByRole('dialog').getByRole('button', { name: 'Add model' }).click()
    await expect(page.getByRole('dialog')).toHaveCount(0)
    await expect(details(page)).toContainText('Added by hand')
    for (const [name, source] of [
      ['piotr-radio-portrait', 'Trainings'],
      ['matteo-safety-films', 'Predictions'],
      ['lobby-greeter', 'Deployments']
    ] as const) {
      await desk.asset(`studio-north/${name}`).click()
      await expect(details(page)).toContainText(source)
    }
  })

  await test.step('its versions say who uses them', async () => {
    await desk.asset(portrait).click()
    const versions = details(page).getByRole('region', { name: 'Versions' })
    await expect(versions.getByRole('listitem')).toHaveCount(14)
    await expect(versions).toContainText('Deployed')
    await expect(versions).toContainText('Base of 1 training')
  })

  await test.step('the plan names both blockers and what cannot be known', async () => {
    const looked = await openTeardown(desk)
    await page.keyboard.press('Escape')
    await expect(looked).toHaveCount(0)
    await expect(details(page)).toBeVisible()
    const dialog = await openTeardown(desk)
    const deployedLine = dialog.getByRole('button', {
      name: /^Blocked Used by a deployment 1 of 15/
    })
    await expect(deployedLine).toHaveAttribute('aria-expanded', 'false')
    await deployedLine.click()
    await expect(dialog).toContainText('studio-north/team-portraits')
    await dialog.getByRole('button', { name: /^Blocked Base of a training 1 of 15/ }).click()
    await expect(dialog).toContainText('Trainings are based on it')
    await expect(dialog.getByText('3 of 15 blocked')).toBeVisible()
    const submit = dialog.getByRole('button', { name: 'Delete permanently' })
    await expect(submit).toBeDisabled()
    await expect(submit).toHaveAccessibleDescription('3 of 15 blocked')
    await expect(dialog).toContainText('may still refuse')
    await expect(dialog.getByRole('textbox')).toBeDisabled()
    await dialog.getByRole('button', { name: 'Skip blocked items' }).click()
    await expect(dialog.getByRole('heading').first()).toHaveText(
      'Delete 12 of 14 versions of portrait-lora'
    )
    await expect(submit).toHaveAccessibleDescription('Confirm above first.')
    expect(await deleteWhatCanGo(dialog)).toBe(12)
  })

  await test.step('it is killed on the way, and goes on when the person says so', async () => {
    await expect.poll(() => replicate.state.deletions.length).toBeGreaterThanOrEqual(3)
    expect(sweepText(await recordedIpc(app), secretsOf(replicate))).toEqual([])
    await crash()
    ;({ app, page, crash, quit } = await launch())
    desk = new Desk(page)
    const before = replicate.state.deletions.length
    expect(before).toBeLessThan(12)
    await page.getByRole('button', { name: 'Resume', exact: true }).first().click()
    await expect
      .poll(() => replicate.state.versionsOf(portrait).length, { timeout: 200_000 })
      .toBe(2)
  })

  await test.step('no version was asked for twice, and the model stands', async () => {
    const ids = replicate.state.deletions.map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
    expect(replicate.state.model(portrait)).toBeDefined()
    await desk.goTo('Models')
    await expect(desk.asset(portrait)).toBeVisible()
  })

  await test.step('the receipt tells what went, and what stayed', async () => {
    await expectEnded(page)
    const receipt = await savedReceipt(
      app,
      page,
      join(mkdtempSync(join(tmpdir(), 'receipt-')), 'teardown.json')
    )
    const items = receipt.items as readonly {
      target: { kind: string }
      answer: { outcome: string; httpStatus: number | null }
      checks: readonly { result: string }[]
    }[]
    expect(items).toHaveLength(12)
    // The answer that was given, and beside it what the app saw later. The kill may have caught one on its way.
    const answers = items.map(({ answer }) => `${answer.outcome} ${answer.httpStatus}`)
    const lost = answers.filter((answer) => answer !== 'accepted 202')
    expect(['', 'unclear null']).toContain(lost.join())
    expect(items.filter(({ checks }) => checks[0]?.result !== 'gone')).toEqual([])
    const stays = receipt.survives as readonly { id: string | null }[]
    expect(stays.map(({ id }) => id)).toContain(portrait)
  })

  await test.step('without the deployment the same plan goes further, and says what still holds', async () => {
    replicate.state.removeDeployment('team-portraits')
    const dialog = await openTeardown(desk)
    await expect(dialog).not.toContainText('A deployment uses it')
    await expect(dialog).toContainText('Trainings are based on it')
    expect(await deleteWhatCanGo(dialog)).toBe(1)
    await expect.poll(() => replicate.state.versionsOf(portrait).length).toBe(1)
    expect(replicate.state.model(portrait)).toBeDefined()
    await expectEnded(page)
  })

  await test.step('the history says so, also without a network', async () => {
    await replicate.close()
    await quit()
    ;({ app, page, crash, quit } = await launch())
    desk = new Desk(page)
    await desk.goTo('Models')
    await expect(desk.asset(portrait)).toBeVisible()
    await desk.goTo('History')
    await desk.openOperation('portrait-lora', 'no longer listed')
    await desk.expectHistory('portrait-lora', 'Replicate accepted the deletion')
    await desk.goTo('Versions')
    await expect(page.getByRole('main').getByText(/portrait-lora:/)).toHaveCount(1)
  })

  await quit()
  expect(sweepFolder(userData, secretsOf(replicate))).toEqual([])
})

const secretsOf = ({ apiKey }: ReplicateSandbox): readonly string[] => [
  apiKey,
  ...Object.values(REPLICATE_CANARIES)
]

/** The receipt of the teardown, as it is written where the person says. */
const savedReceipt = async (app: ElectronApplication, page: Page, path: string) => {
  await app.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = async () => ({ canceled: false, filePath })
  }, path)
  const saved = await page.evaluate(async () => {
    const bridge = (window as unknown as { app: Bridge }).app
    const listed = await bridge.batchList({})
    const teardown = listed.ok ? listed.value.find(({ scope }) => scope === 'teardown') : undefined
    if (teardown === undefined) throw new Error('There is no teardown')
    return bridge.receiptSave({ batchId: teardown.id, format: 'json' })
  })
  if (!saved.ok) throw new Error(saved.error.kind)
  return JSON.parse(readFileSync(path, 'utf8'))
}

/** Every deletion has ended: nothing is under way any more. */
const expectEnded = (page: Page): Promise<void> =>
  expect
    .poll(
      () =>
        page.evaluate(async () => {
          const { app } = window as unknown as { app: Bridge }
          const listed = await app.batchList({})
          if (!listed.ok) throw new Error(listed.error.kind)
          return listed.value.every(({ state }) => state === 'finished' || state === 'canceled')
        }),
      { timeout: 60_000 }
    )
    .toBe(true)

test.describe('one person at two providers', () => {
  test.use({ sandboxOptions: { seedData: 'empty' } })

  test('is seen on one page and taken down by one plan', async ({
    connect: connectTavus,
    replicate,
    sandbox,
    userData
  }) => {
    test.setTimeout(360_000)
    const { app, desk, page, quit } = await connectTavus('Mia Chen')
    await recordIpc(app)
    const model = makeModel('mia-chen-portraits', Date.now())
    const id = `studio-north/${model.name}`
    const version = makeVersion(id, '1', Date.now() - 60_000)
    replicate.state.addModel(model)
    replicate.state.addVersion(version)
    await desk.goTo('Accounts')
    await desk.addAccount(studioModels(replicate))
    await desk.goTo('Models')
    await desk.drop({ items: [{ mimeType: 'text/plain', data: id }] })
    await page.getByRole('dialog').getByRole('button', { name: 'Add model' }).click()
    await expect(details(page)).toContainText('mia-chen-portraits')

    await desk.openActions('mia-chen-portraits', 'Assign to person…')
    await desk.field('Name of the new person').fill('Mia Chen')
    await desk.button('Assign').click()
    await expect(details(page).getByRole('button', { name: 'Mia Chen' })).toBeVisible()
    await desk.goTo('Replicas')
    await desk.openActions('Mia Chen', 'Assign to person…')
    await page.getByRole('radio', { name: 'Mia Chen' }).check()
    await desk.button('Assign').click()

    await desk.goTo('People')
    await page
      .getByRole('main')
      .getByRole('button', { name: /Mia Chen/ })
      .click()
    await expect(page.getByRole('region', { name: 'Studio North' })).toContainText('Mia Chen')
    const models = page.getByRole('region', { name: 'Studio models' })
    await expect(models).toContainText('mia-chen-portraits')

    await desk.button('Delete all assets…').click()
    const dialog = page
      .getByRole('dialog')
      .filter({ hasText: 'Delete everything with Mia Chen’s likeness' })
    await expect(dialog.getByText('Will be deleted, in this order')).toBeVisible()
    await expect(dialog).toContainText('replica')
    await expect(dialog).toContainText('model')
    const label = await dialog.getByText(/^Type .* to confirm$/).textContent()
    const count = /Type (\d+) to confirm/.exec(label ?? '')?.[1] ?? ''
    await dialog.getByRole('textbox').fill(count)
    await dialog.getByRole('button', { name: 'Delete permanently' }).click()
    await expect.poll(() => sandbox.state.hardDeletions.length).toBe(1)
    await expect.poll(() => replicate.state.model(id), { timeout: 60_000 }).toBeUndefined()
    await expectEnded(page)

    const secrets = [sandboxKey, ...secretsOf(replicate), ...Object.values(LAYER_KEY_CANARIES)]
    expect(sweepText(await recordedIpc(app), secrets)).toEqual([])
    await quit()
    expect(sweepFolder(userData, secrets)).toEqual([])
  })
})

test('a key of the wrong provider is told at once, and goes nowhere', async ({
  launch,
  replicate
}) => {
  const { page } = await launch()
  const desk = new Desk(page)
  await desk.addAccount(studioNorth(replicate.origin, replicate.apiKey))
  await expect(page.getByRole('dialog').getByText(/choose Replicate above/)).toBeVisible()
  expect(replicate.requests).toEqual([])
})
