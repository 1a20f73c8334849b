import { mkdtempSync, readdirSync, readFileSync } from 'node:fs'
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
import { sweepFolder, sweepText } from './sweep.ts'

test.use({ sandboxOptions: { seedData: 'sample' } })

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

test('a pin outlives the app and blocks every plan', async ({ launch, sandbox }) => {
  const first = await launch()
  const desk = new Desk(first.page)
  await desk.addAccount(studioNorth(sandbox.origin))
  await desk.goTo('Replicas')
  const face = sandbox.state.replicas.find((replica) => replica.face === 'adaeze')
  await expect(desk.asset(face?.id ?? '')).toBeVisible()
  const ref = await refOf(first.page, face?.id ?? '')
  expect(await pin(first.page, ref)).toMatchObject({ ok: true })
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
  expect(sandbox.requests.filter(({ method }) => method === 'DELETE')).toEqual([])
})
