import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import { expect } from '@playwright/test'
import { sandboxKey, test } from './fixtures.ts'
import { linkCanaries, presignedLink } from './links.ts'
import { Desk } from './pages/desk.ts'
import { sweepFolder } from './sweep.ts'

const asked = <T extends { readonly method: string }>(requests: readonly T[]) =>
  requests.filter(({ method }) => method === 'POST')

test('files of links are imported through the picker, and the template says which columns there are', async ({
  connect,
  userData
}) => {
  const { app, page, desk } = await connect()
  const folder = join(userData, 'links')
  mkdirSync(folder)
  const file = (name: string, text: string): string => {
    const path = join(folder, name)
    writeFileSync(path, text)
    return path
  }
  await page.keyboard.press('Control+n')
  /** A busy window sometimes tells of no picker, where one was closed just before; a person would press again. */
  const pick = (...files: readonly string[]) =>
    expect(async () => {
      const [chooser] = await Promise.all([
        page.waitForEvent('filechooser', { timeout: 5_000 }),
        desk.button('Import CSV…').click()
      ])
      await chooser.setFiles([...files])
    }).toPass()

  await pick(
    file('takes.txt', `First ${presignedLink('one.mp4')}\n${presignedLink('two.mp4')}`),
    file(
      'takes.csv',
      `Name;Video;Model;Kind\nRobot;${presignedLink('robot.mp4')};phoenix-3;non-human\n`
    ),
    file('notes.docx', 'no')
  )
  await expect(desk.drafts.filter({ hasText: 'one.mp4' })).toHaveCount(1)
  await expect(desk.drafts.filter({ hasText: 'two.mp4' })).toHaveCount(1)
  const robot = await desk.openDraft('Robot')
  await expect(robot.getByLabel('Model', { exact: true })).toHaveValue('phoenix-3')
  await expect(robot.getByRole('button', { name: 'Character' })).toHaveAttribute(
    'aria-pressed',
    'true'
  )
  await expect(page.getByRole('alert')).toContainText('notes.docx is neither a video nor a .url')

  await test.step('a picker that is closed again changes nothing', async () => {
    const before = await desk.drafts.count()
    await pick()
    expect(await desk.drafts.count()).toBe(before)
  })

  await test.step('the template is saved, filled in and imported', async () => {
    const path = join(folder, 'template.csv')
    await app.evaluate(({ dialog }, filePath) => {
      dialog.showSaveDialog = async () => ({ canceled: false, filePath })
    }, path)
    await desk.button('Download template').click()
    await expect(page.getByText('Template saved')).toBeVisible()
    const names = readFileSync(path, 'utf8')
    const row = names
      .trim()
      .split(',')
      .map((name) =>
        name === 'train_video_url'
          ? presignedLink('zoe.mp4')
          : name === 'replica_name'
            ? 'Zoe'
            : name === 'type'
              ? 'maybe'
              : ''
      )
    writeFileSync(path, `${names}${row.join(',')}\r\n`)
    await pick(path)
    await expect(desk.drafts.filter({ hasText: 'Zoe' })).toContainText('Type:')
  })

  await test.step('a row says what its file is, and what was found in it', async () => {
    const path = file('take.mp4', 'no video at all')
    await app.evaluate(({ dialog }, filePath) => {
      dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [filePath] })
    }, path)
    await desk.button('Add draft').click()
    const row = page.locator('[data-draft]', { has: page.locator('[aria-expanded="true"]') })
    await expect(row).toContainText('No link or file yet')
    await expect(row).toContainText('Add a link or choose a file to check it.')
    await desk.button('Choose a file…').click()
    await expect(row.locator('[data-key]')).toContainText('take.mp4')
    await expect(row).not.toContainText('No link or file yet')
    await expect(row).not.toContainText('Add a link')
    await expect(row.locator('[data-key] [data-tone="bad"]')).toHaveCount(1)
  })
})

test('all that is ready is created at once, and the rest is discarded after a question', async ({
  connect,
  sandbox
}) => {
  const { page, desk } = await connect()
  await page.keyboard.press('Control+n')
  await desk.dropLinks(['a', 'b', 'c'].map((name) => `https://files.example/${name}.mp4`))
  await expect(desk.drafts).toHaveCount(3)
  for (const [index, file] of ['a.mp4', 'b.mp4'].entries()) {
    await desk.openDraft(file)
    await desk.field('Replica name').fill(`Character ${index}`)
    await desk.button('Character').click()
  }
  await desk.openDraft('c.mp4')
  await desk.button('A separate video').click()
  const all = desk.button('Create all ready')
  await expect(all).toHaveText('Create 2 ready')
  // One of the two is refused: each shows a result of its own.
  sandbox.faults.add({
    match: { method: 'POST', path: '/v2/replicas' },
    effect: { kind: 'answer', status: 400, body: { error: 'Out of training minutes' } },
    afterSkipping: 1,
    times: 1
  })
  await all.click()
  await expect(page.getByText('Tavus accepted 1 of 2')).toBeVisible()
  await expect(desk.drafts.first()).toContainText('Submitted')
  await desk.openDraft('b.mp4')
  await expect(page.getByText('“Out of training minutes”').first()).toBeVisible()
  expect(asked(sandbox.requests)).toHaveLength(2)
  expect(sandbox.state.replicas.map(({ name }) => name)).toEqual(['Character 0'])

  await desk.button('Discard all').click()
  const dialog = page.getByRole('dialog', { name: 'Discard all drafts?' })
  await dialog.getByRole('button', { name: 'Cancel' }).click()
  await expect(desk.drafts).toHaveCount(3)
  await desk.button('Discard all').click()
  await dialog.getByRole('button', { name: 'Discard all' }).click()
  // What is left is the empty form that whoever comes here without a draft is given.
  await expect(desk.drafts).toHaveCount(1)
  await expect(desk.field('Replica name')).toHaveValue('')
  expect(asked(sandbox.requests)).toHaveLength(2)
})

test('500 drafts are rows of one table, worked by keyboard, changed together and brought back', async ({
  connect
}) => {
  const { page, desk } = await connect()
  await page.keyboard.press('Control+n')
  const links = Array.from({ length: 520 }, (_, at) => `https://files.example/take-${at + 1}.mp4`)
  await desk.dropLinks(links)
  await expect(page.getByRole('alert')).toContainText('20 links were left out')
  await expect(page.getByText('500 drafts', { exact: true })).toBeVisible()
  // Only what is in view is drawn, whatever the number.
  expect(await desk.drafts.count()).toBeLessThan(80)
  const row = (at: number) =>
    page.locator('[data-draft] > [aria-expanded]', { hasText: `take-${at}.mp4` })

  await row(1).focus()
  await page.keyboard.press('End')
  await expect(row(500)).toBeFocused()
  await page.keyboard.press('ArrowUp')
  await expect(row(499)).toBeFocused()
  await page.keyboard.press('Enter')
  const card = page.getByRole('region', { name: 'Draft 499: Take 499' })
  await expect(card).toBeVisible()
  await page.keyboard.press('Home')
  await expect(row(1)).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('region', { name: 'Draft 1: Take 1' })).toBeVisible()
  await expect(card).toHaveCount(0)
  await page.keyboard.press('Enter')

  await page.keyboard.press('Delete')
  await expect(page.getByText('499 drafts', { exact: true })).toBeVisible()
  await expect(row(2)).toBeFocused()
  await desk.button('Undo').click()
  await expect(page.getByText('500 drafts', { exact: true })).toBeVisible()

  await desk.button('Apply to all…').click()
  const dialog = page.getByRole('dialog', { name: 'Apply to all drafts' })
  await dialog.getByLabel('Consent statement is in').selectOption('A separate video')
  await dialog.getByRole('button', { name: 'Apply', exact: true }).click()
  await expect(dialog).toHaveCount(0)
  await expect(page.getByText('500 need attention')).toBeVisible()
  await expect(row(2)).toContainText('Consent video URL: Required')
})

test('the statement is read from a teleprompter, with the name that is spoken, and consent is noted', async ({
  connect,
  userData
}) => {
  const { app, page, desk } = await connect()
  await page.keyboard.press('Control+n')
  await desk.field('Training video URL').fill('https://files.example/amara-osei-final2.mp4')
  await expect(desk.field('Name as spoken')).toHaveValue('')
  await desk.field('Name as spoken').fill('Amara Osei')
  await desk.button('Teleprompter').click()
  const prompter = page.getByRole('dialog', { name: 'Teleprompter' })
  const text = prompter.getByText('I, Amara Osei, am currently speaking')
  await expect(text).toBeVisible()
  const start = prompter.getByRole('button', { name: 'Start', exact: true })
  await expect(start).toBeFocused()
  await page.keyboard.press('Space')
  await expect(prompter.getByRole('button', { name: 'Pause' })).toBeVisible()
  await expect.poll(() => text.evaluate(({ style }) => style.transform)).not.toMatch(/^$|\(0px\)/)
  await prompter.getByRole('slider', { name: 'Pace' }).focus()
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('Space')
  await expect(start).toBeVisible()
  await prompter.getByRole('button', { name: 'Mirror' }).click()
  await page.keyboard.press('Escape')
  await expect(prompter).toHaveCount(0)
  await expect(desk.button('Teleprompter')).toBeFocused()

  await test.step('the consent is noted with the file that was recorded', async () => {
    const clip = `${userData}-take.mp4`
    writeFileSync(clip, 'a take')
    await app.evaluate(({ dialog }, filePath) => {
      dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [filePath] })
    }, clip)
    await desk.button('Choose a file…').click()
    await expect(page.getByRole('region', { name: 'Training video file' })).toBeVisible()
    await desk.button('Add consent note…').click()
    const form = page.getByRole('dialog', { name: 'Add consent note' })
    await expect(form.getByLabel('Name as spoken')).toHaveValue('Amara Osei')
    const sha256 = createHash('sha256').update('a take').digest('hex')
    await expect(form).toContainText(sha256)
    await form.getByLabel('Scope').fill('Product videos')
    const found = await new AxeBuilder({ page }).setLegacyMode(true).analyze()
    expect(found.violations.map(({ id }) => id)).toEqual([])
    await form.getByRole('button', { name: 'Save note' }).click()
    await expect(page.getByText('Consent of Amara Osei noted')).toBeVisible()
  })

  await test.step('the note is with the person, exported and removed', async () => {
    await desk.goTo('People')
    await page.getByRole('button', { name: /Amara Osei/ }).click()
    const notes = page.getByRole('region', { name: 'Consent notes' })
    await expect(notes).toContainText('not legal advice')
    await expect(page.getByText(/^Agreed on .*, no end date$/)).toBeVisible()
    await expect(notes).toContainText('Product videos')
    const path = `${userData}-consent.txt`
    await app.evaluate(({ dialog }, filePath) => {
      dialog.showSaveDialog = async () => ({ canceled: false, filePath })
    }, path)
    await notes.getByRole('button', { name: 'Export consent notes…' }).click()
    await expect(page.getByText('Consent notes exported')).toBeVisible()
    expect(readFileSync(path, 'utf8')).toContain('I, Amara Osei, am currently speaking')
    const found = await new AxeBuilder({ page }).setLegacyMode(true).analyze()
    expect(found.violations.map(({ id }) => id)).toEqual([])
    await notes.getByRole('button', { name: 'Remove note' }).click()
    const question = page.getByRole('dialog', { name: 'Remove this consent note?' })
    await question.getByRole('button', { name: 'Remove note' }).click()
    await expect(notes).toContainText('No consent notes yet')
  })
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
  await first.desk.button('A separate video').click()
  await first.desk.field('Consent video URL').fill(presignedLink('consent.mp4', linkCanaries[2]))
  await first.desk.field('Name as spoken').fill('Amara Ngozi Osei')
  await first.desk.button('Advanced').click()
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
  await expect(draft).toContainText('I, Amara Ngozi Osei, am currently speaking')
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
    await desk.button('Advanced').click()
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
