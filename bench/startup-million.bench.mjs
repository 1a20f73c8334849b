import { prepareReplicaDesk } from './apps.mjs'
import { seedHistory } from './seed-history.mjs'
import { timeStarts } from './startup.bench.mjs'

/** `few`: what a first screen shows, so that both look the same. */
const usual = { eventCount: 1_000_000, assetCount: 100_000, few: 60, warmRuns: 9 }

export const name = 'startup-million'

/** The start with a million events and 100,000 assets, beside the same app with a screenful and no history to speak of. */
export async function run(context, { eventCount, assetCount, few, warmRuns } = usual) {
  const full = await prepareReplicaDesk(context, `${name}-full`, assetCount)
  await seedHistory(full.userDataDir, eventCount)
  const empty = await prepareReplicaDesk(context, `${name}-few`, few)
  return timeStarts(full, empty, { warmRuns, coldRuns: 0, title: name })
}
