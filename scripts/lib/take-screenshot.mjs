import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { encodePng, isDrawn, readWindow } from './screen-picture.mjs'

const pollMs = 500
const patienceMs = 30_000

/**
 * Waits until the window on a virtual screen stands still, or has had its time, and keeps a picture
 * of it. Answers the file, or undefined if no window appeared.
 */
export async function takeScreenshot(pictureFile, signal) {
  const giveUpAt = Date.now() + patienceMs
  let last
  while (Date.now() < giveUpAt && !signal.aborted) {
    const window = readWindow(readFileSync(pictureFile))
    const isStill = window && last && window.rgb.equals(last.rgb) && isDrawn(window)
    last = window
    if (isStill) break
    await delay(pollMs)
  }
  if (!last || signal.aborted) return undefined
  const file = join(mkdtempSync(join(tmpdir(), 'replica-desk-screenshot-')), 'window.png')
  writeFileSync(file, encodePng(last))
  return file
}
