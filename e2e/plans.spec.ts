import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, type Page } from '@playwright/test'
import { LAYER_KEY_CANARIES } from '../src/sandbox/canaries.ts'
import type { AssetRef } from '../src/shared/domain/asset.ts'
import type { PlanSubject } from '../src/shared/domain/plan.ts'
import type { Bridge } from '../src/shared/ipc/bridge.ts'
import { sandboxKey, test } from './fixtures.ts'
import { recordedIpc, recordIpc } from './ipc-recorder.ts'
import { studioNorth } from './pages/accounts.ts'
import { Desk } from './pages/desk.ts'
import { ownReplicas } from './pages/listed.ts'
import { answerWithNewFile, askForReceipt, expectSaved } from './pages/receipts.ts'
import { holdersOf, sweepFolder, sweepText } from './sweep.ts'

test.use({ sandboxOptions: { seedData: 'sample' } })

const verifier = join(import.meta.dirname, '..', 'resources', 'verify-receipt.mjs')
const sampleMedia = join(import.meta.dirname, '..', 'resources', 'sample')

const secrets = [sandboxKey, ...Object.values(LAYER_KEY_CANARIES)]

const refOf = async (page: Page, wantedId: string) => {
  const found = (await ownReplicas(page)).find(({ ref }) => ref.id === wantedId)
  if (found === undefined) throw new Error('Not listed')
  return found.ref
}

const makePlan = (page: Page, subject: PlanSubject) =>
  page.evaluate(async (about) => {
    const { app } = window as unknown as { app: Bridge }
    const choices = { mode: 'permanent' as const, byKind: {}, without: [] }
    const made = await app.planMake({ subject: about, choices })
    if (!made.ok) throw new Error(made.error.kind)
    return made.value
  }, subject)

const pin = (page: Page, ref: AssetRef) =>
  page.evaluate(
    (asset) =>
      (window as unknown as { app: Bridge }).app.assetPin({ refs: [asset], isPinned: true }),
    ref
  )

test('a plan for a likeness is saved with a last look, and holds no key of anyone', async ({
  launch,
  sandbox,
  userData
}) => {
  const running = await launch()
  const { app, page } = running
  await recordIpc(app)
  const desk = new Desk(page)
  await desk.addAccount(studioNorth(sandbox.origin))
  await desk.goTo('Replicas')
  const face = sandbox.state.replicas.find((replica) => replica.face === 'adaeze')
  await expect(desk.asset(face?.id ?? '')).toBeVisible()

  const ref = await refOf(page, face?.id ?? '')
  const plan = await makePlan(page, { scope: 'likeness', ref })
  expect(plan.steps.at(-1)?.target.id).toBe(ref.id)
  expect(new Set(plan.steps.map(({ target }) => target.kind))).toEqual(
    new Set(['video', 'conversation', 'replica'])
  )
  expect(plan.survives.map(({ kind }) => kind)).toContain('persona')

  const folder = mkdtempSync(join(tmpdir(), 'saved-'))
  await app.evaluate(({ dialog }, path) => {
    dialog.showSaveDialog = async () => ({ canceled: false, filePath: `${path}/plan.json` })
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [path] })
  }, folder)
  const saved = await page.evaluate(async (planId) => {
    const bridge = (window as unknown as { app: Bridge }).app
    return [await bridge.planExport({ planId }), await bridge.planArchive({ planId })] as const
  }, plan.planId)
  expect(saved).toMatchObject([{ ok: true }, { ok: true }])
  const archive = saved[1].ok ? saved[1].value.archive : null
  const root = join(folder, archive?.folderName ?? '')
  expect(readdirSync(root)).toHaveLength(plan.steps.length + 1)
  const manifest = JSON.parse(readFileSync(join(root, 'manifest.json'), 'utf8'))
  expect(manifest.planId).toBe(plan.planId)
  expect(manifest.files.length).toBe((archive?.files.length ?? 0) - 1)
  expect(sandbox.requests.filter(({ method }) => method !== 'GET')).toEqual([])

  expect(sweepText(await recordedIpc(app), secrets)).toEqual([])
  await running.quit()
  expect(sweepFolder(userData, secrets)).toEqual([])
  expect(sweepFolder(folder, secrets)).toEqual([])
})

/** A person whose consent has ended, tied to the face. */
const tieEndedConsent = (page: Page, ref: AssetRef) =>
  page.evaluate(async (asset) => {
    const { app } = window as unknown as { app: Bridge }
    const consent = { note: '', agreedOn: null, untilOn: '2020-02-29' }
    const saved = await app.personSave({ id: null, name: 'Adaeze Eze', consent, nameRule: null })
    if (!saved.ok) throw new Error(saved.error.kind)
    const personId = saved.value.find(({ name }) => name === 'Adaeze Eze')?.id ?? null
    return app.personAssign({ refs: [asset], personId })
  }, ref)

test('a pin outlives the app and blocks every plan; an ended consent is reminded of, and deletes nothing', async ({
  launch,
  sandbox
}) => {
  const first = await launch()
  const desk = new Desk(first.page)
  await desk.addAccount(studioNorth(sandbox.origin))
  await desk.goTo('Replicas')
  const face = sandbox.state.replicas.find((replica) => replica.face === 'adaeze')
  await expect(desk.asset(face?.id ?? '')).toBeVisible()
  const ref = await refOf(first.page, face?.id ?? '')
  expect(await pin(first.page, ref)).toMatchObject({ ok: true })
  expect(await tieEndedConsent(first.page, ref)).toMatchObject({ ok: true })
  await first.crash()

  const { page } = await launch()
  for (const subject of [
    { scope: 'assets', refs: [ref] },
    { scope: 'likeness', ref }
  ] satisfies readonly PlanSubject[]) {
    const plan = await makePlan(page, subject)
    expect(plan.canRun, subject.scope).toBe(false)
    const started = await page.evaluate(
      ({ planId, token, mode, typed }) =>
        (window as unknown as { app: Bridge }).app.deletionStart({
          planId,
          token,
          mode,
          typed,
          runAt: null
        }),
      {
        planId: plan.planId,
        token: plan.token,
        mode: plan.choices.mode,
        typed: plan.steps.length === 1 ? plan.title : String(plan.steps.length)
      }
    )
    expect(started).toMatchObject({ error: { issues: [{ field: 'plan', code: 'blocked' }] } })
  }
  const reminder = page
    .getByRole('status')
    .filter({ hasText: 'The consent of Adaeze Eze has ended' })
  await expect(reminder).toBeVisible()
  await reminder.getByRole('button', { name: 'Review what would be deleted…' }).click()
  await expect(page.getByRole('dialog')).toContainText('Adaeze Eze')
  expect(sandbox.requests.filter(({ method }) => method === 'DELETE')).toEqual([])
})

test('an erased face leaves this computer, and its receipt is still to be had', async ({
  launch,
  sandbox,
  userData
}) => {
  test.setTimeout(120_000)
  const running = await launch()
  const { app, page } = running
  const desk = new Desk(page)
  await desk.addAccount(studioNorth(sandbox.origin))
  await desk.goTo('Replicas')
  const face = sandbox.state.replicas.find((replica) => replica.face === 'adaeze')
  const id = face?.id ?? ''
  const name = face?.name ?? ''
  await expect(desk.asset(id)).toBeVisible()
  const kept = () => readdirSync(join(userData, 'thumbnails'))
  const ref = await refOf(page, id)
  const mediaOf = () =>
    page.evaluate(async (asset) => {
      const found = await (window as unknown as { app: Bridge }).app.assetGet({ ref: asset })
      return found.ok ? [found.value.posterId, found.value.clipId] : []
    }, ref)
  const [posterId] = await mediaOf()
  const isKept = () => kept().some((file) => file.startsWith(posterId ?? 'none'))
  await expect.poll(isKept).toBe(true)
  // What the cards are drawn with at the next start goes as well.
  const isSmall = (file: string) => /\.(208|416)\.webp$/.test(file)
  await expect
    .poll(() =>
      kept()
        .filter((file) => file.startsWith(posterId ?? 'none'))
        .some(isSmall)
    )
    .toBe(true)
  const picture = readFileSync(join(sampleMedia, 'adaeze.png'))
  await expect.poll(() => holdersOf(userData, picture).length).toBeGreaterThan(0)

  await test.step('the plan says what this computer keeps, and what becomes of it', async () => {
    await desk.openActions(name, 'Erase likeness…')
    const dialog = page.getByRole('dialog')
    const local = dialog.locator('section', { hasText: 'On this computer' }).last()
    await expect(local).toContainText(/\d+ image/)
    const choice = local.getByRole('combobox', { name: 'Images, clips and drafts' })
    await expect(choice).toHaveValue('delete')
    await choice.selectOption('keep')
    await expect(local).toContainText('still shown')
    await choice.selectOption('delete')
    await expect(local).toContainText('as soon as each deletion is confirmed')
    const field = dialog.getByLabel(/^Type \d+ to confirm/)
    const label = await field.evaluate((input: HTMLInputElement) => input.labels?.[0]?.textContent)
    await field.fill(/\d+/.exec(label ?? '')?.[0] ?? '')
    await dialog.getByRole('button', { name: 'Erase likeness' }).click()
  })
  const card = desk.deletions.getByRole('article').first()
  await expect(card.getByRole('button', { name: 'Dismiss' })).toBeVisible()

  await test.step('its pictures and clips go with it', async () => {
    await expect.poll(mediaOf).toEqual([null, null])
    await expect.poll(isKept).toBe(false)
  })

  await test.step('once dismissed, the receipt is in the list of dismissed deletions', async () => {
    await card.getByRole('button', { name: 'Dismiss' }).click()
    await expect(desk.deletions.getByText('Nothing in progress')).toBeVisible()
    await desk.button('Show dismissed deletions').click()
    const past = page.getByRole('region', { name: 'Dismissed deletions' })
    await expect(past.getByRole('article')).toHaveCount(1)
    const path = await answerWithNewFile(app)
    await askForReceipt(page)
    await expectSaved(page)
    expect(readFileSync(path, 'utf8')).toContain(id)
    await desk.button('Close deletions').click()
  })

  await test.step('what is gone stays findable, without its face and without deeds', async () => {
    await desk.button('Deleted').click()
    await desk.asset(id).click()
    const details = page.getByRole('complementary')
    await expect(details.getByRole('heading', { name })).toBeVisible()
    await expect(details.locator('img, video')).toHaveCount(0)
    for (const deed of ['Rename', 'Delete']) {
      await expect(details.getByRole('button', { name: deed, exact: true })).toHaveCount(0)
    }
    await expect(details.getByRole('button', { name: 'Save receipt…' }).last()).toBeVisible()
    await desk.asset(id).focus()
    const asked = sandbox.requests.filter(({ method }) => method !== 'GET').length
    for (const key of ['Delete', 'F2', 'Control+Space']) await page.keyboard.press(key)
    await expect(page.getByRole('dialog')).toHaveCount(0)
    await expect(page.getByRole('region', { name: 'Selection' })).toHaveCount(0)
    expect(sandbox.requests.filter(({ method }) => method !== 'GET')).toHaveLength(asked)
    await page.keyboard.press('Control+k')
    await page.getByRole('combobox', { name: /^Search commands/ }).fill(id)
    await expect(page.getByRole('option', { name: id })).toContainText('No longer listed')
    await page.keyboard.press('Escape')
  })

  await test.step('the history leads to both', async () => {
    await page.getByRole('complementary').getByRole('button', { name: 'Show history' }).click()
    await expect(desk.field('Search')).toHaveValue(id)
    await page.locator('[data-record]', { hasText: 'Tavus confirmed' }).first().click()
    const record = page.getByRole('complementary')
    const path = await answerWithNewFile(app)
    await record.getByRole('button', { name: 'Save receipt…' }).click()
    await page.getByRole('menuitem', { name: 'Machine-readable (JSON)' }).click()
    await expect.poll(() => existsSync(path)).toBe(true)
    await record.getByRole('button', { name: 'Show asset' }).click()
    await expect(page.getByRole('complementary').getByRole('heading', { name })).toBeVisible()
  })

  const isDatabase = (path: string) => /^(?:library\.sqlite|backups\b)/.test(path)
  const named = () => holdersOf(userData, Buffer.from(name))

  await test.step('its name stays in the history until it is forgotten', async () => {
    await expect.poll(() => named().some(isDatabase)).toBe(true)
    const details = page.getByRole('complementary')
    await details.getByRole('button', { name: 'Forget the name…' }).click()
    const dialog = page.getByRole('dialog', { name: `Forget the name “${name}”?` })
    await expect(dialog).toContainText('records of the history lose the name')
    await dialog.getByRole('button', { name: 'Forget the name', exact: true }).click()
    await expect(dialog).toBeHidden()
    await expect(details.getByRole('heading', { name: /^Forgotten name \w{5}$/ })).toBeVisible()
    await desk.goTo('History')
    await desk.field('Search').fill(name)
    await expect(page.locator('[data-record]')).toHaveCount(0)
    await desk.field('Search').fill('names forgotten')
    await expect(page.locator('[data-record]', { hasText: 'Forgotten name' })).not.toHaveCount(0)
  })

  await test.step('a receipt that is saved now has another name, and is good', async () => {
    await page.locator('[data-record]', { hasText: 'Forgotten name' }).first().click()
    const details = page.getByRole('complementary')
    await details.getByRole('button', { name: 'Show asset' }).click()
    await expect(details.getByRole('heading', { name: /^Forgotten name/ })).toBeVisible()
    const path = await answerWithNewFile(app)
    await details.getByRole('button', { name: 'Save receipt…' }).last().click()
    await page.getByRole('menuitem', { name: 'Machine-readable (JSON)' }).click()
    await expect.poll(() => existsSync(path)).toBe(true)
    const verdict = execFileSync(process.execPath, [verifier, path], { encoding: 'utf8' })
    expect(verdict).toContain('GOOD, BUT FOR WHAT WAS FORGOTTEN')
    expect(verdict).toMatch(/were forgotten on \d{4}-\d\d-\d\d/)
    expect(readFileSync(path, 'utf8')).not.toContain(name)
  })

  await test.step('the data folder has neither a picture nor the name of it', async () => {
    await running.quit()
    expect(holdersOf(userData, picture)).toEqual([])
    expect(sweepFolder(userData, [name])).toEqual([])
  })
})
