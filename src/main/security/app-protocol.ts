import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { extname, join } from 'node:path'
import type { Protocol } from 'electron'

/** Where the page lives. Not `file://`: such a page could read the whole disk (security E2). */
export const appScheme = 'app'
export const appHost = 'bundle'
export const appOrigin = `${appScheme}://${appHost}`

/** In `index.html`, replaced by what the page may draw before it has asked for anything. */
const firstScreenPlaceholder = '"__FIRST_SCREEN__"'

/**
 * JSON that may stand inside a script element: no text in it can end the element or begin a comment (HTML, 4.12.1.3).
 * The element is of a type that no browser runs.
 */
export const dataBlock = (value: unknown): string =>
  JSON.stringify(value).replaceAll('<', '\\u003c').replaceAll('>', '\\u003e')

/** In `index.html`, replaced in each response by that response's own nonce. */
export const noncePlaceholder = '__CSP_NONCE__'

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2'
}

/** The policy of every page (security E3). Styles of the component library carry the nonce. */
export const contentSecurityPolicy = (nonce: string): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "font-src 'self'",
    "img-src 'self' media:",
    'media-src media:',
    "connect-src 'none'",
    "frame-src 'none'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'none'"
  ].join('; ')

/**
 * Turns the address of a request into a path inside the bundle, or null for anything that is not plainly one: other
 * hosts, `..`, encoded slashes, NUL, drive letters, unknown kinds of file.
 */
export const bundlePath = (address: string): string | null => {
  const prefix = `${appOrigin}/`
  if (!address.startsWith(prefix)) return null
  const path = address.slice(prefix.length).split(/[?#]/, 1)[0] || 'index.html'
  const isPlain = path.split('/').every((segment) => /^[A-Za-z0-9_-][A-Za-z0-9._-]*$/.test(segment))
  return isPlain && extname(path) in contentTypes ? path : null
}

/** How long after a request the rest of the first screen is waited for. */
const longestWaitMs = 400

/** The part of Electron's protocol that is used here. */
type BufferProtocol = Pick<Protocol, 'registerBufferProtocol'>

/** What is sent; the status is 200 unless it is named. */
type Answer = Electron.ProtocolResponse

const notFound: Answer = { statusCode: 404, mimeType: 'text/plain', data: Buffer.from('Not found') }

/**
 * The page and the files it names, each kept until it is asked for. Read before the window asks: while the app
 * starts, an answer that needs no second turn of the event loop comes many milliseconds sooner.
 */
const readFirstFiles = (rendererFolder: string): Map<string, Buffer> => {
  const page = readFileSync(join(rendererFolder, 'index.html'))
  const named = page.toString('utf8').matchAll(/(?:src|href)="\.\/([^"]+)"/g)
  const paths = [...named].flatMap(([, path]) => path ?? [])
  const files = paths.map((path) => [path, readFileSync(join(rendererFolder, path))] as const)
  return new Map([['index.html', page], ...files])
}

/** What a page is given to draw before it has asked for anything. */
interface First {
  /** JSON for its data block. */
  readonly screen: string
  /** Addresses of faces that it will want at once. */
  readonly faces: readonly string[]
}

export const nothingFirst: First = { screen: 'null', faces: [] }

/** So that faces are on their way while the script is still read. */
const preloadOf = (address: string): string =>
  `<link rel="preload" as="image" crossorigin href="${address}" />`

/** The page with its nonce and with what it draws first, which may hold any text, also that of the placeholders. */
export const pageWith = (page: string, nonce: string, { screen, faces }: First): Buffer =>
  Buffer.from(
    page
      .replaceAll(noncePlaceholder, nonce)
      .replace('</head>', () => `${faces.map(preloadOf).join('')}</head>`)
      .split(firstScreenPlaceholder)
      .join(screen)
  )

const found = (path: string, content: Buffer, first: First): Answer => {
  const nonce = randomBytes(18).toString('base64')
  const isPage = extname(path) === '.html'
  return {
    data: isPage ? pageWith(content.toString('utf8'), nonce, first) : content,
    headers: {
      'Content-Type': contentTypes[extname(path)] ?? 'application/octet-stream',
      'Content-Security-Policy': contentSecurityPolicy(nonce),
      'X-Content-Type-Options': 'nosniff',
      'Cache-Control': isPage ? 'no-store' : 'max-age=31536000, immutable'
    }
  }
}

/**
 * Serves the bundle's files, and nothing else, with the policy as a header; the first page with `firstScreen`, and with
 * `faces`, addresses of what it shows of it. Resolves once the page and every file it names were asked for.
 * Not through `protocol.handle`: its first `Request` makes Node load its whole fetch, for which the page would have
 * to wait (docs/adr/0006-start-up.md).
 */
export const serveApp = (
  protocol: BufferProtocol,
  rendererFolder: string,
  firstScreen: unknown = null,
  faces: readonly string[] = []
): Promise<void> => {
  const firstFiles = readFirstFiles(rendererFolder)
  let first: First = { screen: dataBlock(firstScreen), faces }
  const read = (path: string): Promise<Buffer | null> =>
    readFile(join(rendererFolder, path)).catch(() => null)
  return new Promise((resolve) => {
    protocol.registerBufferProtocol(appScheme, ({ url, method }, answer) => {
      const path = method === 'GET' ? bundlePath(url) : null
      const held = path === null ? undefined : firstFiles.get(path)
      if (path === null) answer(notFound)
      else if (held !== undefined) {
        firstFiles.delete(path)
        answer(found(path, held, first))
        // A page that is loaded again asks the core, which knows more by then.
        if (path === 'index.html') first = nothingFirst
      } else {
        void read(path).then((content) =>
          answer(content === null ? notFound : found(path, content, first))
        )
      }
      // Whoever waits for this keeps the process busy, so every file of the first screen is sent before; but a page
      // that does not ask for all of them must not keep the app from starting.
      if (firstFiles.size === 0) setImmediate(resolve)
      else setTimeout(resolve, longestWaitMs)
    })
  })
}
