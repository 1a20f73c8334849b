import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer, request as httpRequest, type IncomingMessage } from 'node:http'
import { createServer as createSocketServer } from 'node:net'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

const projectRoot = join(import.meta.dirname, '..')
const prismFile = join(projectRoot, 'node_modules', '@stoplight', 'prism-cli', 'dist', 'index.js')
const loopback = '127.0.0.1'

/** One request as it went to the mock, and what the mock answered. */
export interface SeenRequest {
  readonly method: string
  readonly path: string
  readonly query: Readonly<Record<string, string>>
  readonly body: unknown
  readonly status: number
}

/** A mock server that knows nothing but an OpenAPI document, and refuses what does not fit it. */
export interface Prism {
  readonly origin: string
  readonly requests: readonly SeenRequest[]
  /** Lines in which the mock says that a request broke the document's rules. */
  readonly violations: readonly string[]
  close(): Promise<void>
}

const freePort = async (): Promise<number> => {
  const server = createSocketServer()
  server.listen(0, loopback)
  await once(server, 'listening')
  const address = server.address()
  if (typeof address !== 'object' || address === null) throw new Error('No port was given')
  server.close()
  await once(server, 'close')
  return address.port
}

const startMock = async (document: string, port: number, lines: string[]) => {
  const switches = ['mock', '--errors', '--host', loopback, '--port', String(port), document]
  const child = spawn(process.execPath, [prismFile, ...switches], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, NO_COLOR: '1' }
  })
  const output = createInterface({ input: child.stdout })
  const listening = new Promise<void>((resolve, reject) => {
    child.once('exit', () => reject(new Error(`The mock ended early:\n${lines.join('\n')}`)))
    output.on('line', (line) => {
      lines.push(line)
      if (line.includes('Prism is listening')) resolve()
    })
  })
  await listening
  return child
}

const readAll = async (message: IncomingMessage): Promise<Buffer> => {
  const chunks: Buffer[] = []
  for await (const chunk of message) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}

/** Hands every request on untouched, and keeps what the mock's own log leaves out: query and body. */
const startRecorder = async (port: number, seen: SeenRequest[]) => {
  const server = createServer(async (request, response) => {
    const body = await readAll(request)
    const url = new URL(request.url ?? '/', `http://${loopback}`)
    const options = { host: loopback, port, method: request.method, path: request.url }
    const onward = httpRequest({ ...options, headers: request.headers }, async (answer) => {
      const status = answer.statusCode ?? 0
      seen.push({
        method: request.method ?? '',
        path: url.pathname,
        query: Object.fromEntries(url.searchParams),
        body: body.length === 0 ? null : JSON.parse(body.toString('utf8')),
        status
      })
      response.writeHead(status, answer.headers).end(await readAll(answer))
    })
    onward.on('error', (error) => response.destroy(error))
    onward.end(body)
  })
  server.listen(0, loopback)
  await once(server, 'listening')
  const address = server.address()
  if (typeof address !== 'object' || address === null) throw new Error('No port was given')
  return { server, origin: `http://${loopback}:${address.port}` }
}

/** Starts Prism with request validation on. `document` is a path inside `e2e`. */
export const startPrism = async (document: string): Promise<Prism> => {
  const lines: string[] = []
  const requests: SeenRequest[] = []
  const port = await freePort()
  const mock = await startMock(join(import.meta.dirname, document), port, lines)
  const recorder = await startRecorder(port, requests)
  return {
    origin: recorder.origin,
    requests,
    get violations() {
      return lines.filter((line) => /VALIDATOR.*(?:warning|error)|UNPROCESSABLE/.test(line))
    },
    close: async () => {
      recorder.server.closeAllConnections()
      recorder.server.close()
      const ended = once(mock, 'exit')
      mock.kill()
      await ended
    }
  }
}
