import { randomBytes } from 'node:crypto'
import type { Protocol } from 'electron'
import { appOrigin, contentSecurityPolicy, nothingFirst, pageWith } from './app-protocol.ts'

/** Where the development server is; electron-vite puts it into the environment of the app that it starts. */
const serverOrigin = (): string => {
  const address = process.env['ELECTRON_RENDERER_URL']
  if (address === undefined) throw new Error('the development command starts this build')
  return new URL(address).origin
}

/**
 * The shipped policy, with sockets allowed: edits arrive through one, and the server's client only turns to the
 * server's own address after a socket to the page's host has failed.
 */
const developmentPolicy = (nonce: string): string =>
  contentSecurityPolicy(nonce)
    .replace("script-src 'self'", `script-src 'self' 'nonce-${nonce}'`)
    .replace("connect-src 'none'", 'connect-src ws:')

/**
 * Serves the page from the development server instead of the built files, at the same origin. Imported by the
 * development build alone: the condition around the import is settled when the app is built.
 */
export const serveDevelopmentPage = async (
  protocol: Pick<Protocol, 'registerBufferProtocol'>
): Promise<void> => {
  const origin = serverOrigin()
  protocol.registerBufferProtocol(new URL(appOrigin).protocol.slice(0, -1), (request, answer) => {
    const ask = async (): Promise<Electron.ProtocolResponse> => {
      const response = await fetch(origin + request.url.slice(appOrigin.length))
      const nonce = randomBytes(18).toString('base64')
      const contentType = response.headers.get('content-type') ?? 'application/octet-stream'
      const body = Buffer.from(await response.arrayBuffer())
      const isPage = contentType.startsWith('text/html')
      return {
        statusCode: response.status,
        data: isPage ? pageWith(body.toString('utf8'), nonce, nothingFirst) : body,
        headers: {
          'Content-Type': contentType,
          'Content-Security-Policy': developmentPolicy(nonce),
          'Cache-Control': 'no-store'
        }
      }
    }
    ask().then(answer, () => answer({ error: -2 }))
  })
}
