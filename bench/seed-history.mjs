import { tsImport } from 'tsx/esm/api'

const load = (path) => tsImport(path, import.meta.url)

const eventsAtATime = 20_000
const types = ['asset-first-seen', 'asset-renamed', 'asset-status-changed', 'deletion-asked']
const firstNames = ['Amara', 'Bea', 'Chidi', 'Dora', 'Emre', 'Freya', 'Goran', 'Hana']
const lastNames = ['Osei', 'Lindqvist', 'Okafor', 'Petrova', 'Yilmaz', 'Nguyen', 'Horvat', 'Sato']

const pick = (list, index) => list[index % list.length]

/** A quarter of the records are parts of plans, 32 each; the others come of listings of a hundred. */
const usualLot = { planned: 128, listed: 100 }

/** Lots so small that a thousand records, too, fill a page of a hundred operations, whichever are asked for. */
export const smallLot = { planned: 8, listed: 12 }

const isPart = (index) => index % types.length === 3

/** Names repeat and ids do not, as in a library that has grown for years. */
const eventOf = (index, planned) => ({
  type: pick(types, index),
  operationId: isPart(index) ? `op_${index >> 3}` : null,
  accountId: 'acc_0123456789abcdef',
  accountName: 'Studio North',
  assetKind: index % 5 === 0 ? 'video' : 'replica',
  assetId: `r${(index * 2_654_435_761) % 2 ** 40}`,
  assetName: `${pick(firstNames, index >> 3)} ${pick(lastNames, index >> 6)} take ${index % 977}`,
  body: {
    from: 'training',
    to: 'ready',
    reason: `Sentence number ${index % 5003}`,
    ...(isPart(index) ? { batch: `bat_${Math.floor(index / planned)}` } : {})
  }
})

/** A module of the app, by its place in the source. */
export const loadSource = (path) => load(`../src/${path}`)

const log = {
  info: () => undefined,
  warn: () => undefined,
  bug: (error) => {
    throw error
  }
}

/** The app's own store over a folder. */
export async function openStoreIn(folder) {
  const { openStore } = await load('../src/main/storage/sqlite-store.ts')
  const { systemClock } = await load('../src/main/clock.ts')
  return openStore({ folder, clock: systemClock, runId: 'run_bench', log })
}

/** Appends events as the app does: through its store, checked, chained and indexed. `lot`: of how many records each. */
export async function seedHistory(folder, eventCount, { planned, listed } = usualLot) {
  const store = await openStoreIn(folder)
  for (let from = 0; from < eventCount; from += eventsAtATime) {
    const until = Math.min(from + eventsAtATime, eventCount)
    const seeded = store.transaction((write) => {
      for (let index = from; index < until; index += 1) {
        write.append(eventOf(index, planned), `walk ${Math.floor(index / listed)}`)
      }
    })
    if (!seeded.ok) throw new Error(`The history could not be filled: ${seeded.error.kind}`)
  }
  store.close()
}

const personName = ['of ten things', 'of a thousand', 'of nothing']

/** Ties things of the history to persons: one has ten, one a thousand, one none. */
export async function tiePersons(folder, eventCount) {
  const store = await openStoreIn(folder)
  const apart = [10, 1_000, 0].map((things) => Math.max(1, Math.floor(eventCount / things)))
  const tied = store.transaction((write) => {
    for (const [index, distance] of apart.entries()) {
      const id = `per_0000000${index + 1}`
      const createdAt = '2026-01-01T00:00:00.000Z'
      write.putPerson({ id, name: personName[index], nameRule: null, consent: null, createdAt })
      for (let at = distance - 1; at < eventCount; at += distance) {
        const { accountId, assetKind: kind, assetId } = eventOf(at + index, usualLot.planned)
        write.assignPerson({ accountId, kind, id: assetId }, id)
      }
    }
  })
  store.close()
  if (!tied.ok) throw new Error(`Nobody could be tied: ${tied.error.kind}`)
}
