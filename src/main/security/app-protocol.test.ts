import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Protocol } from 'electron'
import { beforeAll, describe, expect, it } from 'vitest'
import { bundlePath, serveApp } from './app-protocol.ts'

describe('bundlePath', () => {
  it.each([
    ['app://bundle/', 'index.html'],
    ['app://bundle/index.html', 'index.html'],
    ['app://bundle/assets/index-Ab3_x.js', 'assets/index-Ab3_x.js'],
    ['app://bundle/assets/index.css?v=1#top', 'assets/index.css']
  ])('finds %s', (address, path) => {
    expect(bundlePath(address)).toBe(path)
  })

  it.each([
    'app://../../etc/passwd',
    'app://bundle/../main/index.js',
    'app://bundle/%2e%2e%2fmain.js',
    'app://bundle/..%2fmain.js',
    'app://bundle/assets%2findex.js',
    'app://bundle/assets\\index.js',
    'app://bundle/assets/\0index.js',
    'app://bundle/%00.js',
    'app://bundle//etc/passwd.js',
    'app://bundle/C:/windows/x.js',
    'app://bundle/.env.js',
    'app://bundle/index.html/..',
    'app://bundle/package.json',
    'app://other/index.html',
    'app://bundle.evil/index.html',
    'file:///etc/passwd',
    'https://bundle/index.html'
  ])('refuses %s', (address) => {
    expect(bundlePath(address)).toBeNull()
  })
})

describe('serveApp', () => {
  let answer: (address: string, method?: string) => Promise<Response>
  let firstPage: Response
  const nasty = { name: '</script><!--<script>alert(1)</script> $& \u2028 __CSP_NONCE__' }

  beforeAll(async () => {
    const folder = await mkdtemp(join(tmpdir(), 'bundle-'))
    const page =
      '<head><meta name="csp-nonce" content="__CSP_NONCE__"></head><script src="./first.js"></script>' +
      '<script type="application/json" id="first-screen">"__FIRST_SCREEN__"</script>'
    await writeFile(join(folder, 'index.html'), page)
    await writeFile(join(folder, 'app.js'), 'export {}')
    await writeFile(join(folder, 'first.js'), 'first()')
    type Register = Protocol['registerBufferProtocol']
    const handlers: Parameters<Register>[1][] = []
    const registerBufferProtocol: Register = (_scheme, handler) => handlers.push(handler) > 0
    void serveApp({ registerBufferProtocol }, folder, nasty, ['media://aa/208'])
    await rm(join(folder, 'first.js'))
    answer = (url, method = 'GET') => {
      const [handler] = handlers
      if (handler === undefined) throw new Error('Nothing was registered')
      const request = { url, method, headers: {}, referrer: '' }
      return new Promise((resolve) => {
        handler(request, (sent) => {
          if (Buffer.isBuffer(sent) || !Buffer.isBuffer(sent.data)) throw new Error('No headers')
          const headers = sent.headers as Record<string, string>
          resolve(
            new Response(new Uint8Array(sent.data), { status: sent.statusCode ?? 200, headers })
          )
        })
      })
    }
  })

  it('gives the first page what it may draw, as data that no text can end', async () => {
    const block = async (page: Response): Promise<string> =>
      /id="first-screen">(.*)<\/script>$/s.exec(await page.text())?.[1] ?? ''
    firstPage = await answer('app://bundle/')
    const text = await block(firstPage.clone())
    expect(text).not.toMatch(/[<>]/)
    expect(JSON.parse(text)).toEqual(nasty)
    const faces = '<link rel="preload" as="image" crossorigin href="media://aa/208" /></head>'
    expect(await firstPage.clone().text()).toContain(faces)
    expect(await (await answer('app://bundle/')).text()).not.toContain('media:')
    expect(await block(await answer('app://bundle/'))).toBe('null')
  })

  it('gives each page a nonce of its own, in the page and in the policy', async () => {
    const pages = [firstPage, await answer('app://bundle/')]
    const nonces = await Promise.all(
      pages.map(async (page) => /content="([^"]+)"/.exec(await page.text())?.[1] ?? '')
    )
    expect(nonces[0]).toMatch(/^[A-Za-z0-9+/]{24}$/)
    expect(nonces[0]).not.toBe(nonces[1])
    expect(pages[0]?.headers.get('content-security-policy')).toContain(`'nonce-${nonces[0]}'`)
  })

  it('has read what the page names before it is asked, and keeps it for one answer', async () => {
    expect(await (await answer('app://bundle/first.js')).text()).toBe('first()')
    expect((await answer('app://bundle/first.js')).status).toBe(404)
  })

  it('allows no inline code, no evaluation and no connection', async () => {
    const policy =
      (await answer('app://bundle/app.js')).headers.get('content-security-policy') ?? ''
    expect(policy).not.toContain('unsafe')
    expect(policy.split('; ')).toEqual(
      expect.arrayContaining(["default-src 'none'", "script-src 'self'", "connect-src 'none'"])
    )
  })

  it.each([
    ['a missing file', 'app://bundle/missing.js', 'GET'],
    ['a path outside', 'app://bundle/%2e%2e%2fmain.js', 'GET'],
    ['another method', 'app://bundle/app.js', 'POST']
  ])('answers 404 to %s', async (_what, address, method) => {
    expect((await answer(address, method)).status).toBe(404)
  })
})
