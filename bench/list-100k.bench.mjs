import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { line, measureScrolling, openPlainPage } from './scrolling.mjs'
import { seedLibrary } from './seed-library.mjs'

const replicaCount = 100_000
const plainRowCount = 2_000
const frameCount = 300
const rounds = 3
const grid = '[role="grid"]'
const searches = [
  'replica 9',
  '77',
  'r000',
  'replica 4242',
  '99999',
  'replica 1',
  '5',
  'r0000000123'
]

export const name = 'list-100k'

/**
 * Scrolling through 100,000 replicas beside a plain page of 2,000 rows, and typing into the filter beside a plain page
 * that has its next rows at hand. What is measured ends with the frame after the one that brought the rows: at 60 frames a
 * second up to 33 ms of it are the display's own.
 */
export async function run(context) {
  const ours = await openLibrary(context)
  const plain = await openPlainPage(context, name, plainRowCount)
  try {
    const scrolled = await measureScrolling(name, {
      ours: ours.page,
      plain: plain.page,
      selector: grid,
      rounds,
      frameCount
    })
    const typed = await typeSearches(ours.page)
    await plain.page.evaluate(answerAtOnce)
    const floor = await typeSearches(plain.page)
    const keystroke = (percent) =>
      line(
        `${name} keystroke to rows p${percent}`,
        'ms',
        percentile(typed, percent),
        percentile(floor, percent)
      )
    return [...scrolled, keystroke(50), keystroke(99)]
  } finally {
    await ours.app.close()
    await plain.app.close()
  }
}

async function openLibrary({ projectRoot, tempDir, launch }) {
  const userDataDir = join(tempDir, 'list-100k-replica-desk')
  mkdirSync(userDataDir, { recursive: true })
  await seedLibrary(userDataDir, replicaCount)
  const app = await launch(projectRoot, userDataDir)
  const page = await app.firstWindow()
  await page.getByRole('button', { name: 'List', exact: true }).click()
  await page.getByRole('row').nth(5).waitFor()
  return { app, page }
}

/** A hand's way from the field that was pressed to the first letter. */
const handMs = 300

/** Runs in the plain page: a field, and twenty rows that become others with each letter. */
function answerAtOnce() {
  document.body.innerHTML = '<input type="search" aria-label="Search"><div role="grid"></div>'
  const rows = document.querySelector('[role="grid"]')
  const list = (text) => {
    rows.dataset.listing = text
    rows.replaceChildren(
      ...Array.from({ length: 20 }, (_, index) =>
        Object.assign(document.createElement('div'), { textContent: `${text} ${index}` })
      )
    )
  }
  list('')
  document.querySelector('input').addEventListener('input', (event) => list(event.target.value))
}

/** For every letter: how long until rows that match are painted. */
async function typeSearches(page) {
  const elapsed = []
  await page.getByRole('searchbox', { name: 'Search' }).click()
  await new Promise((resolve) => setTimeout(resolve, handMs))
  for (const search of searches) {
    for (let length = 1; length <= search.length; length += 1) {
      elapsed.push(await page.evaluate(typeAndWait, search.slice(0, length)))
    }
    await page.evaluate(typeAndWait, '')
  }
  return elapsed
}

/** Runs in the window: types, and waits for the frame after the one that brought the new listing. */
async function typeAndWait(text) {
  // Tells one listing from another.
  const listing = () => document.querySelector('[role="grid"]')?.dataset.listing
  const nextFrame = () => new Promise((resolve) => requestAnimationFrame(resolve))
  const field = document.querySelector('input[type="search"]')
  const setValue = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set
  const before = listing()
  const startedAt = performance.now()
  setValue.call(field, text)
  field.dispatchEvent(new Event('input', { bubbles: true }))
  while (listing() === before || listing() === undefined) await nextFrame()
  await nextFrame()
  return performance.now() - startedAt
}

function percentile(values, percent) {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor((sorted.length * percent) / 100))]
}
