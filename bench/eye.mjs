import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as delay } from 'node:timers/promises'
import { machineSwitches } from '../scripts/lib/electron-switches.mjs'
import { openDisplay } from './x-display.mjs'

/** The one colour that seeded faces and the floor's button have, and nothing else: red, green, blue. */
export const faceColor = [0xd8, 0x1b, 0x60]

/** Lines of the display that are looked at lie this far apart: no face is lower. */
const lineStep = 20
/** Anything narrower is an edge. */
const leastRun = 8
const tolerance = 6
const settledMs = 1_500
const patienceMs = 60_000
const quitPatienceMs = 20_000

/** Where the colour stands in a line of pixels: pairs of first and last, as text. */
export function runsOf(line) {
  const runs = []
  let start = -1
  for (let x = 0; x <= line.length / 4; x += 1) {
    const isFace =
      x * 4 < line.length &&
      faceColor.every((value, index) => Math.abs(line[x * 4 + 2 - index] - value) <= tolerance)
    if (isFace && start < 0) start = x
    if (!isFace && start >= 0) {
      if (x - start >= leastRun) runs.push([start, x - 1])
      start = -1
    }
  }
  return runs
}

/** Looks at the display for faces: `look` answers their runs, line by line. */
export async function openEye(env = process.env) {
  const display = await openDisplay(env)
  const lines = Array.from(
    { length: Math.floor(display.height / lineStep) },
    (_, index) => index * lineStep + lineStep / 2
  )
  const look = async (ys = lines) => {
    const read = await Promise.all(ys.map((y) => display.read(0, y, display.width, 1)))
    return read.map((line, index) => ({ y: ys[index], runs: runsOf(line) }))
  }
  const withFaces = (seen) => seen.filter(({ runs }) => runs.length > 0)

  /** What is seen once it has been the same for a while, and is something else than before. */
  const settled = async (before) => {
    const giveUpAt = performance.now() + patienceMs
    let last = ''
    let sameSince = 0
    while (performance.now() < giveUpAt) {
      const seen = withFaces(await look())
      const text = JSON.stringify(seen)
      if (text !== last) sameSince = performance.now()
      last = text
      if (text !== before && performance.now() - sameSince > settledMs) return seen
      await delay(50)
    }
    throw new Error('Nothing came onto the display')
  }

  /** Resolves as soon as the display shows just this. */
  const until = async (wanted) => {
    const giveUpAt = performance.now() + patienceMs
    const text = JSON.stringify(wanted)
    const ys = wanted.map(({ y }) => y)
    while (JSON.stringify(await look(ys)) !== text) {
      if (performance.now() > giveUpAt) throw new Error('The display never showed what it should')
      await delay(2)
    }
  }
  return {
    settled,
    until,
    click: display.click,
    /** Out of the way, so that nothing is lit up by it. */
    parkPointer: () => display.movePointer(display.width - 1, display.height - 1),
    close: display.close
  }
}

const middleOf = ([first, last]) => (first + last) >> 1

/** Starts an app as the desktop would, with nobody attached to it. */
export function startAlone(folder, userDataDir, env = process.env) {
  const app = spawn(
    env.ELECTRON_EXEC_PATH,
    [...machineSwitches(), folder, `--user-data-dir=${userDataDir}`],
    { stdio: 'ignore', env }
  )
  return {
    quit: async () => {
      const ended = once(app, 'exit')
      app.kill('SIGTERM')
      const slow = setTimeout(() => app.kill('SIGKILL'), quitPatienceMs)
      await ended
      clearTimeout(slow)
    }
  }
}

/** Learns how the display looks with the app on it, before and after a click on its first face. */
export async function learn(eye, start) {
  eye.parkPointer()
  const app = start()
  try {
    const before = await eye.settled('[]')
    const first = before[0]
    const spot = { x: middleOf(first.runs[0]), y: first.y + lineStep }
    eye.click(spot.x, spot.y)
    const seen = await eye.settled(JSON.stringify(before))
    // Lines that have lost all their faces count as well.
    const after = before.map(({ y }) => seen.find((line) => line.y === y) ?? { y, runs: [] })
    return { before, after, spot }
  } finally {
    await app.quit()
  }
}

/** Milliseconds from the launch until the faces are on the display, and until a click on the first one is answered. */
export async function timeOnDisplay(eye, start, { before, after, spot }) {
  eye.parkPointer()
  const startedAt = performance.now()
  const app = start()
  try {
    await eye.until(before)
    const seenMs = performance.now() - startedAt
    eye.click(spot.x, spot.y)
    await eye.until(after)
    return { seenMs, answeredMs: performance.now() - startedAt }
  } finally {
    await app.quit()
  }
}
