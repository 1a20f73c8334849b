import { expect } from '@playwright/test'
import { sampleData } from '../src/sandbox/sample-data.ts'
import { test as base, sandboxKey } from './fixtures.ts'
import { studioNorth } from './pages/accounts.ts'
import { Desk } from './pages/desk.ts'
import { type Prism, type SeenRequest, startPrism } from './prism.ts'

const bucket = 'https://my-example-bucket.s3.us-east-1.amazonaws.com'
const trainVideo = `${bucket}/your-train-video.mp4`
const consentVideo = `${bucket}/your-consent-video.mp4`
const callback = 'https://yourwebsite.com/webhook'

/** The id that the document's examples name. */
const replicaId = 'rf4e9d9790f0'

const test = base.extend<{ readonly prism: Prism }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixture's needs from the pattern.
  prism: async ({}, use) => {
    const prism = await startPrism('conformance/tavus-seeds.yaml')
    await use(prism)
    await prism.close()
  }
})

const isReplicaList = ({ method, path }: SeenRequest): boolean =>
  method === 'GET' && path === '/v2/replicas'

const sent = (prism: Prism, method: string): readonly SeenRequest[] =>
  prism.requests.filter((request) => request.method === method)

/** Takes the draft on the screen from empty to sent, by keyboard and eye. */
const createThroughForm = async (
  desk: Desk,
  form: { readonly name: string; readonly isPersonal: boolean; readonly model: string | null }
): Promise<void> => {
  await desk.field('Replica name').fill(form.name)
  await desk.field('Training video URL').fill(trainVideo)
  if (form.isPersonal) {
    await desk.button('A separate video').click()
    await desk.field('Consent video URL').fill(consentVideo)
  } else await desk.button('Character').click()
  await desk.button('Advanced').click()
  await desk.field('Callback URL').fill(callback)
  if (form.model !== null) await desk.field('Model').fill(form.model)
  await desk.button('Create replica').click()
  const told = desk.page.getByRole('region').getByText(`Training of ${form.name} requested`)
  await expect(told).toBeVisible()
  await desk.button('Dismiss').click()
}

test('every call of the seeds, against a mock that refuses what they do not allow', async ({
  launch,
  prism
}) => {
  test.setTimeout(400_000)
  const { page } = await launch()
  const desk = new Desk(page)

  await test.step('list', async () => {
    await desk.addAccount(studioNorth(prism.origin))
    await desk.goTo('Replicas')
    await expect(desk.asset(replicaId)).toContainText('My Replica')
    await expect
      .poll(() => prism.requests.some(({ query }) => query['replica_type'] === 'system'))
      .toBe(true)
    const lists = prism.requests.filter(isReplicaList)
    const parameters = new Set(lists.flatMap(({ query }) => Object.keys(query)))
    expect([...parameters].sort()).toEqual(['limit', 'page', 'replica_type', 'verbose'])
  })

  await test.step('create the three examples', async () => {
    const forms = [
      { name: 'Rio', isPersonal: true, model: null },
      { name: 'AI', isPersonal: false, model: null },
      { name: 'My phoenix-3 Replica', isPersonal: true, model: 'phoenix-3' }
    ]
    for (const form of forms) {
      await desk.goTo('Replicas')
      await desk.button('New replica').first().click()
      await createThroughForm(desk, form)
    }
    const links = {
      train_video_url: trainVideo,
      callback_url: callback
    }
    const personal = { ...links, consent_video_url: consentVideo }
    expect(sent(prism, 'POST').map(({ path, body }) => [path, body])).toEqual([
      ['/v2/replicas', { ...personal, replica_name: 'Rio' }],
      ['/v2/replicas', { ...links, replica_name: 'AI' }],
      ['/v2/replicas', { ...personal, replica_name: forms[2]?.name, model_name: 'phoenix-3' }]
    ])
  })

  await test.step('watch what was created, by its id', async () => {
    // The first check comes after the interval of the settings: a minute, unless the person chose another.
    const watched = () => prism.requests.map(({ query }) => query['replica_ids'])
    await expect.poll(watched, { timeout: 200_000 }).toContain(replicaId)
    await desk.goTo('Replicas')
    await desk.button('Refresh').click()
    await expect(desk.asset(replicaId)).toContainText('Ready')
    // The mock takes its time for each page; a list that began before the deletion would not show what comes after it.
    await expect(desk.button('Refresh')).toHaveAttribute('aria-busy', 'false', { timeout: 60_000 })
  })

  await test.step('delete a replica softly, then permanently', async () => {
    await desk.hold(0)
    await desk.deleteSoftly('My Replica')
    await expect(page.getByText('My Replica deleted')).toBeVisible()
    expect(sent(prism, 'DELETE')).toHaveLength(1)
    await expect(desk.button('Refresh')).toHaveAttribute('aria-busy', 'false', { timeout: 60_000 })
    await desk.button('Refresh').click()
    await expect(desk.asset(replicaId)).toBeVisible({ timeout: 60_000 })
    await desk.deletePermanently('My Replica')
    await expect.poll(() => sent(prism, 'DELETE').length).toBe(2)
    expect(sent(prism, 'DELETE').map(({ path, query, status }) => [path, query, status])).toEqual([
      [`/v2/replicas/${replicaId}`, {}, 200],
      [`/v2/replicas/${replicaId}`, { hard: 'true' }, 200]
    ])
  })

  expect(prism.violations).toEqual([])
  expect(prism.requests.filter(({ status }) => status === 400 || status === 422)).toEqual([])
})

test('videos are deleted both ways', async ({ launch, prism, sandbox }) => {
  // The seeds have no list of videos, so the account learns of them elsewhere and then moves.
  const [video] = sampleData(sandbox.clock.now()).videos.filter(
    ({ name }) => name === 'Year in review'
  )
  if (video === undefined) throw new Error('No video in the sample data')
  const [first, second] = ['8a4f94e736', '8a4f94e737']
  sandbox.state.addVideo({ ...video, id: first, name: 'First cut' })
  sandbox.state.addVideo({ ...video, id: second, name: 'Second cut' })
  const { page } = await launch()
  const desk = new Desk(page)
  await desk.addAccount(studioNorth(sandbox.origin))
  await desk.goTo('Videos')
  await expect(desk.asset(second)).toBeVisible()
  await desk.goTo('Accounts')
  await desk.button('Edit').click()
  await desk.field('API address').fill(prism.origin)
  await desk.field('API key').fill(sandboxKey)
  await desk.button('Save account').click()
  await desk.goTo('Videos')
  await desk.hold(0)
  await desk.deleteSoftly('First cut')
  await expect.poll(() => sent(prism, 'DELETE').length).toBe(1)
  await desk.deletePermanently('Second cut')
  await expect.poll(() => sent(prism, 'DELETE').length).toBe(2)
  expect(sent(prism, 'DELETE').map(({ path, query, status }) => [path, query, status])).toEqual([
    [`/v2/videos/${first}`, {}, 200],
    [`/v2/videos/${second}`, { hard: 'true' }, 200]
  ])
  await desk.goTo('History')
  await desk.expectHistory('First cut', 'confirmed the deletion')
  expect(prism.violations).toEqual([])
})
