import { measureByTurns, toResult } from '../scripts/lib/measure.mjs'
import { settledMemory } from '../scripts/lib/process-memory.mjs'
import { prepareHello, prepareReplicaDesk } from './apps.mjs'

const runs = 7

export const name = 'memory'

/** All processes together, when the app has come to rest. */
export async function run(context) {
  const desk = await prepareReplicaDesk(context, name)
  const hello = await prepareHello(context, name)
  const medians = await measureByTurns(
    runs,
    () => memoryAtRest(desk.open),
    () => memoryAtRest(hello.open)
  )
  return [toResult(name, 'MB', medians)]
}

async function memoryAtRest(open) {
  const app = await open()
  const megabytes = await settledMemory(app)
  await app.close()
  return megabytes
}
