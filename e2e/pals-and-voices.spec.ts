import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, type Page } from '@playwright/test'
import { LAYER_KEY_CANARIES } from '../src/sandbox/canaries.ts'
import { makeModel, makeVersion } from '../src/sandbox/replicate-made-data.ts'
import {
  makePage,
  makePersona,
  makeReplica,
  makeVoice,
  sampleData
} from '../src/sandbox/sample-data.ts'
import type { Bridge } from '../src/shared/ipc/bridge.ts'
import { sandboxKey, test } from './fixtures.ts'
import { studioModels, studioNorth } from './pages/accounts.ts'
import { expectNoViolations } from './pages/axe.ts'
import { itemsIn, resumeWaiting } from './pages/batches.ts'
import { Desk } from './pages/desk.ts'
import { ownReplicas } from './pages/listed.ts'
import { answerWithNewFile, expectSaved } from './pages/receipts.ts'
import { sweepFolder } from './sweep.ts'

test.use({
  sandboxOptions: { seedData: 'empty' },
  replicateOptions: { seedData: 'empty', removalMs: 500 }
})

/** Under which name the picture of a replica is kept. */
const posterOf = (page: Page, name: string) =>
  ownReplicas(page).then(async (listed) => {
    const ref = listed.find((one) => one.name === name)?.ref
    if (ref === undefined) throw new Error('Not listed')
    return page.evaluate(async (asset) => {
      const found = await (window as unknown as { app: Bridge }).app.assetGet({ ref: asset })
      return found.ok ? (found.value.posterId ?? 'none') : 'none'
    }, ref)
  })

/** Types what a permanent plan asks for. */
const confirm = async (page: Page, label: RegExp, button: string): Promise<void> => {
  const dialog = page.getByRole('dialog')
  const field = dialog.getByLabel(label)
  const asked = await field.evaluate((input: HTMLInputElement) => input.labels?.[0]?.textContent)
  await field.fill(/\d+/.exec(asked ?? '')?.[0] ?? '')
  await dialog.getByRole('button', { name: button }).click()
}

test('a person with a face, a voice, PALs, a public page and a model: deleted in order, over two kills, until nothing is left', async ({
  launch,
  replicate,
  sandbox,
  userData
}) => {
  test.setTimeout(300_000)
  const model = makeModel('mia-chen-portraits', Date.now())
  const modelId = `studio-north/${model.name}`
  replicate.state.addModel(model)
  replicate.state.addVersion(makeVersion(modelId, '1', Date.now() - 60_000))
  const { state } = sandbox
  const now = sandbox.clock.now()
  const addFace = (name: string) => {
    const voice = makeVoice(name, now)
    const face = makeReplica(name, now)
    state.addVoice(voice)
    state.addReplica({ ...face, originalVoiceId: voice.id, defaultVoiceId: voice.id })
    return { face, voice }
  }
  const mia = addFace('Mia Chen')
  const ben = addFace('Ben Okafor')
  const guide = {
    ...makePersona('Guide', now),
    defaultReplicaId: mia.face.id,
    voiceId: mia.voice.id
  }
  const speaker = { ...makePersona('Speaker', now), voiceId: mia.voice.id }
  const third = { ...makePersona('Third', now), defaultReplicaId: ben.face.id }
  for (const pal of [guide, speaker, third]) state.addPersona(pal)
  const front = makePage('Front page', guide.id, now)
  state.addPage(front)
  const [talk] = sampleData(now).conversations
  if (talk === undefined) throw new Error('The sample has no conversation')
  state.addConversation({
    ...talk,
    status: 'ended',
    replicaId: mia.face.id,
    personaId: guide.id
  })
  const sent = () =>
    sandbox.requests
      .filter(({ method }) => method !== 'GET')
      .map(({ method, path }) => `${method} ${path}`)
  /** The request arrives and is carried out, and no answer ever comes. */
  const swallow = (method: string, path: string) =>
    sandbox.faults.add({
      match: { method, path },
      effect: { kind: 'hang', processed: true },
      times: 1
    })

  let running = await launch()
  let desk = new Desk(running.page)
  await desk.addAccount(studioNorth(sandbox.origin))

  await test.step('the details of a PAL name its page', async () => {
    await desk.goTo('PALs')
    await desk.asset(guide.id).click()
    const pages = running.page.getByRole('region', { name: 'Public pages' })
    await expect(pages).toContainText('Front page')
    await expect(pages).toContainText('Landing page · online')
    await expectNoViolations(running.page, 'details of a PAL on a page')
  })

  await test.step('face and model are assigned to one person', async () => {
    const { page } = running
    await desk.goTo('Accounts')
    await desk.addAccount(studioModels(replicate))
    await desk.goTo('Models')
    await desk.drop({ items: [{ mimeType: 'text/plain', data: modelId }] })
    await page.getByRole('dialog').getByRole('button', { name: 'Add model' }).click()
    await desk.openActions('mia-chen-portraits', 'Assign to person…')
    await desk.field('Name of the new person').fill('Mia Chen')
    await desk.button('Assign').click()
    await desk.goTo('Replicas')
    await desk.openActions('Mia Chen', 'Assign to person…')
    await page.getByRole('radio', { name: 'Mia Chen' }).check()
    await desk.button('Assign').click()
  })

  const poster = await posterOf(running.page, 'Mia Chen')
  const isPictureKept = () =>
    readdirSync(join(userData, 'thumbnails')).some((file) => file.startsWith(poster))
  await expect.poll(isPictureKept).toBe(true)

  const patchPage = `PATCH /v2/deployments/${front.id}`
  await test.step('one plan takes the page offline and repoints the PALs before the face goes', async () => {
    const { page } = running
    await desk.goTo('People')
    await page
      .getByRole('main')
      .getByRole('button', { name: /Mia Chen/ })
      .click()
    await desk.button('Delete all assets…').click()
    const dialog = page.getByRole('dialog')
    await expect(dialog).toContainText('mia-chen-portraits')
    await expect(dialog.getByLabel('What to do with: Public page')).toHaveValue('offline')
    await dialog.getByLabel('What to do with: PALs').selectOption('repoint')
    await dialog.getByLabel('Face for these PALs').selectOption({ label: 'Ben Okafor' })
    await dialog.getByLabel('Voice for these PALs').selectOption({ label: 'Ben Okafor' })
    await expect(dialog.getByText('Mia Chen → Ben Okafor').first()).toBeVisible()
    await expectNoViolations(page, 'a plan that repoints PALs')
    swallow('PATCH', `/v2/deployments/${front.id}`)
    await confirm(page, /^Type \d+ to confirm/, 'Delete permanently')
    await expect.poll(sent).toContain(patchPage)
    await running.crash()
  })

  await test.step('killed while the page went offline, it goes on where it was', async () => {
    swallow('DELETE', `/v2/replicas/${mia.face.id}`)
    running = await launch()
    await expect
      .poll(async () => {
        await resumeWaiting(running.page)
        return sent()
      })
      .toContain(`DELETE /v2/replicas/${mia.face.id}`)
    await running.crash()
  })

  await test.step('killed again, it ends with the voice that is still used, and says so', async () => {
    sandbox.faults.add({
      match: { method: 'DELETE', path: `/v2/voices/${mia.voice.id}` },
      effect: {
        kind: 'answer',
        status: 409,
        body: { error: 'The voice is in use.', used_by: { pals: 1, faces: 0 } }
      },
      times: 1
    })
    running = await launch()
    desk = new Desk(running.page)
    await expect
      .poll(async () => {
        await resumeWaiting(running.page)
        return sent()
      })
      .toContain(`DELETE /v2/voices/${mia.voice.id}`)
    state.changePersona(third.id, { voiceId: mia.voice.id })
    const card = (await desk.openDeletions()).getByRole('article').first()
    await card.getByRole('button', { name: 'Show items' }).click()
    await expect(
      card.getByText('Voice still in use. Used by 1 PAL, according to Tavus.')
    ).toBeVisible()
    const items = await itemsIn(running.page)
    expect(items.find(({ target }) => target.kind === 'page')).toMatchObject({
      mode: 'offline',
      state: 'gone',
      found: 'says-deleted'
    })
    const order = sent()
    const places = [
      patchPage,
      `PATCH /v2/pals/${guide.id}`,
      `DELETE /v2/replicas/${mia.face.id}`,
      `DELETE /v2/voices/${mia.voice.id}`
    ].map((line) => order.indexOf(line))
    expect(places.toSorted((a, b) => a - b)).toEqual(places)
    expect(new Set(order).size).toBe(order.length)
    expect(state.pages[0]?.status).toBe('inactive')
    await expect.poll(() => replicate.state.model(modelId)).toBeUndefined()
    await expect.poll(isPictureKept).toBe(false)
  })

  await test.step('trying again names the PAL, and finishes once that is repointed', async () => {
    const { page } = running
    const dialog = page.getByRole('dialog')
    const failed = desk.deletions
      .getByRole('article')
      .filter({ has: page.getByRole('button', { name: 'Retry failed' }) })
    await failed.getByRole('button', { name: 'Retry failed' }).click()
    await expect(dialog.getByText('PAL Third')).toBeVisible()
    await dialog.getByRole('button', { name: 'Cancel' }).click()
    await expect(dialog).toHaveCount(0)
    await desk.button('Close deletions').click()
    await desk.goTo('PALs')
    await desk.openActions('Third', 'Repoint…')
    await dialog.getByLabel('Voice for these PALs').selectOption({ label: 'Ben Okafor' })
    await expect(dialog.getByText(/^Third: .* → Ben Okafor$/)).toBeVisible()
    await dialog.getByRole('button', { name: 'Apply changes' }).click()
    await expect
      .poll(() => state.personas.find(({ id }) => id === third.id)?.voiceId)
      .toBe(ben.voice.id)
    await expect(dialog).toHaveCount(0)
    await desk.openDeletions()
    await failed.getByRole('button', { name: 'Retry failed' }).click()
    await dialog.getByLabel('Type the name to confirm').fill('Mia Chen')
    await dialog.getByRole('button', { name: 'Delete permanently' }).click()
    await expect.poll(() => state.voices.map(({ id }) => id)).toEqual([ben.voice.id])
  })

  await test.step('the receipt names the page and the PALs, and holds no key of anyone', async () => {
    const { app, page } = running
    const path = await answerWithNewFile(app)
    await expect(
      desk.deletions.getByRole('button', { name: 'Save receipt…' }).first()
    ).toBeVisible()
    await desk.deletions
      .getByRole('article')
      .filter({ hasText: 'Mia Chen' })
      .last()
      .getByRole('button', { name: 'Save receipt…' })
      .click()
    await page.getByRole('menuitem', { name: 'Machine-readable (JSON)' }).click()
    await expectSaved(page)
    const verifier = join(import.meta.dirname, '..', 'resources', 'verify-receipt.mjs')
    expect(execFileSync('node', [verifier, path]).toString()).toMatch(/^GOOD {2}receipt/)
    const { items } = JSON.parse(readFileSync(path, 'utf8'))
    const told = items.map(({ target }: { target: { kind: string; mode: string } }) => [
      target.kind,
      target.mode
    ])
    expect(told).toContainEqual(['page', 'offline'])
    expect(told).toContainEqual(['persona', 'repoint'])
    await running.quit()
    const keys = [sandboxKey, replicate.apiKey, ...Object.values(LAYER_KEY_CANARIES)]
    expect(sweepFolder(userData, keys)).toEqual([])
    expect(isPictureKept()).toBe(false)
  })
})
