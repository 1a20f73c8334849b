import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expectNoViolations } from '../pages/axe.ts'
import { stepBack, stops } from '../pages/stops.ts'
import { tabRound } from '../pages/tab-round.ts'
import { expect, test } from './fixtures.ts'

/** These lean on what main makes of a draft; a draft is looked at where it is dropped. */
const ofMain = [
  'drafts',
  'the statement to read aloud',
  'changing all drafts',
  'discarding all drafts'
]

test('axe has nothing against the screens, in either theme', async ({ engine: { page, desk } }) => {
  for (const { name, open, close } of stops.filter((stop) => !ofMain.includes(stop.name))) {
    await test.step(name, async () => {
      await open(desk, page)
      await expect(page.locator('h1').first()).toBeAttached()
      await expectNoViolations(page, name)
      await close?.(page)
      if (close === stepBack) await expect(page.getByRole('dialog')).toHaveCount(0)
    })
  }
  for (const place of ['Models', 'Versions', 'People'] as const) {
    await test.step(place, async () => {
      await desk.goTo(place)
      await expect(page.getByRole('heading', { name: place, level: 1 })).toBeVisible()
      await expectNoViolations(page, place)
    })
  }
})

test('the policy of the app stands, and refuses what it should', async ({ engine }) => {
  const { page, takeRefused } = engine
  expect(await takeRefused(), 'the page as it is').toEqual([])
  const done = await page.evaluate(async () => {
    const add = (name: string, text: string): void => {
      const element = document.createElement(name)
      element.textContent = text
      document.head.append(element)
    }
    add('script', 'window.wasRun = true')
    add('style', 'body { opacity: 0 }')
    // Text handed to a timer is evaluated by the page itself, so the page's policy decides.
    window.setTimeout('window.wasEvaluated = true', 0)
    const fetched = await fetch('/index.html').then(
      () => 'answered',
      () => 'refused'
    )
    await new Promise((resolve) => setTimeout(resolve, 0))
    const { opacity } = getComputedStyle(document.body)
    return { fetched, opacity, wasRun: 'wasRun' in window, wasEvaluated: 'wasEvaluated' in window }
  })
  expect(done).toEqual({ fetched: 'refused', opacity: '1', wasRun: false, wasEvaluated: false })
  const directives = (await takeRefused()).map((refusal) => refusal.split(' ')[0]).sort()
  expect(directives).toEqual(['connect-src', 'script-src', 'script-src-elem', 'style-src-elem'])
})

test('everything is reached and done by keyboard', async ({ engine: { page, desk, main } }) => {
  const inputsOf = (name: string) =>
    main.asked.filter((asked) => asked.name === name).map(({ input }) => input)
  const field = page.getByRole('combobox', { name: /^Search commands/ })

  await test.step('Tab comes to every place and every action, and around again', async () => {
    const round = await tabRound(page)
    const places = ['Replicas', 'Videos', 'Models', 'History', 'Accounts', 'Settings']
    const others = ['Search', 'Refresh', 'New replica', 'Mine', 'Stock']
    for (const name of [...places, ...others]) expect(round.join('\n')).toContain(name)
    const order = places.map((place) => round.findIndex((name) => name.includes(` ${place}`)))
    expect(order).toEqual(order.toSorted((one, other) => one - other))
  })

  await test.step('the arrows move among the faces, and Enter opens one', async () => {
    await page.getByRole('gridcell').first().focus()
    await page.keyboard.press('ArrowRight')
    await expect(page.getByRole('gridcell').nth(1)).toBeFocused()
    await page.keyboard.press('Enter')
    await expect(page.getByRole('complementary')).toContainText('Ananya Osei')
    await page.keyboard.press('Escape')
  })

  await test.step('the palette takes what is typed, and goes there', async () => {
    await page.keyboard.press('Control+k')
    await expect(field).toBeFocused()
    await page.keyboard.type('histo go')
    await page.keyboard.press('Enter')
    await expect(page.getByRole('heading', { name: 'History', level: 1 })).toBeVisible()
    await expect(field).toHaveCount(0)
  })

  await test.step('Delete asks for the soft deletion of a replica, by a plan', async () => {
    await page.keyboard.press('Control+1')
    await page.getByRole('gridcell').first().focus()
    await page.keyboard.press('Delete')
    await expect.poll(() => inputsOf('deletion:start')).toHaveLength(1)
    expect(inputsOf('plan:make')).toMatchObject([
      { subject: { scope: 'assets', refs: [{ id: 'r000000000' }] }, choices: { mode: 'soft' } }
    ])
  })

  await test.step('Delete opens the plan of a model, which nothing starts until its name is typed', async () => {
    await page.keyboard.press('Control+3')
    const cell = desk.asset('lab/portrait')
    await cell.focus()
    await page.keyboard.press('Delete')
    const typed = desk.field('Type the name to confirm')
    await expect(typed).toBeVisible()
    await expect(desk.button('Delete model')).toBeDisabled()
    await page.keyboard.press('Escape')
    await expect(page.getByRole('dialog')).toHaveCount(0)
    await expect(cell).toBeFocused()
    expect(inputsOf('deletion:start')).toHaveLength(1)
  })
})

test('a link, a file of links and a video are dropped', async ({
  engine: { page, desk, main }
}) => {
  const folder = mkdtempSync(join(tmpdir(), 'replica-desk-drop-'))
  const file = (name: string, text: string): string => {
    const path = join(folder, name)
    writeFileSync(path, text)
    return path
  }
  const lastOf = (name: string) => main.asked.findLast((asked) => asked.name === name)?.input
  const link = 'https://files.example/take.mp4'

  await test.step('a link', async () => {
    await desk.drop({
      items: [
        { mimeType: 'text/uri-list', data: link },
        { mimeType: 'text/plain', data: link }
      ]
    })
    await expect(desk.drafts).toHaveCount(1)
    expect(lastOf('draft:add')).toMatchObject({ text: link, fileName: null })
    await expectNoViolations(page, 'a draft')
    await desk.discardDrafts()
  })

  await test.step('a file of links', async () => {
    await desk.drop({ files: [file('takes.txt', `${link}\n`)] })
    await expect.poll(() => lastOf('draft:add')).toMatchObject({ fileName: 'takes.txt' })
  })

  await test.step('a video', async () => {
    await desk.drop({ files: [file('take.mp4', 'a film')] })
    await expect
      .poll(() => lastOf('draft:addVideoFiles'))
      .toMatchObject({
        paths: ['/dropped/take.mp4']
      })
  })
  rmSync(folder, { recursive: true })
})

test('the faces are drawn, on light and on dark', async ({ engine: { page } }, info) => {
  const drawn = () =>
    page.evaluate(() => [...document.images].filter((image) => image.naturalWidth > 0).length)
  await expect.poll(drawn).toBe(6)
  for (const [theme, color] of [
    ['light', 'rgb(245, 245, 246)'],
    ['dark', 'rgb(23, 24, 27)']
  ] as const) {
    await page.emulateMedia({ colorScheme: theme })
    await expect(page.locator('body')).toHaveCSS('background-color', color)
    await page.screenshot({ path: info.outputPath(`${theme}.png`) })
  }
})
