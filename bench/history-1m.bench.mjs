import { mkdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { measureByTurns, median, toResult } from '../scripts/lib/measure.mjs'
import { prepareReplicaDesk } from './apps.mjs'
import { delayLine, whileMeasured } from './loop-delay.mjs'
import { loadSource, openStoreIn, seedHistory, smallLot, tiePersons } from './seed-history.mjs'

const usual = {
  eventCount: 1_000_000,
  fewEvents: 1_000,
  startRuns: 7,
  searchRounds: 5,
  eventRuns: 300
}

export const name = 'history-1m'

/** The app and its history with a million events, beside the same with next to none. */
export async function run(context, sizes = usual) {
  const { eventCount, startRuns } = sizes
  const full = await prepareReplicaDesk(context, 'history-1m')
  const fullFolder = join(context.tempDir, 'history-1m-replica-desk')
  await seedHistory(fullFolder, eventCount)
  await tiePersons(fullFolder, eventCount)
  const empty = await prepareReplicaDesk(context, 'history-none')
  const starts = await measureByTurns(
    startRuns,
    () => timeToUse(full.open),
    () => timeToUse(empty.open)
  )
  return [
    toResult(`${name}: start`, 'ms', starts),
    delayLine(`${name}: search`, await delayWhile(full, searchAll, queries)),
    delayLine(`${name}: filtered search`, await delayWhile(full, pageAll, filtered)),
    ...(await measureStore(context, fullFolder, sizes))
  ]
}

/** What needs the store alone. */
export async function measureStore(context, fullFolder, sizes) {
  return [
    ...(await measureSearch(context, fullFolder, sizes)),
    ...(await measureFiltered(context, fullFolder, sizes)),
    toResult(`${name}: timeline p50`, 'ms', await measureTimeline(context, fullFolder, sizes)),
    toResult(`${name}: chart`, 'ms', await measureChart(context, fullFolder, sizes)),
    toResult(`${name}: one durable event`, 'ms', await measureEvent(context, fullFolder, sizes))
  ]
}

async function delayWhile({ open }, work, asked) {
  const app = await open()
  const page = await app.firstWindow()
  const { delayP99Ms } = await whileMeasured(app, () => page.evaluate(work, asked))
  await app.close()
  return delayP99Ms
}

/** Runs in the window. */
async function searchAll(asked) {
  for (const query of asked) {
    const answer = await window.app.historyList(query)
    if (!answer.ok) throw new Error(answer.error.kind)
  }
}

/** Runs in the window. */
async function pageAll(asked) {
  for (const query of asked) {
    const answer = await window.app.historyTimeline(query)
    if (!answer.ok) throw new Error(answer.error.kind)
  }
}

async function timeToUse(open) {
  const startedAt = performance.now()
  const app = await open()
  const elapsedMs = performance.now() - startedAt
  await app.close()
  return elapsedMs
}

const everything = {
  search: '',
  accountId: null,
  asset: null,
  group: 'all',
  beforeSeq: null,
  limit: 100
}

/** What people type, letter by letter, with and without a filter: names many have, ids one has, words none has. */
const queries = [
  ...['', 'a', 'am', 'amara', 'amara osei', 'amara osei take 12', 'sentence', 'sentence 4999'],
  ...[
    'studio',
    'studio north',
    'take',
    'r26',
    'r2654435761',
    'deletion',
    'nothingofthekind',
    'z',
    '田'
  ]
].flatMap((search) => [
  { ...everything, search },
  { ...everything, search, group: 'deletions' },
  { ...everything, search, group: 'elsewhere' },
  { ...everything, search, accountId: 'acc_0123456789abcdef' },
  { ...everything, search, accountId: 'acc_nobody00' },
  { ...everything, search, beforeSeq: 500_000 },
  {
    ...everything,
    search,
    asset: { accountId: 'acc_0123456789abcdef', kind: 'replica', id: 'r2654435761' }
  }
])

async function measureSearch(context, fullFolder, { fewEvents, searchRounds }) {
  const fewFolder = join(context.tempDir, 'history-few')
  mkdirSync(fewFolder, { recursive: true })
  await seedHistory(fewFolder, fewEvents, smallLot)
  await tiePersons(fewFolder, fewEvents)
  const full = await openStoreIn(fullFolder)
  const few = await openStoreIn(fewFolder)
  const times = { full: [], few: [] }
  for (let round = 0; round <= searchRounds; round += 1) {
    for (const query of queries) {
      const fullMs = timeOf(() => full.read.history(query))
      const fewMs = timeOf(() => few.read.history(query))
      // The first round warms both.
      if (round > 0) {
        times.full.push(fullMs)
        times.few.push(fewMs)
      }
    }
  }
  full.close()
  few.close()
  const at = (share) => ({ value: quantile(times.full, share), floor: quantile(times.few, share) })
  return [
    toResult(`${name}: search p50`, 'ms', at(0.5)),
    toResult(`${name}: search p99`, 'ms', at(0.99))
  ]
}

const anyLine = {
  search: '',
  personId: null,
  kind: null,
  outcome: null,
  by: null,
  fromAt: null,
  untilAt: null
}

/** What people narrow a search by: few or many things, or none, by an index or by none; words that many records have, or few. */
const filtered = [
  ...[1, 2, 3].map((index) => ({ personId: `per_0000000${index}` })),
  ...['video', 'voice'].map((kind) => ({ kind })),
  ...['good', 'warn', 'bad'].map((outcome) => ({ outcome })),
  ...['here', 'elsewhere'].map((by) => ({ by })),
  { by: 'elsewhere', outcome: 'good' },
  { accountId: 'acc_0123456789abcdef', kind: 'video', group: 'deletions' },
  { fromAt: '2020-01-01T00:00:00.000Z', untilAt: '2020-02-01T00:00:00.000Z', outcome: 'good' }
].flatMap((filter) =>
  ['', 'a', 'amara', 'amara osei', 'sentence', 'sentence 4999', 'deletion', 'ready', 'z'].map(
    (search) => ({
      ...anyLine,
      accountId: null,
      group: 'all',
      beforeSeq: null,
      limit: 200,
      ...filter,
      search
    })
  )
)

/** A page as main finds it, but without the turns of others; `stepMs` is how long they would have waited at most. */
function walkPage({ read }, query) {
  const startedAt = performance.now()
  let walk = read.historyWalk(query)
  let lapAt = performance.now()
  let stepMs = lapAt - startedAt
  for (let next = walk; next !== null; next = read.historyStep(walk)) {
    walk = next
    const nowAt = performance.now()
    stepMs = Math.max(stepMs, nowAt - lapAt)
    lapAt = nowAt
  }
  read.historyLines(walk)
  const endedAt = performance.now()
  return { pageMs: endedAt - startedAt, stepMs: Math.max(stepMs, endedAt - lapAt) }
}

async function measureFiltered(context, fullFolder, { searchRounds }) {
  const full = await openStoreIn(fullFolder)
  const few = await openStoreIn(join(context.tempDir, 'history-few'))
  const times = { full: [], few: [] }
  for (let round = 0; round <= searchRounds; round += 1) {
    for (const query of filtered) {
      const fullTimes = walkPage(full, query)
      const fewTimes = walkPage(few, query)
      if (round > 0) {
        times.full.push(fullTimes)
        times.few.push(fewTimes)
      }
    }
  }
  full.close()
  few.close()
  const at = (of, share) => {
    const [value, floor] = [times.full, times.few].map((all) =>
      quantile(
        all.map((one) => one[of]),
        share
      )
    )
    return { value, floor }
  }
  return [
    toResult(`${name}: filtered search p50`, 'ms', at('pageMs', 0.5)),
    toResult(`${name}: filtered search p99`, 'ms', at('pageMs', 0.99)),
    toResult(`${name}: filtered search, one step p99`, 'ms', at('stepMs', 0.99))
  ]
}

/** The timeline leaves room for this many operations of other computers after each of its own. */
const placesEach = 2 ** 24
const pages = [null, ...[900_000, 500_000, 100_000].map((seq) => seq * placesEach)]
const filters = ['all', 'deletions', 'elsewhere'].flatMap((group) =>
  [null, 'acc_0123456789abcdef'].map((accountId) => ({ group, accountId }))
)

/** What the history shows before anything is searched for. */
async function measureTimeline(context, fullFolder, { searchRounds }) {
  const full = await openStoreIn(fullFolder)
  const few = await openStoreIn(join(context.tempDir, 'history-few'))
  const times = { full: [], few: [] }
  for (let round = 0; round <= searchRounds; round += 1) {
    for (const filter of filters) {
      for (const beforeSeq of pages) {
        const query = { ...anyLine, ...filter, beforeSeq, limit: everything.limit }
        const fullTimes = walkPage(full, query)
        const fewTimes = walkPage(few, query)
        if (round > 0) {
          times.full.push(fullTimes.pageMs)
          times.few.push(fewTimes.pageMs)
        }
      }
    }
  }
  full.close()
  few.close()
  return { value: median(times.full), floor: median(times.few) }
}

/** All bars of the chart, unfiltered and by what people look for first; main counts them in slices. */
async function measureChart(context, fullFolder, { searchRounds }) {
  const full = await openStoreIn(fullFolder)
  const few = await openStoreIn(join(context.tempDir, 'history-few'))
  const { createHistoryChart } = await loadSource('main/usecases/history-chart.ts')
  const chartOf = (store) =>
    createHistoryChart({ store, clock: systemTime, rest: () => new Promise(setImmediate) })
  const times = { full: [], few: [] }
  for (let round = 0; round <= searchRounds; round += 1) {
    for (const filter of filters) {
      const query = { ...anyLine, ...filter }
      for (const [of, store] of Object.entries({ full, few })) {
        const startedAt = performance.now()
        const answer = await chartOf(store)(query)
        if (!answer.ok) throw new Error(answer.error.kind)
        if (round > 0) times[of].push(performance.now() - startedAt)
      }
    }
  }
  full.close()
  few.close()
  return { value: median(times.full), floor: median(times.few) }
}

const systemTime = {
  nowAt: () => new Date().toISOString(),
  monotonicMs: () => performance.now()
}

/** One event on disk through the store, beside one row of the same size through libsql alone. */
async function measureEvent(context, fullFolder, { eventRuns }) {
  const store = await openStoreIn(fullFolder)
  const Libsql = createRequire(import.meta.url)('libsql')
  const bare = new Libsql(join(context.tempDir, 'bare.sqlite'))
  bare.exec('PRAGMA journal_mode = WAL')
  bare.exec('PRAGMA synchronous = FULL')
  bare.exec('CREATE TABLE event (seq INTEGER PRIMARY KEY, body TEXT NOT NULL) STRICT')
  const insert = bare.prepare('INSERT INTO event (body) VALUES (?)')
  const body = 'x'.repeat(400)
  const times = { store: [], bare: [] }
  for (let run = 0; run < eventRuns; run += 1) {
    times.store.push(timeOf(() => store.transaction((write) => write.append(oneEvent))))
    times.bare.push(timeOf(() => insert.run([body])))
  }
  store.close()
  bare.close()
  return { value: median(times.store), floor: median(times.bare) }
}

const oneEvent = {
  type: 'asset-renamed',
  operationId: null,
  accountId: 'acc_0123456789abcdef',
  accountName: 'Studio North',
  assetKind: 'replica',
  assetId: 'r2654435761',
  assetName: 'Amara Osei',
  body: { from: 'Amara', to: 'Amara Osei' }
}

function timeOf(work) {
  const startedAt = performance.now()
  work()
  return performance.now() - startedAt
}

function quantile(values, share) {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]
}
