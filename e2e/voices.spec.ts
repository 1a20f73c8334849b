import { readFileSync } from 'node:fs'
import { expect } from '@playwright/test'
import { makePersona, makeReplica, makeVoice } from '../src/sandbox/sample-data.ts'
import { test } from './fixtures.ts'
import { expectNoViolations } from './pages/axe.ts'
import { answerWithNewFile, askForReceipt, expectSaved } from './pages/receipts.ts'

/** What the sandbox does with the voice of a deleted face, which changes as the test goes on. */
let afterReplica: 'freed' | 'counted' = 'freed'

test.use({ sandboxOptions: { seedData: 'empty', voiceAfterReplica: () => afterReplica } })

test('voices: listed, heard, held back by what uses them, and erased with their face', async ({
  connect,
  sandbox
}) => {
  afterReplica = 'freed'
  const { state } = sandbox
  const nowMs = sandbox.clock.now()
  const addFace = (name: string) => {
    const voice = makeVoice(name, nowMs)
    const face = makeReplica(name, nowMs)
    const named = { originalVoiceId: voice.id, defaultVoiceId: voice.id }
    state.addVoice(voice)
    state.addReplica({ ...face, ...named })
    return { face, voice }
  }
  const mia = addFace('Mia Chen')
  const ben = addFace('Ben Okafor')
  state.addVoice({ ...makeVoice('Anna', nowMs), type: 'system' })
  const narrator = makeVoice('Narrator', nowMs)
  state.addVoice(narrator)
  const guide = { ...makePersona('Guide', nowMs), voiceId: narrator.id }
  state.addPersona({ ...guide, defaultReplicaId: ben.face.id })

  const { app, page, desk } = await connect()
  const details = page.getByRole('complementary')
  const dialog = page.getByRole('dialog')

  await test.step('own and stock are listed apart', async () => {
    await desk.goTo('Voices')
    for (const { id } of [mia.voice, ben.voice, narrator])
      await expect(desk.asset(id)).toBeVisible()
    await expect(page.getByText('3 voices', { exact: true })).toBeVisible()
    await page.getByRole('button', { name: /^Stock/ }).click()
    await expect(page.getByText('1 voice', { exact: true })).toBeVisible()
    await expect(page.getByRole('gridcell').filter({ hasText: 'Anna' })).toBeVisible()
    await page.getByRole('button', { name: /^Mine/ }).click()
  })

  await test.step('the details play the sample and lead to the face', async () => {
    await desk.asset(mia.voice.id).click()
    const sound = details.getByLabel('Sample of Mia Chen')
    await expect(sound).toHaveAttribute('src', /^media:\/\/[a-f0-9]{32}$/)
    await expect
      .poll(() => sound.evaluate((audio: HTMLAudioElement) => audio.duration))
      .toBeGreaterThan(1)
    await expect(details.getByText('made with it · speaks with it')).toBeVisible()
    await expectNoViolations(page, 'details of a voice')
    await details.getByRole('button', { name: 'Show Mia Chen' }).click()
    await expect(page.getByRole('heading', { name: 'Replicas', level: 1 })).toBeVisible()
    const voices = details.getByRole('region', { name: 'Voices' })
    await voices.getByRole('button', { name: 'Show Mia Chen' }).click()
    await expect(page.getByRole('heading', { name: 'Voices', level: 1 })).toBeVisible()
    await expect(details.getByLabel('Sample of Mia Chen')).toBeVisible()
  })

  await test.step('PALs are listed with the face and the voice that each shows', async () => {
    await desk.goTo('PALs')
    await expect(page.getByText('1 PAL', { exact: true })).toBeVisible()
    await desk.asset(guide.id).click()
    await expect(details.getByRole('region', { name: 'Replicas' })).toContainText('Ben Okafor')
    await expect(details.getByRole('region', { name: 'Voices' })).toContainText('Narrator')
    await expectNoViolations(page, 'details of a PAL')
    await desk.button('Close details').click()
    await desk.button('List').click()
    const row = page.getByRole('row').filter({ hasText: 'Guide' })
    await expect(row).toContainText('Ben Okafor')
    await expect(row).toContainText('Narrator')
    await desk.button('Grid').click()
    await desk.goTo('Voices')
  })

  await test.step('a PAL that speaks with a voice holds its deletion back, by name', async () => {
    await desk.openActions('Narrator', 'Delete voice…')
    await expect(dialog.getByText(/^Still in use\./)).toBeVisible()
    await expect(dialog.getByText('PAL Guide')).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(dialog).toHaveCount(0)
    expect(sandbox.requests.filter(({ method }) => method === 'DELETE')).toEqual([])
  })

  await test.step('erasing a likeness takes the voice after the face', async () => {
    await desk.goTo('Replicas')
    await desk.openActions('Mia Chen', 'Erase likeness…')
    await expect(dialog.getByRole('button', { name: '1 voice' })).toBeVisible()
    await dialog.getByLabel(/^Type \d+ to confirm/).fill('2')
    await dialog.getByRole('button', { name: 'Erase likeness' }).click()
    const card = desk.deletions.getByRole('article').first()
    await expect(card.getByRole('button', { name: 'Dismiss' })).toBeVisible()
    const sent = sandbox.requests.filter(({ method }) => method === 'DELETE')
    expect(sent.map(({ path, query }) => [path, query['hard'] ?? null])).toEqual([
      [`/v2/replicas/${mia.face.id}`, 'true'],
      [`/v2/voices/${mia.voice.id}`, null]
    ])
    const path = await answerWithNewFile(app)
    await askForReceipt(page)
    await expectSaved(page)
    const receipt = JSON.parse(readFileSync(path, 'utf8'))
    expect(receipt.items.map((item: { target: unknown }) => item.target)).toMatchObject([
      { kind: 'replica', id: mia.face.id },
      { kind: 'voice', id: mia.voice.id }
    ])
    await card.getByRole('button', { name: 'Dismiss' }).click()
    await desk.button('Close deletions').click()
  })

  await test.step('a voice that Tavus keeps after its face is said to be kept, with the way out', async () => {
    afterReplica = 'counted'
    await desk.openActions('Ben Okafor', 'Erase likeness…')
    await dialog.getByLabel(/^Type \d+ to confirm/).fill('2')
    await dialog.getByRole('button', { name: 'Erase likeness' }).click()
    const card = desk.deletions.getByRole('article').first()
    await expect(card.getByRole('button', { name: 'Dismiss' })).toBeVisible()
    await card.getByRole('button', { name: 'Show items' }).click()
    await expect(
      card.getByText('Voice still in use. Used by 1 replica, according to Tavus.')
    ).toBeVisible()
    await desk.button('Close deletions').click()
    await desk.goTo('Voices')
    await expect(desk.asset(ben.voice.id)).toBeVisible()
    await expect(desk.asset(mia.voice.id)).toHaveCount(0)
  })
})
