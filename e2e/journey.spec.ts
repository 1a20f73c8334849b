import { expect } from '@playwright/test'
import { makeReplica } from '../src/sandbox/sample-data.ts'
import { sandboxKey, test } from './fixtures.ts'
import { recordedIpc, recordIpc } from './ipc-recorder.ts'
import { linkCanaries, presignedLink } from './links.ts'
import { Desk } from './pages/desk.ts'
import { sweepFolder, sweepText } from './sweep.ts'

const hour = 60 * 60 * 1000

test('the main job: connect, list, create, delete, crash, remember, and leave no secret behind', async ({
  launch,
  sandbox,
  userData
}) => {
  const owned = ['Amara Osei', 'Kenji Watanabe', 'Lucía Fernández'].map((name) =>
    makeReplica(name, sandbox.clock.now())
  )
  for (const replica of owned) sandbox.state.addReplica(replica)
  const [amara, kenji, lucia] = owned
  if (amara === undefined || kenji === undefined || lucia === undefined) throw new Error('No data')

  let running = await launch()
  await recordIpc(running.app)
  let desk = new Desk(running.page)

  await test.step('add an account and see its replicas', async () => {
    await desk.addAccount({ name: 'Studio North', key: sandboxKey, address: sandbox.origin })
    await desk.goTo('Replicas')
    for (const { id } of owned) await expect(desk.asset(id)).toBeVisible()
  })

  await test.step('drop two links and create both', async () => {
    await desk.button('New replica').click()
    await desk.dropLinks([
      presignedLink('priya-raman.mp4'),
      presignedLink('robot.mp4', linkCanaries[2])
    ])
    await expect(desk.drafts).toHaveCount(2)
    await desk.openDraft('priya-raman.mp4')
    await desk.button('A separate video').click()
    await desk.field('Consent video URL').fill(presignedLink('priya-consent.mp4'))
    await desk.button('Create replica').click()
    await desk.openDraft('robot.mp4')
    await desk.button('Character').click()
    await desk.button('Create replica').click()
    await expect
      .poll(() => sandbox.state.replicas.map(({ name }) => name))
      .toEqual(expect.arrayContaining(['Priya Raman', 'Robot']))
  })

  await test.step('see the training move', async () => {
    await desk.goTo('Replicas')
    const priya = sandbox.state.replicas.find(({ name }) => name === 'Priya Raman')
    const row = desk.asset(priya?.id ?? '')
    await expect(row).toContainText(/Training/)
    sandbox.clock.advance(2 * hour)
    await desk.button('Refresh').click()
    await expect(row).toContainText(/(4[5-9]|5[0-5])\s*%/)
    sandbox.clock.advance(3 * hour)
    await desk.button('Refresh').click()
    await expect(row).toContainText(/Ready/)
  })

  await test.step('delete one softly, with one click', async () => {
    await desk.hold(5)
    await desk.deleteSoftly('Amara Osei')
    await expect(desk.asset(amara.id)).toContainText('Deleting soon')
    await expect(desk.asset(amara.id)).toHaveCount(0)
  })

  await test.step('delete one permanently; the app is killed while the answer is awaited', async () => {
    sandbox.faults.add({
      match: { method: 'DELETE' },
      effect: { kind: 'hang', processed: true },
      times: 1
    })
    await desk.deletePermanently('Kenji Watanabe')
    await expect.poll(() => sandbox.state.hardDeletions.map(({ id }) => id)).toEqual([kenji.id])
    expect(sweepText(await recordedIpc(running.app), [sandboxKey, ...linkCanaries])).toEqual([])
    await running.crash()
  })

  await test.step('after a restart it is read back, and nothing is sent twice', async () => {
    running = await launch()
    await recordIpc(running.app)
    desk = new Desk(running.page)
    await desk.goTo('History')
    await desk.expectHistory('Kenji Watanabe', 'no longer listed')
    const deletes = sandbox.requests.filter(({ method }) => method === 'DELETE')
    expect(deletes.map(({ path, query }) => [path, query['hard'] ?? null])).toEqual([
      [`/v2/replicas/${amara.id}`, null],
      [`/v2/replicas/${kenji.id}`, 'true']
    ])
    await running.quit()
  })

  await test.step('without the provider, everything can be read in the history', async () => {
    await sandbox.close()
    running = await launch()
    await recordIpc(running.app)
    desk = new Desk(running.page)
    await expect(desk.asset(lucia.id)).toBeVisible()
    await desk.goTo('History')
    await desk.expectHistory('Amara Osei', 'confirmed the deletion')
    await desk.openOperation('Kenji Watanabe', 'no longer listed')
    await desk.expectHistory('Kenji Watanabe', 'permanent')
    await desk.expectHistory('Priya Raman')
    expect(sweepText(await recordedIpc(running.app), [sandboxKey, ...linkCanaries])).toEqual([])
    await running.quit()
  })

  await test.step('no key and no signature lies anywhere', () => {
    expect(sweepFolder(userData, [sandboxKey, ...linkCanaries])).toEqual([])
  })
})
