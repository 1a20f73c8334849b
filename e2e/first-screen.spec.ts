import {
  copyFileSync,
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync
} from 'node:fs'
import { join } from 'node:path'
import { runInNewContext } from 'node:vm'
import type { ElectronApplication, Page } from '@playwright/test'
import { expect } from '@playwright/test'
import type { Bridge } from '../src/shared/ipc/bridge.ts'
import { sandboxKey, test } from './fixtures.ts'
import { Desk } from './pages/desk.ts'
import { sweepFolder } from './sweep.ts'

const projectRoot = join(import.meta.dirname, '..')
const renderer = join(projectRoot, 'out', 'renderer')

/** What the page was given to draw, before anything was asked for. */
const given = async (page: Page): Promise<string> =>
  (await page.locator('#first-screen').textContent()) ?? ''

const lookAt = (app: ElectronApplication) =>
  app.evaluate(({ BrowserWindow, screen }) => {
    const [window] = BrowserWindow.getAllWindows()
    if (window === undefined) throw new Error('No window')
    return { window: window.getBounds(), display: screen.getPrimaryDisplay().bounds }
  })

test('the window draws what the last run left, acts by what the core says, and keeps nothing that is erased', async ({
  connect,
  launch,
  userData
}) => {
  const file = join(userData, 'first-screen.json')
  const older = join(userData, 'older')
  const names = ['Amara Osei', 'Bea Lind']
  /** Under every arrangement of displays that is known, as each test has a display of its own. */
  const leaveWindowAt = (place: { x: number; y: number; width: number; height: number }) => {
    const settings = join(userData, 'settings.json')
    const { windows, ...rest } = JSON.parse(readFileSync(settings, 'utf8'))
    const arrangements = Object.keys(windows)
    expect(arrangements).not.toEqual([])
    const moved = arrangements.map((key) => [key, { ...place, isMaximized: false }])
    writeFileSync(settings, JSON.stringify({ ...rest, windows: Object.fromEntries(moved) }))
  }
  const first = await connect(...names)
  const smallCopies = () =>
    readdirSync(join(userData, 'thumbnails')).filter((name) => name.endsWith('.208.webp'))
  await expect.poll(smallCopies).toHaveLength(names.length)
  const noted = () => (existsSync(file) ? readFileSync(file, 'utf8') : '')
  await expect.poll(noted, { timeout: 20_000 }).toContain('"look":{')
  await first.quit()

  await test.step('the file is for its owner alone, and holds no key and no address', () => {
    const text = readFileSync(file, 'utf8')
    for (const name of names) expect(text).toContain(name)
    expect(statSync(file).mode & 0o777).toBe(0o600)
    for (const secret of [sandboxKey, sandboxKey.slice(-4), 'http:', 'https:', 'sig=']) {
      expect(text).not.toContain(secret)
    }
  })

  await test.step('what is pressed at once happens once', async () => {
    const { page, quit } = await launch()
    const desk = new Desk(page)
    expect(await given(page)).toContain('Amara Osei')
    const shorterSides = () =>
      page.evaluate(() =>
        [...document.images].map(({ naturalWidth, naturalHeight }) =>
          Math.min(naturalWidth, naturalHeight)
        )
      )
    await expect.poll(shorterSides).toEqual([208, 208])
    await desk.button('New replica').click()
    const drafts = page.getByRole('region', { name: /^Draft \d/ })
    await expect(drafts).toHaveCount(1)
    // A page that is loaded again is given nothing: by then the core knows more.
    await page.reload()
    expect(await given(page)).toBe('null')
    await expect(page.getByText('Amara Osei')).toBeVisible()
    await page.getByRole('button', { name: 'New replica' }).click()
    await expect(drafts).toHaveCount(1)
    copyFileSync(file, older)
    await page.evaluate(
      async (ref) => {
        await (window as unknown as { app: Bridge }).app.assetRename({
          ref,
          name: 'Cleo Marchetti'
        })
      },
      {
        accountId: JSON.parse(readFileSync(older, 'utf8').split('\n')[1] ?? '').accounts[0].id,
        kind: 'replica',
        id: first.replicas[1]?.id
      } as Parameters<Bridge['assetRename']>[0]['ref']
    )
    await quit()
    expect(readFileSync(file, 'utf8')).toContain('Cleo Marchetti')
  })

  await test.step('the faces stood there before the window was drawn', async () => {
    const { page, quit } = await launch()
    await expect(page.getByText('Amara Osei')).toBeVisible()
    const looks = await page.evaluate(() => performance.getEntriesByName('first-look').length)
    expect(looks).toBe(1)
    await quit()
  })

  await test.step('a press on a face at once opens its details, whatever has drawn it', async () => {
    const { page, quit } = await launch()
    await expect.poll(() => page.evaluate(() => document.images.length)).toBe(2)
    const face = await page.evaluate(() => document.images[0]?.getBoundingClientRect().toJSON())
    await page.mouse.click(face.x + face.width / 2, face.y + face.height / 2)
    await expect(page.getByRole('complementary', { name: /^Details/ })).toBeVisible()
    await quit()
  })

  await test.step('an older file gives way to what the core holds; the window is where it was left', async () => {
    copyFileSync(older, file)
    rmSync(older)
    leaveWindowAt({ x: 40, y: 30, width: 900, height: 640 })
    const { app, page, quit } = await launch()
    expect((await lookAt(app)).window).toEqual({ x: 40, y: 30, width: 900, height: 640 })
    expect(await given(page)).toContain('Bea Lind')
    await expect(page.getByText('Cleo Marchetti')).toBeVisible()
    await expect(page.getByText('Bea Lind')).toHaveCount(0)
    await quit()
  })

  await test.step('a damaged one is none; an account that is removed takes its names along', async () => {
    truncateSync(file, statSync(file).size - 20)
    // Where a second display was that is gone: nobody could drag the window back from there.
    leaveWindowAt({ x: 20_000, y: 30, width: 900, height: 640 })
    const { app, page, quit } = await launch()
    const { window: place, display } = await lookAt(app)
    expect(place.x).toBeGreaterThanOrEqual(display.x)
    expect(place.x + place.width).toBeLessThanOrEqual(display.x + display.width)
    expect(await given(page)).toBe('null')
    await expect(page.getByText('Cleo Marchetti')).toBeVisible()
    await page.evaluate(async () => {
      const { app } = window as unknown as { app: Bridge }
      const history = await app.historyTimeline({
        search: '',
        personId: null,
        kind: null,
        outcome: null,
        by: null,
        fromAt: null,
        untilAt: null,
        accountId: null,
        group: 'all',
        beforeSeq: null,
        limit: 1
      })
      const boot = await app.appBootstrap({})
      if (!history.ok || !boot.ok) throw new Error('The core does not answer')
      for (const { id } of boot.value.accounts) await app.accountRemove({ accountId: id })
    })
    await expect(page.getByRole('button', { name: 'Add account' }).first()).toBeVisible()
    await quit()
    expect(existsSync(file)).toBe(true)
    // The history keeps names, in the database and in its copies; it says so.
    const hits = sweepFolder(userData, [...names, 'Cleo Marchetti', 'Studio North'])
    expect(hits.filter((hit) => !hit.includes('.sqlite'))).toEqual([])
  })
})

/** A catalog, as it stands in a script. */
const catalog = /JSON\.parse\((?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|`(?:[^`\\]|\\.)*`)\)/g

/** A built script: the ids that it asks for, and those of the messages that it holds. */
const readScript = (path: string, ids: readonly string[]) => {
  const text = readFileSync(path, 'utf8')
  const code = text.replaceAll(catalog, '')
  const named = [...code.matchAll(/(?<=["'`])[\w-]+(?:\.[\w-]+)*(?:\.(?=["'`$])|(?=["'`]))/g)]
  const words = new Set(named.map(([word]) => word))
  const begun = [...words].filter((word) => word.endsWith('.'))
  return {
    asks: ids.filter((id) => words.has(id) || begun.some((start) => id.startsWith(start))),
    holds: [...text.matchAll(catalog)]
      .map(([parsed]) => Object.keys(runInNewContext(parsed)))
      .filter((keys) => keys.some((key) => ids.includes(key)))
  }
}

test('each sentence of the window is there before the code that says it, and no sentence of main', () => {
  const ids = Object.keys(
    JSON.parse(
      readFileSync(join(projectRoot, 'src', 'shared', 'messages', 'en-US.json'), 'utf8')
    ) as Record<string, string>
  )
  const page = readFileSync(join(renderer, 'index.html'), 'utf8')
  const assets = join(renderer, 'assets')
  const scripts = readdirSync(assets)
    .filter((name) => name.endsWith('.js'))
    .map((name) => ({ isFirst: page.includes(name), ...readScript(join(assets, name), ids) }))
  const [start] = scripts.filter(({ isFirst }) => isFirst)
  const [first = []] = start?.holds ?? []
  const isFirst = new Set(first)
  expect(first.length).toBeGreaterThan(100)
  expect(start?.asks.filter((id) => !isFirst.has(id))).toEqual([])
  // Two parts in each of two languages, with the same ids; the English one's first part is in the first script.
  const parts = scripts.flatMap(({ holds }) => holds)
  const later = parts.filter(([id = '']) => !isFirst.has(id))
  expect(parts.filter((part) => !later.includes(part))).toEqual([first, first])
  expect(later).toEqual([later[0], later[0]])
  const held = new Set([...first, ...(later[0] ?? [])])
  expect(held.size).toBe(first.length + (later[0]?.length ?? 0))
  expect(scripts.flatMap(({ asks }) => asks.filter((id) => !held.has(id)))).toEqual([])
  expect(held.has('menu.file')).toBe(false)
})

test('no sheet names a color of the component library that none declares', () => {
  const assets = join(renderer, 'assets')
  const sheets = readdirSync(assets)
    .filter((name) => name.endsWith('.css'))
    .map((name) => readFileSync(join(assets, name), 'utf8'))
    .join('')
  const found = (pattern: RegExp) => new Set([...sheets.matchAll(pattern)].map(([, name]) => name))
  const declared = found(/(--mantine-color-[a-z]+-\d):/g)
  expect(declared).toContain('--mantine-color-gray-0')
  expect(declared).not.toContain('--mantine-color-pink-0')
  const used = found(/var\((--mantine-color-[a-z]+-\d)\)/g)
  expect([...used].filter((name) => !declared.has(name))).toEqual([])
})

/** What the sizes that were agreed to are called, by the endings of the files. */
const parts: Readonly<Record<string, string>> = { css: 'sheet', js: 'script', woff2: 'font' }

test('the first screen is one script, one sheet and one font, none more than 5 % larger than agreed', () => {
  const page = readFileSync(join(renderer, 'index.html'), 'utf8')
  const named = [...page.matchAll(/(?:src|href)="\.\/([^"]+)"/g)].map(([, path]) => path ?? '')
  const agreed: Record<string, number> = JSON.parse(
    readFileSync(join(projectRoot, 'scripts', 'first-screen-bytes.json'), 'utf8')
  )
  expect(named.map((path) => path.split('.').at(-1)).sort()).toEqual(Object.keys(parts))
  for (const path of named) {
    const most = (agreed[parts[path.split('.').at(-1) ?? ''] ?? ''] ?? 0) * 1.05
    expect(
      statSync(join(renderer, path)).size,
      `${path}; if that is meant, agree to it in scripts/first-screen-bytes.json`
    ).toBeLessThanOrEqual(most)
  }
})
