import { once } from 'node:events'
import { createServer } from 'node:net'

/**
 * A provider that takes every connection and has not answered yet, as one is in the first second of any start: the app
 * shows what it knows, and has nothing to complain of. Ends with the process.
 */
export async function startSilentProvider() {
  const server = createServer((socket) => socket.on('error', () => undefined).unref())
  server.unref().listen(0, '127.0.0.1')
  await once(server, 'listening')
  return `http://127.0.0.1:${server.address().port}`
}
