import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type ElectronApplication, expect, type Page } from '@playwright/test'
import type { Bridge } from '../src/shared/ipc/bridge.ts'
import type { SandboxOptions } from '../test/sandbox/faulty-sandbox.ts'
import { sandboxKey, test } from './fixtures.ts'
import { Desk } from './pages/desk.ts'
import { sweepFolder } from './sweep.ts'

test.use({ sandboxOptions: { seedData: { replicas: 2, videos: 2 } } satisfies SandboxOptions })

const name = 'Ana <b>Östberg</b>'

const listedRefs = (page: Page) =>
  page.evaluate(async () => {
    const { app } = window as unknown as { app: Bridge }
    const query = { accountId: null, origin: 'own', statuses: null, models: null } as const
    const rest = { createdSinceAt: null, presence: 'listed', parentId: null } as const
    const range = {
      personId: null,
      tag: null,
      search: '',
      sort: 'name-asc',
      offset: 0,
      limit: 100
    } as const
    const refs = []
    for (const kind of ['replica', 'video'] as const) {
      const listed = await app.assetList({ kind, ...query, ...rest, ...range })
      if (listed.ok) refs.push(...listed.value.rows.map(({ ref }) => ref))
    }
    return refs
  })

/** Ties everything that is listed to one person. */
const tieAll = async (page: Page) => {
  const refs = await listedRefs(page)
  await page.evaluate(
    async ({ all, personName }) => {
      const { app } = window as unknown as { app: Bridge }
      const saved = await app.personSave({
        id: null,
        name: personName,
        nameRule: null,
        consent: { note: 'For product films', agreedOn: '2026-11-01', untilOn: null }
      })
      if (!saved.ok) throw new Error(saved.error.kind)
      await app.personAssign({ refs: [...all], personId: saved.value[0]?.id ?? null })
    },
    { all: refs, personName: name }
  )
}

const choose = (app: ElectronApplication, folder: string) =>
  app.evaluate(({ dialog }, path) => {
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [path] })
  }, folder)

const openPerson = async (page: Page) => {
  const desk = new Desk(page)
  await desk.goTo('People')
  await page.getByRole('button', { name }).click()
  return page.getByRole('region', { name: 'Save everything' })
}

/** The index as Chromium shows it: without the app's page around it. */
const showIndex = async (app: ElectronApplication, path: string): Promise<Page> => {
  const opened = app.waitForEvent('window')
  await app.evaluate(async ({ BrowserWindow }, file) => {
    const window = new BrowserWindow({
      width: 1100,
      height: 900,
      webPreferences: { partition: 'saved' }
    })
    await window.loadFile(file)
  }, path)
  return opened
}

test('everything of a person is saved, also after a kill, and opens in a browser', async ({
  connect,
  launch,
  sandbox
}, info) => {
  const first = await connect()
  await first.desk.goTo('Videos')
  await expect.poll(async () => (await listedRefs(first.page)).length).toBe(4)
  await tieAll(first.page)
  const folder = mkdtempSync(join(tmpdir(), 'everything-'))
  const filesBelow = () =>
    readdirSync(folder, { recursive: true }).filter((file) => /\.(?:png|mp4)$/.test(String(file)))

  await test.step('the app is killed while a film is on its way', async () => {
    const held = {
      match: { path: /\/download\// },
      effect: { kind: 'drip', everyMs: 60_000 }
    } as const
    sandbox.mediaFaults.add({ ...held, times: 1 })
    await choose(first.app, folder)
    const section = await openPerson(first.page)
    await section.getByRole('button', { name: 'Save everything…' }).click()
    await expect(section.getByRole('progressbar')).toBeVisible()
    await expect.poll(() => filesBelow().length).toBeGreaterThan(1)
    await expect.poll(() => sandbox.mediaFaults.hits).toEqual([1])
    await first.crash()
  })
  const whole = filesBelow()
  const [folderName = ''] = readdirSync(folder)
  const root = join(folder, folderName)

  const second = await launch()
  const { app, page } = second
  await choose(app, folder)
  await test.step('it goes on in the same folder, and fetches what was not whole', async () => {
    const section = await openPerson(page)
    await section.getByRole('button', { name: 'Save everything…' }).click()
    await expect(section.getByText(`Saved to ${folderName}`)).toBeVisible()
    await expect(section).toContainText('with checksums and a signed receipt.')
    expect(readdirSync(folder)).toEqual([folderName])
    expect(filesBelow()).toEqual(expect.arrayContaining(whole))
    expect(filesBelow().length).toBeGreaterThan(whole.length)
    expect(sweepFolder(folder, [sandboxKey])).toEqual([])
  })

  await test.step('the sums and the receipt are right', async () => {
    const sums = execFileSync('sha256sum', ['-c', '--strict', 'SHA256SUMS'], { cwd: root })
    expect(sums.toString()).not.toContain('FAILED')
    const verifier = join(import.meta.dirname, '..', 'resources', 'verify-receipt.mjs')
    const verdict = execFileSync('node', [verifier, join(root, 'receipt.json')]).toString()
    expect(verdict).toMatch(/^GOOD {2}receipt receipt\.json/)
    expect(verdict).toContain(
      JSON.parse(readFileSync(join(root, 'receipt.json'), 'utf8')).folder.sumsSha256
    )
  })

  await test.step('the index shows pictures and films, in light and dark', async () => {
    const index = await showIndex(app, join(root, 'index.html'))
    const refused: string[] = []
    index.on('console', (message) => refused.push(message.text()))
    index.on('request', (request) => {
      if (!request.url().startsWith('file:')) refused.push(request.url())
    })
    await index.reload()
    await expect(
      index.getByRole('heading', { level: 1, name: `Everything of ${name}` })
    ).toBeVisible()
    await expect(index.getByRole('article')).toHaveCount(4)
    await expect(index.getByText('For product films')).toBeVisible()
    const arePicturesThere = () =>
      index.evaluate(() =>
        [...document.images].map((image) => image.complete && image.naturalWidth > 0)
      )
    await expect.poll(arePicturesThere).toEqual(expect.arrayContaining([true]))
    await expect.poll(arePicturesThere).not.toContain(false)
    const areFilmsThere = () =>
      index.evaluate(() =>
        [...document.querySelectorAll('video')].map(({ videoWidth }) => videoWidth > 0)
      )
    await expect.poll(areFilmsThere).toEqual(expect.arrayContaining([true]))
    await expect.poll(areFilmsThere).not.toContain(false)
    const grounds = new Set<string>()
    for (const colorScheme of ['light', 'dark'] as const) {
      await index.emulateMedia({ colorScheme })
      const ground = () => index.evaluate(() => getComputedStyle(document.body).backgroundColor)
      await expect
        .poll(ground)
        .toBe(colorScheme === 'light' ? 'rgb(250, 250, 251)' : 'rgb(23, 24, 27)')
      grounds.add(await ground())
      const picture = await index.screenshot({ path: info.outputPath(`index-${colorScheme}.png`) })
      expect(picture.length).toBeGreaterThan(20_000)
    }
    expect(grounds.size).toBe(2)
    expect(refused).toEqual([])
  })
  rmSync(folder, { recursive: true })
})
