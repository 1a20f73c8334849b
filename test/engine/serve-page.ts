import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Protocol } from 'electron'
import { appOrigin, serveApp } from '../../src/main/security/app-protocol.ts'

type Register = Protocol['registerBufferProtocol']

/**
 * Serves the built window on this computer alone, by the code that serves it in the app: the same files, headers, policy
 * and first screen, under `http:` in place of the app's own scheme.
 */
export const servePage = async (rendererFolder: string, firstScreen: unknown) => {
  const handlers: Parameters<Register>[1][] = []
  const registerBufferProtocol: Register = (_scheme, handler) => handlers.push(handler) > 0
  void serveApp({ registerBufferProtocol }, rendererFolder, firstScreen)
  const server = createServer((request, response) => {
    const asked = { url: `${appOrigin}${request.url ?? '/'}`, method: request.method ?? 'GET' }
    handlers[0]?.({ ...asked, headers: {}, referrer: '' }, (answer) => {
      if (Buffer.isBuffer(answer) || !Buffer.isBuffer(answer.data)) throw new Error('No headers')
      response.writeHead(answer.statusCode ?? 200, answer.headers)
      response.end(answer.data)
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    address: `http://127.0.0.1:${port}/index.html?chosen=system&preferred=en-US&region=en-US`,
    close: () => server.close()
  }
}
