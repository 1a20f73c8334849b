import { mkdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { measureByTurns, median, toResult } from '../scripts/lib/measure.mjs'
import { prepareReplicaDesk } from './apps.mjs'
import { delayLine, whileMeasured } from './loop-delay.mjs'
import { loadSource, openStoreIn, seedHistory, smallLot } from './seed-history.mjs'

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
  const empty = await prepareReplicaDesk(context, 'history-none')
  const starts = await measureByTurns(
    startRuns,
    () => timeToUse(full.open),
    () => timeToUse(empty.open)
  )
  return [
    toResult(`${name}: start`, 'ms', starts),
    delayLine(`${name}: search`, await delayWhileSearching(full)),
    ...(await measureStore(context, fullFolder, sizes))
  ]
}

/** What needs the store alone. */
export async function measureStore(context, fullFolder, sizes) {
  return [
    ...(await measureSearch(context, fullFolder, sizes)),
    toResult(`${name}: timeline p50`, 'ms', await measureTimeline(context, fullFolder, sizes)),
    toResult(`${name}: chart`, 'ms', await measureChart(context, fullFolder, sizes)),
    toResult(`${name}: one durable event`, 'ms', await measureEvent(context, fullFolder, sizes))
  ]
}

async function delayWhileSearching({ open }) {
  const app = await open()
  const page = await app.firstWindow()
  const { delayP99Ms } = await whileMeasured(app, () => page.evaluate(searchAll, queries))
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

/** The timeline leaves room for this many operations of other computers after each of its own. */
const placesEach = 2 ** 24
const pages = [null, ...[900_000, 500_000, 100_000].map((seq) => seq * placesEach)]
const filters = ['all', 'deletions', 'elsewhere'].flatMap((group) =>
  [null, 'acc_0123456789abcdef'].map((accountId) => ({ group, accountId }))
)

const anyLine = {
  search: '',
  personId: null,
  kind: null,
  outcome: null,
  by: null,
  fromAt: null,
  untilAt: null
}

/** What the history shows before anything is searched for. */
async function measureTimeline(context, fullFolder, { searchRounds }) {
  const full = await openStoreIn(fullFolder)
  const few = await openStoreIn(join(context.tempDir, 'history-few'))
  const times = { full: [], few: [] }
  for (let round = 0; round <= searchRounds; round += 1) {
    for (const filter of filters) {
      for (const beforeSeq of pages) {
        const query = { ...anyLine, ...filter, beforeSeq, limit: everything.limit }
        const fullMs = timeOf(() => full.read.historyTimeline(query))
        const fewMs = timeOf(() => few.read.historyTimeline(query))
        if (round > 0) {
          times.full.push(fullMs)
          times.few.push(fewMs)
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
