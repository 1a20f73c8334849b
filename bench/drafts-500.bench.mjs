import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { median } from '../scripts/lib/measure.mjs'
import { line, measureScrolling, openPlainPage } from './scrolling.mjs'
import { seedLibrary } from './seed-library.mjs'

const draftCount = 500
const frameCount = 300
const rounds = 3
const keyCount = 60

export const name = 'drafts-500'

/** Scrolling a table of 500 drafts beside a plain page of 500 rows, and moving through it by key. */
export async function run(context) {
  const ours = await openDrafts(context, draftCount)
  const plain = await openPlainPage(context, name, draftCount)
  const keys = []
  try {
    const scrolled = await measureScrolling(name, {
      ours: ours.page,
      plain: plain.page,
      selector: tableRow,
      rounds,
      frameCount,
      afterRound: async () => keys.push(...(await timeKeys(ours.page, keyCount)))
    })
    return [...scrolled, line(`${name} arrow key to focused row p50`, 'ms', median(keys), null)]
  } finally {
    await ours.app.close()
    await plain.app.close()
  }
}

/** A row of the table, which has the others around it. */
export const tableRow = '[data-key^="drf_"]'

/** Starts the app with a small library, and so many drafts. */
async function openDrafts({ projectRoot, tempDir, launch }, count) {
  const userDataDir = join(tempDir, `${name}-replica-desk`)
  mkdirSync(userDataDir, { recursive: true })
  await seedLibrary(userDataDir, 10)
  const app = await launch(projectRoot, userDataDir)
  const page = await app.firstWindow()
  await makeDrafts(page, count)
  return { app, page }
}

/** Makes so many drafts of links, none of which leads anywhere, and goes to them. */
export async function makeDrafts(page, count) {
  await page.waitForFunction(() => 'app' in window)
  await page.evaluate(async (wanted) => {
    const links = Array.from(
      { length: wanted },
      (_, index) => `https://take-${index}.invalid/${index}.mp4`
    )
    const answer = await window.app.draftAdd({
      text: links.join('\n'),
      fileName: null,
      accountId: null
    })
    if (!answer.ok) throw new Error(answer.error.kind)
  }, count)
  await page.getByRole('button', { name: 'New replica' }).first().click()
  await page.locator(tableRow).nth(3).waitFor()
}

/** Presses the arrow key so often: how long until the next row has the focus and is painted. */
export async function timeKeys(page, count) {
  await page.locator(tableRow).first().focus()
  return page.evaluate(pressInWindow, count)
}

/** Runs in the window. */
async function pressInWindow(count) {
  const nextFrame = () => new Promise((resolve) => requestAnimationFrame(resolve))
  const elapsed = []
  for (let press = 0; press < count; press += 1) {
    const before = document.activeElement
    const startedAt = performance.now()
    before.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowDown', bubbles: true }))
    while (document.activeElement === before || document.activeElement === document.body) {
      if (performance.now() - startedAt > 5_000) throw new Error('No row took the focus')
      await nextFrame()
    }
    await nextFrame()
    elapsed.push(performance.now() - startedAt)
  }
  return elapsed
}
