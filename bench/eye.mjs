import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as delay } from 'node:timers/promises'
import { machineSwitches } from '../scripts/lib/electron-switches.mjs'
import { openDisplay } from './x-display.mjs'

/** The one colour that seeded faces and the floor's button have, and nothing else: red, green, blue. */
export const faceColor = [0xd8, 0x1b, 0x60]

/** Lines of the display that are looked at lie this far apart: no face is lower. */
const lineStep = 20
/** Anything narrower is an edge, or noise that a small copy of a face has blurred. */
const leastRun = 48
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

/**
 * What a look comes to: where faces stand in the line that has the most, and in how many lines they stand like that. A
 * notice that comes in above them moves them, and is not what is measured.
 */
export function pictureOf(lines) {
  const fullest = lines.reduce((most, { runs }) => (runs.length > most.length ? runs : most), [])
  const columns = JSON.stringify(fullest)
  const count = fullest.length === 0 ? 0 : lines.filter(({ runs }) => isNear(runs, fullest)).length
  return { columns, count }
}

/** Pixels by which the edge of a face may differ from line to line: a small copy has blurred it. */
const blur = 2

const isNear = (runs, others) =>
  runs.length === others.length &&
  runs.flat().every((edge, index) => Math.abs(edge - others.flat()[index]) <= blur)

const isNearText = (columns, others) => isNear(JSON.parse(columns), JSON.parse(others))

/** Two notices push this much out of sight; a row of faces that is not drawn yet is more. */
const leastShare = 0.8

/** Whether a look shows all of what was learned. */
export const shows = (picture, learned) =>
  isNearText(picture.columns, learned.columns) && picture.count >= leastShare * learned.count

/** How many faces there are, and where all but the first one stand: that one has the pointer on it, and what it lights up. */
const besidePointer = ({ columns }) => {
  const faces = JSON.parse(columns)
  return { count: faces.length, others: faces.slice(1) }
}

/** Whether the faces stand as they were learned to stand after a click, however many of them are drawn yet. */
export const answers = (picture, learned) => {
  const [seen, wanted] = [besidePointer(picture), besidePointer(learned)]
  return seen.count === wanted.count && isNear(seen.others, wanted.others)
}

/** Looks at the display for faces, line by line. */
export async function openEye(env = process.env) {
  const display = await openDisplay(env)
  const ys = Array.from(
    { length: Math.floor(display.height / lineStep) },
    (_, index) => index * lineStep + lineStep / 2
  )
  const look = async () => {
    const read = await Promise.all(ys.map((y) => display.read(0, y, display.width, 1)))
    return read.map((line, index) => ({ y: ys[index], runs: runsOf(line) }))
  }

  /** What is seen once it has been the same for a while; with faces that stand elsewhere than before. */
  const settled = async (before) => {
    const giveUpAt = performance.now() + patienceMs
    let last = ''
    let sameSince = 0
    while (performance.now() < giveUpAt) {
      const seen = await look()
      const text = JSON.stringify(seen)
      if (text !== last) sameSince = performance.now()
      last = text
      const isNew = !isNearText(pictureOf(seen).columns, before)
      if (isNew && performance.now() - sameSince > settledMs) return seen
      await delay(50)
    }
    throw new Error('Nothing came onto the display')
  }

  /** Resolves as soon as a look is right, with that look. */
  const until = async (isRight) => {
    const giveUpAt = performance.now() + patienceMs
    while (performance.now() < giveUpAt) {
      const seen = await look()
      if (isRight(pictureOf(seen))) return seen
      await delay(2)
    }
    throw new Error('The display never showed what it should')
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

/** The middle of the first face in the fullest of these lines, well below its upper edge. */
const firstFace = (seen) => {
  const { columns } = pictureOf(seen)
  const line = seen.find(({ runs }) => JSON.stringify(runs) === columns)
  const [first, last] = line.runs[0]
  return { x: (first + last) >> 1, y: line.y + lineStep }
}

/** Learns how the display looks with the app on it, before and after a click on its first face. */
export async function learn(eye, start) {
  eye.parkPointer()
  const app = start()
  try {
    const seen = await eye.settled('[]')
    const before = pictureOf(seen)
    const { x, y } = firstFace(seen)
    eye.click(x, y)
    const after = pictureOf(await eye.settled(before.columns))
    return { before, after }
  } finally {
    await app.quit()
  }
}

/** Milliseconds from the launch until the faces are on the display, and until a click on the first one is answered. */
export async function timeOnDisplay(eye, start, { before, after }) {
  eye.parkPointer()
  const startedAt = performance.now()
  const app = start()
  try {
    const { x, y } = firstFace(await eye.until((picture) => shows(picture, before)))
    const seenMs = performance.now() - startedAt
    eye.click(x, y)
    await eye.until((picture) => answers(picture, after))
    return { seenMs, answeredMs: performance.now() - startedAt }
  } finally {
    await app.quit()
  }
}

/** Starts an app as the desktop would, with nobody attached to it. `folder`: null where the executable brings its app. */
export function startAlone(folder, userDataDir, env = process.env) {
  const app = spawn(
    env.ELECTRON_EXEC_PATH,
    [...machineSwitches(), ...(folder === null ? [] : [folder]), `--user-data-dir=${userDataDir}`],
    { stdio: 'ignore', env }
  )
  return {
    pid: app.pid,
    quit: async () => {
      const ended = once(app, 'exit')
      app.kill('SIGTERM')
      const slow = setTimeout(() => app.kill('SIGKILL'), quitPatienceMs)
      await ended
      clearTimeout(slow)
    }
  }
}
