import { createSocket } from 'node:dgram'
import { readFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { expect } from '@playwright/test'
import { test } from './fixtures.ts'
import { tryEveryWay } from './ways-out.ts'

/** Hears whatever reaches one port of this computer, by UDP and by TCP, and says nothing. */
const listen = async () => {
  const heard: string[] = []
  const tcp = createServer((socket) => {
    heard.push('tcp')
    socket.on('error', () => undefined)
    socket.destroy()
  })
  await new Promise<void>((resolve) => tcp.listen(0, '127.0.0.1', resolve))
  const { port } = tcp.address() as AddressInfo
  const udp = createSocket('udp4', () => heard.push('udp'))
  await new Promise<void>((resolve) => udp.bind(port, '127.0.0.1', resolve))
  return {
    port,
    heard,
    close: () => {
      tcp.close()
      udp.close()
    }
  }
}

/** How long a way out may take that does not end by itself; the ones that reach somebody do so at once. */
const longestMs = 1_500
/** Nobody's domain. A name below it in the network's log was looked up, and so told to others. */
const namedHost = 'looked-up.invalid'

test('a script in the window reaches nobody, by whatever way a page has', async ({
  launch,
  userData
}) => {
  const listener = await listen()
  const { app, page } = await launch()
  const logFile = join(userData, 'network.json')
  await app.evaluate(({ netLog }, file) => netLog.startLogging(file), logFile)
  const tried = await page.evaluate(tryEveryWay, [listener.port, longestMs, namedHost] as const)
  expect(tried.length).toBeGreaterThan(45)
  // Both would have heard it: somebody from outside the window is heard, and in the log.
  await app.evaluate(async ({ session }, port) => {
    const other = session.fromPartition('other', { cache: false })
    for (const host of [`127.0.0.1:${port}`, 'control.looked-up.invalid']) {
      await other.fetch(`http://${host}/`).catch(() => undefined)
    }
  }, listener.port)
  await expect.poll(() => listener.heard.length).toBeGreaterThan(0)
  await app.evaluate(({ netLog }) => netLog.stopLogging())
  const lookedUp = readFileSync(logFile, 'utf8').match(/[a-z-]+(?=\.looked-up\.invalid)/g)
  expect(listener.heard).toEqual(['tcp'])
  expect(new Set(lookedUp)).toEqual(new Set(['control']))
  expect(page.url()).toMatch(/^app:\/\/bundle\/index\.html/)
  listener.close()
})

test('no session of a page has a way to the network, and none saves what it is sent', async ({
  connect
}) => {
  const { app, page } = await connect('Amara Osei')
  const seen = await app.evaluate(async ({ session }) => ({
    proxy: await session.defaultSession.resolveProxy('https://example.com/'),
    loopback: await session.defaultSession.resolveProxy('http://127.0.0.1:1/'),
    downloads: session.defaultSession.listenerCount('will-download'),
    other: session.fromPartition('any other').listenerCount('will-download')
  }))
  expect(seen).toMatchObject({ proxy: 'PROXY 127.0.0.1:0', loopback: 'PROXY 127.0.0.1:0' })
  expect(seen.other).toBeGreaterThan(0)
  expect(seen.downloads).toBeGreaterThan(0)
  const left = await page.evaluate(() =>
    ['RTCPeerConnection', 'webkitRTCPeerConnection', 'print'].filter((name) => name in window)
  )
  expect(left).toEqual([])
})
