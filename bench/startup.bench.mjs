import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { measureByTurns, median, toResult } from '../scripts/lib/measure.mjs'
import { prepareHello, prepareReplicaDesk } from './apps.mjs'
import { learn, openEye, timeOnDisplay } from './eye.mjs'

const usual = { warmRuns: 9, coldRuns: 5, oldRuns: 7, replicaCount: 1_000 }

export const name = 'startup'

/**
 * From launching the executable until the faces are on the display and the first click on one is answered, read from
 * the display itself; beside a bare page whose one button is looked for and clicked in the same way. Warm: as on any
 * day. Cold: the first start after an update, when nothing that the last version prepared is good any more. The last
 * line is the older measure, for comparison: the page's own elements, whether anybody can see them or not.
 */
export async function run(context, { warmRuns, coldRuns, oldRuns, replicaCount } = usual) {
  const desk = await prepareReplicaDesk(context, name, replicaCount)
  const hello = await prepareHello(context, name)
  const starts = await timeStarts(desk, hello, { warmRuns, coldRuns })
  const byPage = await measureByTurns(
    oldRuns,
    () => timeByPage(desk.open),
    () => timeByPage(hello.open)
  )
  return [...starts, toResult(`${name}, by the page's elements`, 'ms', byPage)]
}

/** Lines for warm and cold starts of one app beside another's. */
export async function timeStarts(app, floor, { warmRuns, coldRuns, title = name }) {
  const eye = await openEye()
  try {
    for (const each of [app, floor]) await startOnce(eye, each)
    const looks = { app: await learn(eye, app.start), floor: await learn(eye, floor.start) }
    const time = async (runs, before) => {
      const times = { app: [], floor: [] }
      for (let run = 0; run < runs; run += 1) {
        before(app)
        times.app.push(await timeOnDisplay(eye, app.start, looks.app))
        before(floor)
        times.floor.push(await timeOnDisplay(eye, floor.start, looks.floor))
      }
      return times
    }
    const lines = (when, times) =>
      [
        ['faces on the display', 'seenMs'],
        ['first click answered', 'answeredMs']
      ].map(([what, key]) =>
        toResult(`${title} ${when}, ${what}`, 'ms', {
          value: median(times.app.map((time) => time[key])),
          floor: median(times.floor.map((time) => time[key]))
        })
      )
    await time(1, () => undefined)
    return [
      ...lines('warm', await time(warmRuns, () => undefined)),
      ...(coldRuns > 0 ? lines('cold', await time(coldRuns, forgetPrepared)) : [])
    ]
  } finally {
    eye.close()
  }
}

/** As long as nothing new is kept, there is nothing left to be drawn smaller. */
const restMs = 1_500
const lookAgainMs = 100

/** A start that leaves behind what every later one has: small copies of the faces, and where they stand. */
async function startOnce(eye, { start, userDataDir }) {
  const kept = () => readdirSync(userDataDir, { recursive: true }).filter(isSmallCopy).length
  const running = start()
  try {
    await eye.settled('[]')
    let [count, since] = [-1, performance.now()]
    while (performance.now() - since < restMs) {
      const now = kept()
      if (now !== count) [count, since] = [now, performance.now()]
      await delay(lookAgainMs)
    }
  } finally {
    await running.quit()
  }
}

const isSmallCopy = (path) => /\.\d+\.webp$/.test(path)

/** What an update leaves useless: compiled scripts and shaders, and a first screen of another version. */
function forgetPrepared({ userDataDir }) {
  for (const folder of ['Code Cache', 'GPUCache', 'DawnGraphiteCache', 'DawnWebGPUCache']) {
    rmSync(join(userDataDir, folder), { recursive: true, force: true })
  }
  const firstScreen = join(userDataDir, 'first-screen.json')
  try {
    const text = readFileSync(firstScreen, 'utf8')
    writeFileSync(firstScreen, text.replace(/"version":"[^"]*"/, '"version":"0.0.0"'))
  } catch (error) {
    if (error.code !== 'ENOENT') throw error
  }
}

async function timeByPage(open) {
  const startedAt = performance.now()
  const app = await open()
  const elapsedMs = performance.now() - startedAt
  await app.close()
  return elapsedMs
}
