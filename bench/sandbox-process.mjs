import { fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'

export const apiKey = 'sandbox-key'

/** The sandbox in a process of its own, as a provider would be: its work must not count as ours. */
export async function startSandboxProcess({ projectRoot, replicaCount, latencyMs }) {
  const server = fork(join(projectRoot, 'bench', 'sandbox-server.mjs'), [
    apiKey,
    String(replicaCount),
    String(latencyMs)
  ])
  const [{ origin }] = await once(server, 'message')
  return {
    origin,
    /** How many pages of replicas were asked for. */
    countListings: async () => {
      const answered = once(server, 'message')
      server.send('count')
      const [{ listings }] = await answered
      return listings
    },
    stop: () => server.kill()
  }
}
