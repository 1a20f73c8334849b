import { join } from 'node:path'
import { expect, type Page } from '@playwright/test'
import { display, test } from './fixtures.ts'

const projectRoot = join(import.meta.dirname, '..')

/** What of the benches is used here; they are plain scripts. */
interface Benches {
  readonly seedLibrary: (folder: string, replicaCount: number) => Promise<void>
  readonly openEye: (env: NodeJS.ProcessEnv) => Promise<{ close(): void }>
  readonly startAlone: (folder: string, userDataDir: string, env: NodeJS.ProcessEnv) => unknown
  readonly learn: (eye: unknown, start: () => unknown) => Promise<Look>
  readonly timeOnDisplay: (
    eye: unknown,
    start: () => unknown,
    look: Look
  ) => Promise<{ readonly seenMs: number; readonly answeredMs: number }>
}

interface DraftBenches {
  readonly tableRow: string
  readonly makeDrafts: (page: Page, count: number) => Promise<void>
  readonly timeKeys: (page: Page, count: number) => Promise<readonly number[]>
  readonly slowFrames: (
    page: Page,
    selector: string | null,
    way: 'wheel' | 'jump',
    frameCount: number
  ) => Promise<number>
}

interface Picture {
  readonly columns: string
  readonly count: number
}

interface Look {
  readonly before: Picture
  readonly after: Picture
}

const load = async (file: string): Promise<Partial<Benches & DraftBenches>> =>
  import(new URL(`../bench/${file}`, import.meta.url).href)

test('the bench of the start finds the faces on the display, clicks one and sees the answer', async ({
  userData
}) => {
  const { seedLibrary, openEye, startAlone, learn, timeOnDisplay } = {
    ...(await load('seed-library.mjs')),
    ...(await load('eye.mjs'))
  } as Benches
  await seedLibrary(userData, 30)
  const env = { ...process.env, ...display() }
  const eye = await openEye(env)
  const start = () => startAlone(projectRoot, userData, env)
  const look = await learn(eye, start)
  expect(look.before.count).toBeGreaterThan(5)
  expect(JSON.parse(look.before.columns).length).toBeGreaterThan(3)
  expect(look.after).not.toEqual(look.before)
  const { seenMs, answeredMs } = await timeOnDisplay(eye, start, look)
  expect(seenMs).toBeGreaterThan(0)
  expect(answeredMs).toBeGreaterThan(seenMs)
  eye.close()
})

test('the bench of drafts makes a table of them, scrolls it and moves through it by key', async ({
  connect
}) => {
  const { makeDrafts, slowFrames, tableRow, timeKeys } = {
    ...(await load('drafts-500.bench.mjs')),
    ...(await load('scrolling.mjs'))
  } as DraftBenches
  const { page } = await connect('Amara')
  await makeDrafts(page, 60)
  const first = await page.locator(tableRow).first().getAttribute('data-key')
  expect(await timeKeys(page, 5)).toHaveLength(5)
  expect(await page.evaluate(() => document.activeElement?.getAttribute('data-key'))).not.toBe(
    first
  )
  const share = await slowFrames(page, tableRow, 'jump', 20)
  expect(share).toBeGreaterThanOrEqual(0)
  expect(share).toBeLessThanOrEqual(100)
})
