import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { median } from '../scripts/lib/measure.mjs'

/** A frame that took longer than this was missed by the eye at 60 a second. */
const slowFrameMs = 25
/** What a quick turn of a wheel moves within a frame. */
const wheelStepPx = 240

/** The floor: as many rows in an ordinary page without any script of ours. */
export async function openPlainPage({ projectRoot, tempDir, launch }, name, rowCount) {
  const userDataDir = join(tempDir, `${name}-plain`)
  mkdirSync(userDataDir, { recursive: true })
  const app = await launch(join(projectRoot, 'bench', 'hello'), userDataDir)
  const page = await app.firstWindow()
  await page.evaluate((rows) => {
    document.body.innerHTML = Array.from(
      { length: rows },
      (_, index) => `<div style="height:44px">Replica ${index + 1}</div>`
    ).join('')
  }, rowCount)
  return { app, page }
}

/**
 * Moves what scrolls around `selector` (null: the page) once for each frame, by a wheel's step or in even jumps through
 * all of it. Answers what share of the frames came late, in percent.
 */
export const slowFrames = (page, selector, way, frameCount) =>
  page.evaluate(scrollInWindow, { selector, way, frameCount, slowFrameMs, wheelStepPx })

/**
 * Lines for scrolling a list of the app by wheel and in a flight through all of it, beside the plain page. `afterRound`
 * measures what else there is, each time once the list has been scrolled.
 */
export async function measureScrolling(
  name,
  { ours, plain, selector, rounds, frameCount, afterRound }
) {
  const slow = (page, around, way) => slowFrames(page, around, way, frameCount)
  const shares = { wheel: [], jump: [], plain: [] }
  await slow(plain, null, 'wheel')
  await slow(ours, selector, 'wheel')
  for (let round = 0; round < rounds; round += 1) {
    shares.plain.push(await slow(plain, null, 'wheel'))
    shares.wheel.push(await slow(ours, selector, 'wheel'))
    shares.jump.push(await slow(ours, selector, 'jump'))
    await afterRound?.()
  }
  const floor = median(shares.plain)
  return [
    line(`${name} scroll, slow frames`, '%', median(shares.wheel), floor),
    line(`${name} flight through all, slow frames`, '%', median(shares.jump), floor)
  ]
}

/** A line for bench/results.json; null: there is no floor to hold it against. */
export function line(name, unit, value, floor) {
  const rounded = (number) => (number === null ? null : Math.round(number * 100) / 100)
  const ratio = floor === null || floor === 0 ? null : value / floor
  return { name, value: rounded(value), unit, floor: rounded(floor), ratio: rounded(ratio) }
}

/** Runs in the window. */
async function scrollInWindow({ selector, way, frameCount, slowFrameMs, wheelStepPx }) {
  const nextFrame = () => new Promise((resolve) => requestAnimationFrame(resolve))
  const scrollerOf = (element) => {
    let around = element
    while (around !== null && around.scrollHeight <= around.clientHeight)
      around = around.parentElement
    return around ?? document.scrollingElement
  }
  const scroller =
    selector === null
      ? document.scrollingElement
      : scrollerOf(document.querySelector(selector).parentElement)
  scroller.scrollTop = 0
  await new Promise((resolve) => setTimeout(resolve, 500))
  const height = scroller.scrollHeight - scroller.clientHeight
  const step = way === 'jump' ? height / frameCount : wheelStepPx
  let slow = 0
  let last = await nextFrame()
  for (let frame = 1; frame <= frameCount; frame += 1) {
    // There and back, as a short list is at its end soon.
    const way = (frame * step) % (2 * Math.max(1, height))
    scroller.scrollTop = way > height ? 2 * height - way : way
    const now = await nextFrame()
    if (now - last > slowFrameMs) slow += 1
    last = now
  }
  return (slow / frameCount) * 100
}
