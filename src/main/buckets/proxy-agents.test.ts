import { createServer, request, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, it, onTestFinished } from 'vitest'
import { startS3 } from '../../sandbox/s3.ts'
import type { BucketConnection } from '../ports/bucket-client.ts'
import { createOpenBucket } from './open-bucket.ts'
import { firstProxy } from './proxy-agents.ts'

const never = new AbortController().signal

const listening = async (server: Server): Promise<string> => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return `127.0.0.1:${(server.address() as AddressInfo).port}`
}

/** Hands requests on, and notes for what it was asked; tunnels are refused. */
const startProxy = async () => {
  const asked: string[] = []
  const server = createServer((req, res) => {
    asked.push(`${req.method} ${req.url}`)
    const { method, headers, url = '' } = req
    const onward = request(url, { method, headers }, (answer) => {
      res.writeHead(answer.statusCode ?? 502, answer.headers)
      answer.pipe(res)
    })
    req.pipe(onward)
  })
  server.on('connect', ({ url }, socket) => {
    asked.push(`CONNECT ${url}`)
    socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n')
  })
  return { address: await listening(server), asked }
}

const connectionTo = (place: Partial<BucketConnection>, secret: string): BucketConnection => ({
  endpoint: 'https://storage.invalid',
  region: 'eu-central-1',
  bucket: 'studio-videos',
  isPathStyle: true,
  accessKeyId: 'AKIAEXAMPLE0000001',
  readSecret: async () => ({ ok: true, value: secret }),
  objection: () => null,
  ...place
})

describe('a bucket behind a proxy of the system', () => {
  it('is reached through it', async () => {
    const s3 = await startS3({})
    onTestFinished(() => s3.close())
    const proxy = await startProxy()
    const { origin: endpoint, region, bucket, accessKeyId, secretKey } = s3
    const open = createOpenBucket(async () => `PROXY ${proxy.address};DIRECT`)
    const opened = await open(connectionTo({ endpoint, region, bucket, accessKeyId }, secretKey))
    if (!opened.ok) throw new Error(opened.error.kind)
    const body = Buffer.from('a small object')
    expect(await opened.value.put('a.txt', body, never)).toEqual({ ok: true, value: null })
    expect(proxy.asked).toEqual([expect.stringContaining(`PUT ${endpoint}/${bucket}/a.txt`)])
  })

  it('is reached through a tunnel where it is encrypted, its name resolved by the proxy', async () => {
    const proxy = await startProxy()
    const open = createOpenBucket(async () => `PROXY ${proxy.address}`)
    const opened = await open(connectionTo({}, 'secret'))
    if (!opened.ok) throw new Error(opened.error.kind)
    expect(await opened.value.head('a.txt', never)).toMatchObject({
      error: { kind: 'bucket-failed' }
    })
    expect(proxy.asked).toEqual(['CONNECT storage.invalid:443'])
  })
})

it.each([
  ['PROXY a.example:8080;DIRECT', 'http://a.example:8080'],
  ['HTTPS a.example:443', 'https://a.example:443'],
  ['SOCKS5 127.0.0.1:1080', 'socks5h://127.0.0.1:1080'],
  ['SOCKS 127.0.0.1:1080', 'socks4a://127.0.0.1:1080'],
  ['DIRECT', null],
  ['DIRECT;PROXY a.example:8080', null],
  ['QUIC a.example:443', null],
  ['', null]
])('of "%s" the first is %s', (proxies, first) => {
  expect(firstProxy(proxies)).toBe(first)
})
