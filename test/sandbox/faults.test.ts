import { connect } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { faultCatalog, redirectTo, strangeLists, tooManyRequests } from './fault-catalog.ts'
import type { FaultEffect } from './faults.ts'
import { type Sandbox, startSandbox } from './faulty-sandbox.ts'

let sandbox: Sandbox

beforeEach(async () => {
  sandbox = await startSandbox({ seedData: { replicas: 3 } })
})

afterEach(() => sandbox.close())

/** Speaks HTTP by hand, so that nothing of a client smooths the answer over. */
interface Wire {
  readonly head: string
  readonly body: Buffer
  readonly error: string | null
}

interface Stop {
  /** Hangs up as soon as this many bytes came in. */
  readonly afterBytes: number
}

const speak = async (method: string, path: string, stop?: Stop): Promise<Wire> => {
  const { port } = new URL(sandbox.origin)
  const socket = connect(Number(port), '127.0.0.1')
  const chunks: Buffer[] = []
  let sizeBytes = 0
  let error: string | null = null
  socket.on('error', (failure: NodeJS.ErrnoException) => {
    error = failure.code ?? failure.message
  })
  socket.on('data', (chunk) => {
    chunks.push(chunk)
    sizeBytes += chunk.length
    if (stop !== undefined && sizeBytes >= stop.afterBytes) socket.destroy()
  })
  socket.write(
    `${method} ${path} HTTP/1.1\r\nhost: 127.0.0.1\r\nx-api-key: ${sandbox.apiKey}\r\nconnection: close\r\n\r\n`
  )
  await new Promise((resolve) => {
    socket.once('close', resolve)
  })
  const bytes = Buffer.concat(chunks)
  const end = bytes.lastIndexOf('\r\n\r\n')
  return { head: bytes.toString('latin1', 0, end), body: bytes.subarray(end + 4), error }
}

const list = (stop?: Stop): Promise<Wire> => speak('GET', '/v2/replicas', stop)

const arm = (effect: FaultEffect): void => sandbox.faults.add({ effect })

const lengthOf = (head: string): number => Number(/content-length: (\d+)/i.exec(head)?.[1])

const firstId = (): string => sandbox.state.replicas[0]?.id ?? ''

describe('answers', () => {
  it.each([
    ['keyRejected', 401],
    ['outOfCredit', 402],
    ['forbidden', 403],
    ['notFound', 404],
    ['conflict', 409],
    ['gone', 410],
    ['tooLarge', 413],
    ['unprocessable', 422],
    ['tooManyRequests', 429],
    ['serverError', 500],
    ['badGateway', 502],
    ['unavailable', 503],
    ['gatewayTimeout', 504],
    ['captivePortal', 200],
    ['emptyOk', 200],
    ['noContent', 204]
  ] as const)('%s is a %i and changes nothing', async (name, status) => {
    arm(faultCatalog[name])
    const wire = await speak('DELETE', `/v2/replicas/${firstId()}`)
    expect(wire.head).toMatch(new RegExp(`^HTTP/1.1 ${status} `))
    expect(sandbox.state.replicas).toHaveLength(3)
    expect(sandbox.requests).toMatchObject([{ status, fault: 'answer', processed: 0 }])
  })

  it('can process the request and still answer with an error', async () => {
    arm({ kind: 'answer', status: 500, processed: true })
    await speak('DELETE', `/v2/replicas/${firstId()}`)
    expect(sandbox.state.replicas).toHaveLength(2)
    expect(sandbox.requests).toMatchObject([{ status: 500, processed: 1 }])
  })

  it.each([
    [['-1'], 1],
    [['0'], 1],
    [['1e9'], 1],
    [['soon'], 1],
    [['Mon, 01 Jan 2001 00:00:00 GMT'], 1],
    [['1', '2'], 2],
    [[], 0]
  ])('sends Retry-After %j', async (values, count) => {
    arm(tooManyRequests(...values))
    const { head } = await list()
    expect(head.match(/^retry-after: .*$/gim) ?? []).toHaveLength(count)
    for (const value of values) expect(head).toContain(`retry-after: ${value}\r\n`)
  })

  it.each([301, 302, 307, 308] as const)('redirects with %i', async (status) => {
    arm(redirectTo(status, 'http://127.0.0.1:9/stolen'))
    const { head } = await list()
    expect(head).toContain(`HTTP/1.1 ${status}`)
    expect(head).toContain('location: http://127.0.0.1:9/stolen')
  })
})

describe('bodies', () => {
  it('cuts JSON in half, with a length that is true', async () => {
    arm(faultCatalog.halfJson)
    const { head, body } = await list()
    expect(lengthOf(head)).toBe(body.length)
    expect(() => JSON.parse(body.toString())).toThrow(SyntaxError)
    expect(body.toString()).toContain(firstId())
  })

  it('puts a wrong id into a true answer', async () => {
    arm(faultCatalog.wrongId)
    const { body } = await speak('GET', `/v2/replicas/${firstId()}`)
    expect(JSON.parse(body.toString())).toMatchObject({
      replica_id: 'r00000000000',
      status: 'completed'
    })
  })

  it('sends keys that touch prototypes', async () => {
    arm(faultCatalog.prototypeKeys)
    expect((await list()).body.toString()).toContain('"__proto__"')
  })

  it('nests 100,000 deep', async () => {
    arm(faultCatalog.deepJson)
    expect((await list()).body.toString()).toBe(`${'['.repeat(100_000)}${']'.repeat(100_000)}`)
  })

  it.each([
    ['notANumber', 'NaN'],
    ['hugeNumber', '1e400']
  ] as const)('%s sends %s', async (name, text) => {
    arm(faultCatalog[name])
    expect((await list()).body.toString()).toContain(text)
  })

  it('sends a key twice', async () => {
    arm(faultCatalog.duplicateKeys)
    expect((await list()).body.toString().match(/"data"/g)).toHaveLength(2)
  })

  it('sends UTF-16', async () => {
    arm(faultCatalog.utf16)
    const { head, body } = await list()
    expect(head).toContain('charset=utf-16')
    expect(JSON.parse(new TextDecoder('utf-16le').decode(body)).total_count).toBe(3)
  })

  it('declares more than it sends', async () => {
    arm(faultCatalog.lengthTooLong)
    const { head, body } = await list({ afterBytes: 300 })
    expect(lengthOf(head)).toBeGreaterThan(body.length)
  })

  it('declares less than it sends', async () => {
    arm(faultCatalog.lengthTooShort)
    const { head, body } = await list()
    expect(lengthOf(head)).toBeLessThan(body.length)
  })

  it('sends a small answer that grows', async () => {
    arm({ kind: 'gzip-bomb', sizeBytes: 8 * 1024 * 1024 })
    const response = await fetch(`${sandbox.origin}/v2/replicas`, {
      headers: { 'x-api-key': sandbox.apiKey }
    })
    expect((await response.text()).length).toBeGreaterThan(8 * 1024 * 1024)
    expect(response.headers.get('content-encoding')).toBe('gzip')
  })

  it('sends that small answer in few bytes', async () => {
    arm({ kind: 'gzip-bomb', sizeBytes: 8 * 1024 * 1024 })
    const { head, body } = await list()
    expect(head).toContain('content-encoding: gzip')
    expect(body.length).toBeLessThan(64 * 1024)
  })

  it('never ends until the other side hangs up', async () => {
    arm(faultCatalog.endless)
    const { head, body } = await list({ afterBytes: 4 * 1024 * 1024 })
    expect(head).not.toMatch(/content-length/i)
    expect(body.length).toBeGreaterThan(4 * 1024 * 1024 - 1024)
  })

  it.each(Object.entries(strangeLists))('%s keeps the list JSON', async (_, effect) => {
    arm(effect)
    const { body } = await list()
    const rows = JSON.parse(body.toString()).data
    if (effect.kind === 'rows') expect(rows).toHaveLength(effect.rows.length)
    else expect(Array.isArray(rows)).toBe(false)
  })
})

describe('connections', () => {
  it.each([
    ['before-processing', 3, 0],
    ['after-processing', 2, 1]
  ] as const)('reset %s leaves %i replicas', async (when, left, processed) => {
    arm({ kind: 'reset', when })
    const wire = await speak('DELETE', `/v2/replicas/${firstId()}`)
    expect(wire).toMatchObject({ head: '', error: 'ECONNRESET' })
    expect(sandbox.state.replicas).toHaveLength(left)
    expect(sandbox.requests).toMatchObject([{ status: null, fault: 'reset', processed }])
  })

  it('resets in the middle of a body', async () => {
    arm(faultCatalog.resetMidBody)
    const { head, body, error } = await list()
    expect(error).toBe('ECONNRESET')
    expect(body.length).toBeLessThan(lengthOf(head))
  })

  it('sends headers, then nothing', async () => {
    arm(faultCatalog.silence)
    const { head, body } = await list({ afterBytes: 1 })
    expect(head).toContain('HTTP/1.1 200')
    expect(body).toHaveLength(0)
  })

  it('takes the request and never answers', async () => {
    arm({ kind: 'hang', processed: true })
    const answer = fetch(`${sandbox.origin}/v2/replicas/${firstId()}`, {
      method: 'DELETE',
      headers: { 'x-api-key': sandbox.apiKey },
      signal: AbortSignal.timeout(100)
    })
    await expect(answer).rejects.toMatchObject({ name: 'TimeoutError' })
    expect(sandbox.state.replicas).toHaveLength(2)
    expect(sandbox.requests).toMatchObject([{ status: null }])
  })

  it('drips byte by byte', async () => {
    arm({ kind: 'drip', everyMs: 1 })
    const whole = await speak('GET', '/v2/replicas?limit=1')
    expect(JSON.parse(whole.body.toString()).total_count).toBe(3)
    sandbox.faults.clear()
    arm(faultCatalog.drip)
    const { head, body } = await list({ afterBytes: 1 })
    expect(head).toContain('HTTP/1.1 200')
    expect(body.length).toBeLessThanOrEqual(1)
  })

  it('sends many 1xx before the answer', async () => {
    arm(faultCatalog.manyInformational)
    const { head, body } = await list()
    expect(head.match(/^HTTP\/1.1 102 /gm)).toHaveLength(100)
    expect(JSON.parse(body.toString()).total_count).toBe(3)
  })

  it('says something that is not HTTP', async () => {
    arm(faultCatalog.notHttp)
    const answer = fetch(`${sandbox.origin}/v2/replicas`, {
      headers: { 'x-api-key': sandbox.apiKey }
    })
    await expect(answer).rejects.toThrow('fetch failed')
  })

  it('delays, and lets go when it is closed', async () => {
    arm({ kind: 'delay', ms: 1 })
    expect((await list()).head).toContain('HTTP/1.1 200')
    sandbox.faults.clear()
    arm({ kind: 'delay', ms: 600_000 })
    const waiting = list()
    const other = await fetch(`${sandbox.origin}/media/none.png`)
    expect(other.status).toBe(404)
    await sandbox.close()
    expect((await waiting).head).toBe('')
  })
})

describe('matching', () => {
  const statusOf = async (method: string, path: string): Promise<string | undefined> =>
    (await speak(method, path)).head.split(' ')[1]

  it('meets only the method and path it names', async () => {
    sandbox.faults.add({
      match: { method: 'GET', path: /^\/v2\/replicas$/ },
      effect: faultCatalog.serverError
    })
    sandbox.faults.add({ match: { path: '/v2/videos' }, effect: faultCatalog.unavailable })
    expect(await statusOf('GET', '/v2/replicas?limit=1')).toBe('500')
    expect(await statusOf('GET', `/v2/replicas/${firstId()}`)).toBe('200')
    expect(await statusOf('DELETE', '/v2/videos/1')).toBe('503')
    expect(sandbox.faults.hits).toEqual([1, 1])
  })

  it('skips, then meets so many, then is over', async () => {
    sandbox.faults.add({ effect: faultCatalog.serverError, afterSkipping: 1, times: 2 })
    const seen: (string | undefined)[] = []
    for (let count = 0; count < 4; count += 1) seen.push(await statusOf('GET', '/v2/replicas'))
    expect(seen).toEqual(['200', '500', '500', '200'])
  })

  it('gives way to the next fault when used up', async () => {
    sandbox.faults.add({ effect: faultCatalog.serverError, times: 1 })
    sandbox.faults.add({ effect: faultCatalog.notFound })
    expect(await statusOf('DELETE', `/v2/replicas/${firstId()}`)).toBe('500')
    expect(await statusOf('DELETE', `/v2/replicas/${firstId()}`)).toBe('404')
  })
})
