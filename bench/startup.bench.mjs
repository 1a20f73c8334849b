import { measureByTurns, toResult } from '../scripts/lib/measure.mjs'
import { prepareHello, prepareReplicaDesk } from './apps.mjs'

const runs = 9

export const name = 'startup'

/** From launching the executable to a window that can be used. */
export async function run(context) {
  const openReplicaDesk = await prepareReplicaDesk(context, name)
  const openHello = await prepareHello(context, name)
  const medians = await measureByTurns(
    runs,
    () => timeToUse(openReplicaDesk),
    () => timeToUse(openHello)
  )
  return [toResult(name, 'ms', medians)]
}

async function timeToUse(open) {
  const startedAt = performance.now()
  const app = await open()
  const elapsedMs = performance.now() - startedAt
  await app.close()
  return elapsedMs
}
