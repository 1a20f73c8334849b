import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, type Page } from '@playwright/test'
import { sandboxKey, test } from './fixtures.ts'
import { linkCanaries, presignedLink } from './links.ts'
import { Desk } from './pages/desk.ts'
import { sweepFolder } from './sweep.ts'

const drafts = (page: Page) => page.getByRole('region', { name: /^Draft \d/ })
const asked = <T extends { readonly method: string }>(requests: readonly T[]) =>
  requests.filter(({ method }) => method === 'POST')

test('files of links are imported through the picker, each as drafts', async ({
  connect,
  userData
}) => {
  const { page, desk } = await connect()
  const folder = join(userData, 'links')
  mkdirSync(folder)
  const file = (name: string, text: string): string => {
    const path = join(folder, name)
    writeFileSync(path, text)
    return path
  }
  await page.keyboard.press('Control+n')
  const pick = async (...files: readonly string[]) => {
    const chooser = page.waitForEvent('filechooser')
    await desk.button('Import…').click()
    await (await chooser).setFiles([...files])
  }

  await pick(
    file('takes.txt', `First ${presignedLink('one.mp4')}\n${presignedLink('two.mp4')}`),
    file(
      'takes.csv',
      `Name;Video;Model;Kind\nRobot;${presignedLink('robot.mp4')};phoenix-3;non-human\n`
    ),
    file('notes.docx', 'no')
  )
  await expect(drafts(page).filter({ hasText: 'one.mp4' })).toHaveCount(1)
  await expect(drafts(page).filter({ hasText: 'two.mp4' })).toHaveCount(1)
  const robot = page.getByRole('region', { name: /^Draft \d: Robot$/ })
  await expect(robot.getByLabel('Model', { exact: true })).toHaveValue('phoenix-3')
  await expect(robot.getByRole('button', { name: 'Character' })).toHaveAttribute(
    'aria-pressed',
    'true'
  )
  await expect(page.getByRole('alert')).toContainText('notes.docx is not a .url')

  await test.step('a picker that is closed again changes nothing', async () => {
    const before = await drafts(page).count()
    await pick()
    expect(await drafts(page).count()).toBe(before)
  })
})

test('all that is ready is created at once, and the rest is discarded after a question', async ({
  connect,
  sandbox
}) => {
  const { page, desk } = await connect()
  await page.keyboard.press('Control+n')
  await desk.dropLinks(['a', 'b', 'c'].map((name) => `https://files.example/${name}.mp4`))
  await expect(drafts(page)).toHaveCount(3)
  for (const index of [0, 1]) {
    await desk.field('Replica name').nth(index).fill(`Character ${index}`)
    await page.getByRole('button', { name: 'Character' }).nth(index).click()
  }
  const all = desk.button('Create all ready (2)')
  await expect(all).toBeEnabled()
  // One of the two is refused: each shows a result of its own.
  sandbox.faults.add({
    match: { method: 'POST', path: '/v2/replicas' },
    effect: { kind: 'answer', status: 400, body: { error: 'Out of training minutes' } },
    afterSkipping: 1,
    times: 1
  })
  await all.click()
  await expect(page.getByText('Tavus accepted 1 of 2')).toBeVisible()
  await expect(page.getByText('Training of Character 0 requested')).toBeVisible()
  await expect(page.getByText('“Out of training minutes”').first()).toBeVisible()
  expect(asked(sandbox.requests)).toHaveLength(2)
  expect(sandbox.state.replicas.map(({ name }) => name)).toEqual(['Character 0'])

  await desk.button('Discard all').click()
  const dialog = page.getByRole('dialog', { name: 'Discard all drafts?' })
  await dialog.getByRole('button', { name: 'Cancel' }).click()
  await expect(drafts(page)).toHaveCount(3)
  await desk.button('Discard all').click()
  await dialog.getByRole('button', { name: 'Discard all' }).click()
  // What is left is the empty form that whoever comes here without a draft is given.
  await expect(drafts(page)).toHaveCount(1)
  await expect(desk.field('Replica name')).toHaveValue('')
  expect(asked(sandbox.requests)).toHaveLength(2)
})

test('after a restart a draft is whole but for its links, which have to be given again', async ({
  connect,
  launch,
  sandbox,
  userData
}) => {
  const first = await connect()
  await first.page.keyboard.press('Control+n')
  await first.desk.field('Training video URL').fill(presignedLink('amara.mp4'))
  await first.desk.field('Consent video URL').fill(presignedLink('consent.mp4', linkCanaries[2]))
  await first.desk.field('Replica name').fill('Amara Osei')
  await first.desk.field('Model').fill('phoenix-3')
  await expect(first.page.getByText(/Consent video link/)).toBeVisible()
  await first.page.keyboard.press('Tab')
  await first.quit()
  expect(sweepFolder(userData, [sandboxKey, ...linkCanaries])).toEqual([])

  const { page } = await launch()
  const desk = new Desk(page)
  await desk.button('New replica').click()
  const draft = page.getByRole('region', { name: 'Draft 1: Amara Osei' })
  await expect(draft).toContainText('Paste these links again: training video and consent video')
  await expect(draft).toContainText('Links stay in memory only')
  await expect(desk.field('Model')).toHaveValue('phoenix-3')
  await expect(draft).toContainText('amara.mp4')
  await desk.button('Create replica').click()
  await expect(desk.field('Training video URL')).toHaveAttribute('aria-invalid', 'true')
  expect(asked(sandbox.requests)).toEqual([])

  await desk.field('Training video URL').fill(presignedLink('amara.mp4'))
  await desk.field('Consent video URL').fill(presignedLink('consent.mp4', linkCanaries[2]))
  await desk.button('Create replica').click()
  await expect(draft).toContainText('Training of Amara Osei requested')
  expect(asked(sandbox.requests)).toHaveLength(1)
})

test('a refusal of Tavus lands on the field that it speaks of', async ({ connect, sandbox }) => {
  const { page, desk } = await connect()
  await page.keyboard.press('Control+n')
  await desk.field('Training video URL').fill('https://files.example/robot.mp4')
  await desk.field('Replica name').fill('Robot')
  await page.getByRole('button', { name: 'Character' }).click()
  const refuse = async (said: string) => {
    sandbox.faults.clear()
    sandbox.faults.add({
      match: { method: 'POST' },
      effect: { kind: 'answer', status: 400, body: { error: said } }
    })
    await desk.button('Create replica').click()
    await expect(page.getByText(`Tavus: “${said}”`)).toHaveCount(1)
  }
  const fields = [
    ['train_video_url is not reachable', desk.field('Training video URL')],
    ['replica_name is too long', desk.field('Replica name')],
    ['Invalid model_name', desk.field('Model')],
    ['callback_url must be https', desk.field('Callback URL')],
    ['background_green_screen is not in your plan', page.getByRole('checkbox', { name: /Green/ })],
    ['Personal replicas need a consent statement', page.getByRole('group', { name: 'Type' })]
  ] as const
  for (const [said, field] of fields) {
    await refuse(said)
    await expect(field, said).toHaveAccessibleDescription(new RegExp(said))
    // Of a group, the choice that was made.
    const chosen = field.locator('[aria-pressed="true"]')
    await expect((await chosen.count()) > 0 ? chosen : field, said).toBeFocused()
  }
  sandbox.faults.clear()
  await desk.button('Create replica').click()
  await expect(page.getByText('Training of Robot requested').first()).toBeVisible()
})

test.describe('after a failed training', () => {
  test.use({
    sandboxOptions: { seedData: 'empty', trainingError: 'The video is too short', timeLapseMs: 1 }
  })

  test('it is created again with all but its links; where no list can tell, the person decides', async ({
    connect,
    sandbox
  }) => {
    const { page, desk } = await connect()
    await page.keyboard.press('Control+n')
    const linkField = desk.field('Training video URL')
    await linkField.fill('https://files.example/robot.mp4')
    await desk.field('Replica name').fill('Robot')
    await page.getByRole('button', { name: 'Character' }).click()
    await desk.field('Model').fill('phoenix-3')
    await page.getByRole('checkbox', { name: 'Green screen background' }).check()
    await desk.button('Create replica').click()
    await desk.button('Show replica').click()
    sandbox.clock.advance(60_000)
    await desk.button('Refresh').click()
    await desk.button('Create again…').click()

    await expect(linkField).toBeFocused()
    await expect(linkField).toHaveValue('')
    await expect(desk.field('Replica name')).toHaveValue('Robot')
    await expect(desk.field('Model')).toHaveValue('phoenix-3')
    await expect(page.getByRole('checkbox', { name: 'Green screen background' })).toBeChecked()
    await desk.field('Model').click()
    await page.getByRole('option', { name: 'Tavus default' }).click()
    await expect(desk.field('Model')).toHaveValue('')

    const refuseLists = {
      match: { method: 'GET' },
      effect: { kind: 'answer', status: 403 }
    } as const
    sandbox.faults.add(refuseLists)
    sandbox.faults.add({
      match: { method: 'POST' },
      effect: { kind: 'reset', when: 'before-processing' },
      times: 1
    })
    await linkField.fill('https://files.example/robot2.mp4')
    await desk.button('Create replica').click()
    await expect(page.getByText('It’s unknown whether Tavus created it')).toBeVisible()
    expect(asked(sandbox.requests)).toHaveLength(2)
    await desk.button('Keep as draft').click()
    sandbox.faults.clear()
    await desk.button('Create replica').click()
    await expect.poll(() => asked(sandbox.requests).length).toBe(3)
    const [first, , third] = asked(sandbox.requests)
    expect(first?.body).toMatchObject({ model_name: 'phoenix-3' })
    expect(third?.body).toEqual({
      train_video_url: 'https://files.example/robot2.mp4',
      replica_name: 'Robot',
      properties: { background_green_screen: true }
    })
  })
})
