import { createHash, generateKeyPairSync, type KeyObject, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { feedText } from '../../../scripts/package/feeds.mjs'
import { createManualClock, type ManualClock } from '../../../test/main/manual-clock.ts'
import type { UpdateObstacle } from '../../shared/catalogue/update-troubles.ts'
import type { UpdateStatus } from '../../shared/domain/update.ts'
import { ok } from '../../shared/result.ts'
import { createHttpClient } from '../http/net-http-client.ts'
import type { StoreWrites } from '../ports/store.ts'
import type { LastStep } from '../ports/update-source.ts'
import type { ReleaseChannel } from '../updates/release-channel.ts'
import { createUpdateSource } from '../updates/update-source.ts'
import { createUpdates, type UpdateDeps, type Updates } from './updates.ts'

type Answer = (response: ServerResponse) => void

const target = 'linux-x64'
const feedPath = `/latest-${target}.signed`
const filePath = '/2.0.0/app.AppImage'
const minuteMs = 60_000
const hourMs = 60 * minuteMs
const log = { info: () => undefined, warn: () => undefined, bug: () => '' }

const keys = generateKeyPairSync('ed25519')
const otherKeys = generateKeyPairSync('ed25519')
const newApp = randomBytes(300_000)

let folder: string
let server: Server
let origin: string
let answers: Map<string, Answer>
let asked: string[]
let clock: ManualClock
let store: UpdateDeps['store']
let updates: Updates
let told: UpdateStatus['stand'][]
let obstacle: UpdateObstacle | null
let setting: 'daily' | 'off'
let isPaused: boolean
let quits: number
let stopping: AbortController
/** What the supervisor was given to run. */
let running: Promise<unknown>

const sha512 = (bytes: Uint8Array): string => createHash('sha512').update(bytes).digest('base64')

const feed = (more: object = {}) => ({
  target,
  version: '2.0.0',
  releasedAt: '2026-11-01T00:00:00.000Z',
  file: { path: filePath.slice(1), sizeBytes: newApp.length, sha512: sha512(newApp) },
  ...more
})

const send =
  (body: string | Uint8Array): Answer =>
  (response) => {
    response.end(body)
  }

const serve = (content: object, key: KeyObject = keys.privateKey): void => {
  answers.set(feedPath, send(feedText(content, key)))
}

/** The part of the library that keeps notes. */
const createNotes = (): UpdateDeps['store'] => {
  const notes = new Map<string, string>()
  const write = { putMeta: (key: string, value: string) => notes.set(key, value) }
  return {
    read: { meta: (key) => notes.get(key) ?? null },
    transaction: (work) => ok(work(write as unknown as StoreWrites))
  }
}

interface Options {
  readonly version?: string
  readonly isReplaced?: boolean
  readonly channel?: ReleaseChannel | null
  readonly lastStep?: LastStep
}

const start = ({
  version = '1.4.0',
  isReplaced = true,
  channel = channelHere(),
  lastStep = () => false
}: Options = {}): Updates => {
  const source = createUpdateSource({
    channel,
    target,
    install: isReplaced ? async () => ({ ok: true, value: lastStep }) : null,
    http: createHttpClient({
      fetch,
      fetchOnce: fetch,
      clock,
      random: () => 0.5,
      userAgent: 'ReplicaDesk',
      log,
      stopping: stopping.signal
    }),
    fetch,
    userAgent: 'ReplicaDesk',
    clock,
    dataFolder: folder
  })
  updates = createUpdates({
    store,
    settings: () => ({ updateChecks: setting }),
    source,
    clock,
    emit: (name, payload) => {
      if (name === 'update:changed') told.push((payload as UpdateStatus).stand)
    },
    log,
    supervisor: {
      start: (_task, work) => {
        running = Promise.resolve(work())
      }
    },
    version,
    underWay: () => obstacle,
    isPaused: () => isPaused,
    quit: () => {
      quits += 1
    },
    makeRoom: () => undefined,
    stopping: stopping.signal
  })
  updates.begin()
  return updates
}

const channelHere = (): ReleaseChannel => ({
  feed: `${origin}/`,
  page: 'https://releases.example/',
  publicKey: keys.publicKey.export({ type: 'spki', format: 'pem' }).toString()
})

/** Where a server was a moment ago. */
const closedOrigin = async (): Promise<string> => {
  const other = createServer()
  other.listen(0, '127.0.0.1')
  await once(other, 'listening')
  const { port } = other.address() as AddressInfo
  await new Promise((resolve) => other.close(resolve))
  return `http://127.0.0.1:${port}/`
}

/** Looks for a new version, and waits for what that begins. */
const check = async (): Promise<UpdateStatus['stand']> => {
  const answer = await updates.check()
  if (!answer.ok) throw new Error(answer.error.kind)
  await running
  return updates.status().stand
}

const kept = (): readonly string[] =>
  existsSync(join(folder, 'updates')) ? readdirSync(join(folder, 'updates')) : []

/** Ends the waits between tries at once; those that end an attempt stay. */
const isBetweenTries = (durationMs: number): boolean => durationMs < 15_000

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'updates-'))
  answers = new Map()
  asked = []
  told = []
  obstacle = null
  setting = 'daily'
  isPaused = false
  quits = 0
  running = Promise.resolve()
  stopping = new AbortController()
  clock = createManualClock('2026-11-30T12:00:00.000Z', isBetweenTries)
  store = createNotes()
  server = createServer((request, response) => {
    asked.push(`${request.headers.host === new URL(origin).host ? '' : 'elsewhere '}${request.url}`)
    const answer = answers.get(request.url ?? '')
    if (answer === undefined) response.writeHead(404).end()
    else answer(response)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  answers.set(filePath, send(newApp))
})

afterEach(async () => {
  stopping.abort()
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
  rmSync(folder, { recursive: true })
})

describe('a newer version', () => {
  it('is downloaded whole after its feed was verified, and not twice', async () => {
    serve(feed())
    start()
    expect(await check()).toEqual({ state: 'ready', version: '2.0.0' })
    expect(asked).toEqual([feedPath, filePath])
    expect(readFileSync(join(folder, 'updates', 'app.AppImage')).equals(newApp)).toBe(true)
    expect(told.at(0)).toEqual({ state: 'checking' })
    expect(told.at(-2)).toEqual({ state: 'downloading', version: '2.0.0', share: 1 })
    start()
    expect(await check()).toEqual({ state: 'ready', version: '2.0.0' })
    expect(asked).toEqual([feedPath, filePath, feedPath])
  })

  it('stays ready where a later look fails, and makes way for a later one', async () => {
    serve(feed())
    start()
    await check()
    answers.set(feedPath, send('not signed'))
    expect(await check()).toEqual({ state: 'ready', version: '2.0.0' })
    expect((await updates.install()).ok).toBe(true)
    const path = '2.1.0/later.AppImage'
    answers.set(`/${path}`, send(newApp))
    serve(feed({ version: '2.1.0', file: { ...feed().file, path } }))
    expect(await check()).toEqual({ state: 'ready', version: '2.1.0' })
    expect(kept()).toEqual(['later.AppImage'])
  })

  it('is only told of where the app is not replaced by itself', async () => {
    serve(feed())
    start({ isReplaced: false })
    expect(await check()).toEqual({ state: 'found', version: '2.0.0' })
    expect(asked).toEqual([feedPath])
  })

  it('without a download for this system is not waited for', async () => {
    serve(feed({ file: null }))
    start()
    expect(await check()).toEqual({ state: 'failed', trouble: 'no-file', version: '2.0.0' })
  })

  it.each([['1.4.0'], ['1.3.9'], ['0.99.0']])('is not %s, and nothing is kept', async (version) => {
    writeFileSync(join(folder, 'updates'), 'of an earlier version')
    serve(feed({ version }))
    start()
    expect(await check()).toEqual({ state: 'current' })
    expect(asked).toEqual([feedPath])
    expect(kept()).toEqual([])
  })
})

describe('a feed that cannot be believed', () => {
  const failsWith = async (trouble: string): Promise<void> => {
    start()
    expect(await check()).toEqual({ state: 'failed', trouble, version: null })
    expect(asked).not.toContain(filePath)
  }

  it('as it is not signed', async () => {
    answers.set(feedPath, send(JSON.stringify(feed())))
    await failsWith('unsigned')
  })

  it('as another key signed it', async () => {
    serve(feed(), otherKeys.privateKey)
    await failsWith('wrong-signature')
  })

  it('as one letter of it was changed', async () => {
    answers.set(feedPath, send(feedText(feed(), keys.privateKey).replace('2.0.0', '2.0.1')))
    await failsWith('wrong-signature')
  })

  it('as the signature is that of another text', async () => {
    const [, ...content] = feedText(feed(), keys.privateKey).split('\n')
    const [signature] = feedText(feed({ version: '1.0.0' }), keys.privateKey).split('\n')
    answers.set(feedPath, send([signature, ...content].join('\n')))
    await failsWith('wrong-signature')
  })

  it.each([
    ['another system', { target: 'windows-x64' }],
    ['no version', { version: 'next' }],
    ['a place outside', { file: { ...feed().file, path: '../app.AppImage' } }],
    ['another server', { file: { ...feed().file, path: 'https://x.example/a' } }],
    ['more than this app knows', { run: 'rm' }]
  ])('as it is for, or names, %s', async (_what, more) => {
    serve(feed(more))
    await failsWith('unreadable')
  })
})

describe('a server', () => {
  const failsWith = async (trouble: string, version: string | null): Promise<void> => {
    start()
    expect(await check()).toEqual({ state: 'failed', trouble, version })
    expect(kept()).toEqual([])
  }
  const redirect: Answer = (response) => {
    const { port } = new URL(origin)
    response.writeHead(302, { location: `http://localhost:${port}${filePath}` }).end()
  }
  const cut =
    (content: Uint8Array): Answer =>
    (response) => {
      response.writeHead(200, { 'content-length': content.length })
      response.write(content.subarray(0, Math.floor(content.length / 2)), () => response.destroy())
    }

  it('that is gone', async () => {
    start()
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
    expect(await check()).toEqual({ state: 'failed', trouble: 'offline', version: null })
  })

  it('that has no feed', () => failsWith('server', null))

  it('that leads elsewhere is not followed, with the feed or with the file', async () => {
    answers.set(feedPath, redirect)
    await failsWith('redirect', null)
    serve(feed())
    answers.set(filePath, redirect)
    await failsWith('redirect', '2.0.0')
    expect(asked.filter((path) => path.startsWith('elsewhere'))).toEqual([])
  })

  it('that sends a huge feed', async () => {
    answers.set(feedPath, send('x'.repeat(5_000_000)))
    await failsWith('too-large', null)
  })

  it('that cuts the feed off', async () => {
    answers.set(feedPath, cut(Buffer.from(feedText(feed(), keys.privateKey))))
    await failsWith('cut-off', null)
  })

  it.each<[string, Answer, string]>([
    ['cuts the file off', cut(newApp), 'cut-off'],
    ['ends it early', send(newApp.subarray(1)), 'cut-off'],
    ['sends another of the same size', send(Buffer.from(newApp).fill(0, 9, 10)), 'wrong-hash'],
    ['sends more than was signed for', send(Buffer.concat([newApp, newApp])), 'too-large'],
    ['does not have it', (response) => response.writeHead(404).end(), 'server']
  ])('that %s leaves nothing', async (_what, answer, trouble) => {
    serve(feed())
    answers.set(filePath, answer)
    await failsWith(trouble, '2.0.0')
  })

  it('that falls silent is given up', async () => {
    serve(feed())
    answers.set(filePath, (response) => {
      response.write(newApp.subarray(0, 100_000))
    })
    start()
    await updates.check()
    let isOver = false
    const over = running.finally(() => {
      isOver = true
    })
    while (!isOver) {
      clock.advance(minuteMs)
      await new Promise((resolve) => setImmediate(resolve))
    }
    await over
    expect(updates.status().stand).toMatchObject({ state: 'failed', trouble: 'cut-off' })
    expect(kept()).toEqual([])
  })
})

describe('while something is under way', () => {
  it.each<[UpdateObstacle]>([['deletion'], ['upload'], ['plan']])(
    'as a %s, nobody is asked and nothing installed',
    async (what) => {
      serve(feed())
      start()
      await check()
      asked.length = 0
      obstacle = what
      const busy = { ok: false, error: { kind: 'busy', with: what } }
      expect(await updates.check()).toEqual(busy)
      expect(await updates.install()).toEqual(busy)
      expect([asked, quits]).toEqual([[], 0])
    }
  )

  it('a download gives way, leaves nothing, and comes again later', async () => {
    serve(feed())
    answers.set(filePath, (response) => {
      obstacle = 'deletion'
      response.end(newApp)
    })
    start()
    expect(await check()).toEqual({ state: 'unknown' })
    expect(kept()).toEqual([])
    obstacle = null
    answers.set(filePath, send(newApp))
    expect(await check()).toEqual({ state: 'ready', version: '2.0.0' })
  })
})

describe('without being asked', () => {
  const round = async (durationMs: number): Promise<number> => {
    const before = asked.length
    const over = updates.round(stopping.signal)
    clock.advance(durationMs)
    await over
    await running
    return asked.length - before
  }

  it('it looks a minute after the start and once a day, through restarts', async () => {
    serve(feed({ version: '1.4.0' }))
    start()
    expect(await round(minuteMs)).toBe(1)
    expect(await round(23 * hourMs)).toBe(0)
    start()
    expect(await round(minuteMs)).toBe(0)
    expect(await round(hourMs)).toBe(1)
  })

  it('it looks at nothing while that is off, and a person still can', async () => {
    serve(feed({ version: '1.4.0' }))
    setting = 'off'
    start()
    for (let day = 0; day < 3; day += 1) expect(await round(24 * hourMs)).toBe(0)
    expect(await check()).toEqual({ state: 'current' })
  })

  it('it waits for a deletion to end', async () => {
    serve(feed({ version: '1.4.0' }))
    obstacle = 'deletion'
    start()
    expect(await round(hourMs)).toBe(0)
    obstacle = null
    expect(await round(hourMs)).toBe(1)
  })

  it('it looks at nothing while everything is paused', async () => {
    serve(feed({ version: '1.4.0' }))
    isPaused = true
    start()
    expect(await round(hourMs)).toBe(0)
    isPaused = false
    expect(await round(hourMs)).toBe(1)
  })

  it('it says when it looks next', async () => {
    serve(feed({ version: '1.4.0' }))
    start()
    expect(updates.nextAt()).toBe('2026-11-30T12:01:00.000Z')
    await round(minuteMs)
    expect(updates.nextAt()).toBe('2026-12-01T12:01:00.000Z')
    setting = 'off'
    expect(updates.nextAt()).toBeNull()
    expect(start({ channel: null }).nextAt()).toBeNull()
  })

  it('it looks an hour later where nobody was reached, and says when somebody was', async () => {
    start({ channel: { ...channelHere(), feed: await closedOrigin() } })
    await round(minuteMs)
    expect(updates.status()).toMatchObject({
      stand: { state: 'failed', trouble: 'offline' },
      checkedAt: null
    })
    start()
    serve(feed({ version: '1.4.0' }))
    expect(await round(minuteMs)).toBe(0)
    expect(await round(hourMs)).toBe(1)
    expect(updates.status().checkedAt).toBe(clock.nowAt())
  })

  it('it looks after a clock was set back', async () => {
    serve(feed({ version: '1.4.0' }))
    start()
    await round(minuteMs)
    clock = createManualClock('2020-01-01T00:00:00.000Z', isBetweenTries)
    start()
    expect(await round(minuteMs)).toBe(1)
  })

  it('it never asks in a build without a release key', async () => {
    start({ channel: null })
    expect(updates.status().way).toBe('none')
    expect(await round(48 * hourMs)).toBe(0)
    expect(await check()).toEqual({ state: 'unknown' })
    expect(asked).toEqual([])
  })
})

describe('the person’s restart', () => {
  it('quits, and takes the last step once everything has stopped', async () => {
    serve(feed())
    let steps = 0
    const lastStep = () => {
      steps += 1
      return true
    }
    start({ lastStep })
    expect(await updates.install()).toEqual({ ok: false, error: { kind: 'not-found' } })
    await check()
    expect(updates.isRestarting()).toBe(false)
    expect((await updates.install()).ok).toBe(true)
    expect([quits, steps, updates.isRestarting()]).toEqual([1, 0, true])
    expect(updates.finish()).toBe(true)
    expect(updates.finish()).toBe(false)
    expect(steps).toBe(1)
  })

  it('does not install a file that was changed since, and deletes it', async () => {
    serve(feed())
    start()
    await check()
    writeFileSync(join(folder, 'updates', 'app.AppImage'), Buffer.alloc(newApp.length))
    await updates.install()
    expect(updates.status().stand).toMatchObject({ state: 'failed', trouble: 'wrong-hash' })
    expect([quits, kept()]).toEqual([0, []])
  })

  it('gives way to a deletion that began while the file was read', async () => {
    serve(feed())
    start()
    await check()
    const installing = updates.install()
    obstacle = 'deletion'
    expect(await installing).toEqual({ ok: false, error: { kind: 'busy', with: 'deletion' } })
    expect([quits, updates.isRestarting(), updates.finish()]).toEqual([0, false, false])
  })

  it('says so at the next start if this version runs still, and once', async () => {
    serve(feed())
    start()
    await check()
    await updates.install()
    const failed = { state: 'failed', trouble: 'not-installed', version: '2.0.0' }
    expect(start().status().stand).toEqual(failed)
    expect(start().status().stand).toEqual({ state: 'unknown' })
  })
})

describe('what is new', () => {
  it('is told once, at the first start of a later version', async () => {
    expect(start().takeWhatsNew()).toBeNull()
    const next = start({ version: '2.0.0' })
    expect([next.before(), next.takeWhatsNew(), next.takeWhatsNew()]).toEqual([
      '1.4.0',
      '2.0.0',
      null
    ])
    expect(start({ version: '2.0.0' }).takeWhatsNew()).toBeNull()
  })

  it('is nothing after going back', () => {
    start({ version: '2.0.0' })
    const older = start({ version: '1.4.0' })
    expect([older.before(), older.takeWhatsNew()]).toEqual([null, null])
  })
})
