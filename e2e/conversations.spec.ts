import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from '@playwright/test'
import { PERCEPTION_CANARY } from '../src/sandbox/canaries.ts'
import { makeConversation, makeReplica } from '../src/sandbox/sample-data.ts'
import { test } from './fixtures.ts'
import { expectNoViolations } from './pages/axe.ts'
import { answerWithFile, answerWithNewFile, askForReceipt, expectSaved } from './pages/receipts.ts'
import { sweepFolder } from './sweep.ts'

test.use({ sandboxOptions: { seedData: 'empty' } })

const bucket = 'studio-north-recordings'

test('conversations: listed, read only when asked for, and erased with their face', async ({
  connect,
  sandbox,
  userData
}) => {
  const { state } = sandbox
  const nowMs = sandbox.clock.now()
  const face = makeReplica('Mia Chen', nowMs)
  state.addReplica(face)
  const add = (name: string, change = {}) => {
    const talk = { ...makeConversation(name, face.id, nowMs), ...change }
    state.addConversation(talk)
    return talk
  }
  const first = add('First visitor', { recordingBucket: bucket })
  const second = add('Second visitor')
  state.addMemoryStore('visitors-of-mia')
  const { app, page, desk } = await connect()
  const details = page.getByRole('complementary')
  const dialog = page.getByRole('dialog')

  await test.step('each is listed with whom it was held', async () => {
    await desk.goTo('Conversations')
    await expect(desk.asset(first.id)).toBeVisible()
    await expect(page.getByText('2 conversations', { exact: true })).toBeVisible()
  })

  await test.step('the details name the face and the bucket, and nothing that was said', async () => {
    await desk.asset(first.id).click()
    await expect(details.getByText('Ended', { exact: true })).toBeVisible()
    await expect(details.getByRole('button', { name: 'Show Mia Chen' })).toBeVisible()
    await expect(details.getByText(bucket).first()).toBeVisible()
    await expectNoViolations(page, 'details of a conversation')
  })

  const verbose = () => sandbox.requests.filter(({ query }) => query['verbose'] === 'true')
  const asked = () => verbose().filter(({ path }) => path.startsWith('/v2/conversations'))

  await test.step('what was said is requested once the person asks for it, and saved where they say', async () => {
    expect(asked()).toEqual([])
    const transcript = details.getByRole('region', { name: 'Transcript' })
    await transcript.getByRole('button', { name: 'Show transcript' }).click()
    await expect(transcript.getByText('When are you open on Saturdays?')).toBeVisible()
    expect(asked().map(({ path }) => path)).toEqual([`/v2/conversations/${first.id}`])
    await expectNoViolations(page, 'a transcript')
    const path = await answerWithNewFile(app)
    await transcript.getByRole('button', { name: 'Save transcript…' }).click()
    await expect(page.getByText('Transcript saved')).toBeVisible()
    expect(readFileSync(path, 'utf8')).toContain('Visitor: When are you open on Saturdays?')
    await details.getByRole('button', { name: 'Close details' }).click()
    expect(sweepFolder(userData, ['When are you open on Saturdays?', PERCEPTION_CANARY])).toEqual(
      []
    )
  })

  await test.step('everything of a person is saved with the transcript that was chosen, and no other', async () => {
    await desk.goTo('People')
    await desk.button('Add person').first().click()
    await desk.field('Name').fill('Mia Chen')
    await desk.field('Auto-assign by name').fill('Mia Chen')
    await desk.button('Save person').click()
    const section = page.getByRole('region', { name: 'Save everything' })
    const box = (name: string | RegExp) => section.getByRole('checkbox', { name })
    await box('Include the transcripts of 2 conversations').check()
    await box(/^Second visitor/).uncheck()
    await expect(box('Include the transcript of 1 conversation (of 2)')).toBeVisible()
    await expectNoViolations(page, 'transcripts to choose from')
    await answerWithFile(app, mkdtempSync(join(tmpdir(), 'everything-')))
    await section.getByRole('button', { name: 'Save everything…' }).click()
    await expect(section.getByText(/^Saved to /)).toBeVisible()
    const path = `/v2/conversations/${first.id}`
    expect(asked().map((request) => request.path)).toEqual([path, path])
    await desk.goTo('Conversations')
  })

  await test.step('one is deleted softly', async () => {
    await desk.hold(0)
    await desk.deleteSoftly('Second visitor')
    await expect(desk.asset(second.id)).toHaveCount(0)
    expect(sandbox.requests.filter(({ method }) => method === 'DELETE')).toMatchObject([
      { path: `/v2/conversations/${second.id}`, query: {} }
    ])
  })

  await test.step('erasing the face takes the conversation first, and names what stays with whom', async () => {
    await desk.goTo('Replicas')
    await desk.openActions('Mia Chen', 'Erase likeness…')
    await expect(dialog.getByText(`Recordings in your bucket ${bucket}`)).toBeVisible()
    await expect(dialog.getByText('Memory store visitors-of-mia')).toBeVisible()
    await dialog.getByLabel(/^Type \d+ to confirm/).fill('2')
    await dialog.getByRole('button', { name: 'Erase likeness' }).click()
    const card = desk.deletions.getByRole('article').first()
    await expect(card.getByRole('button', { name: 'Dismiss' })).toBeVisible()
    const sent = sandbox.requests.filter(({ method }) => method === 'DELETE').slice(1)
    expect(sent.map(({ path, query }) => [path, query['hard']])).toEqual([
      [`/v2/conversations/${first.id}`, 'true'],
      [`/v2/replicas/${face.id}`, 'true']
    ])
    const path = await answerWithNewFile(app)
    await askForReceipt(page)
    await expectSaved(page)
    const receipt = JSON.parse(readFileSync(path, 'utf8'))
    expect(receipt.survives).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ kind: 'recording', name: bucket, reason: 'not-offered' }),
        expect.objectContaining({ kind: 'memory', id: 'visitors-of-mia', reason: 'others-data' })
      ])
    )
  })

  expect(asked()).toHaveLength(2)
})
