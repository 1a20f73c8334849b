import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'

export const apiKey = 'sandbox-key'

/** The sandbox in a process of its own, as a provider would be: its work must not count as ours. */
export async function startSandboxProcess({ projectRoot, replicaCount, latencyMs }) {
  const server = spawn(
    process.execPath,
    [
      ...['--import', 'tsx', join('src', 'sandbox', 'cli.ts'), '--port', '0', '--key', apiKey],
      ...['--data', String(replicaCount), '--latency', String(latencyMs)]
    ],
    { cwd: projectRoot, stdio: ['ignore', 'pipe', 'inherit'] }
  )
  const [line] = await once(server.stdout, 'data')
  const [origin] = /http:\/\/127\.0\.0\.1:\d+/.exec(String(line)) ?? []
  if (origin === undefined) throw new Error('The sandbox did not start')
  return { origin, stop: () => server.kill() }
}
