import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { failingLog, unwrap } from '../../../test/main/desks/desk.ts'
import { createMoodySecrets, type MoodySecrets } from '../../../test/main/secrets/moody-secrets.ts'
import { openIn, temporaryFolder } from '../../../test/main/storage/temporary-store.ts'
import { startS3 } from '../../sandbox/s3.ts'
import type { BucketInput } from '../../shared/domain/bucket.ts'
import { createOpenBucket } from '../buckets/open-bucket.ts'
import { systemClock } from '../clock.ts'
import type { Store } from '../ports/store.ts'
import { type Buckets, createBuckets } from './buckets.ts'
import { createKeyRing, type KeyRing } from './key-ring.ts'
import { createSupervisor } from './supervisor.ts'

const secret = 'canary4secret7b1f9e03d5a2486c8e7f/+abcd'
const otherSecret = 'canary5secret0c7d1e94b3a6285f9d8e/+abcd'

let folder: string
let store: Store
let secrets: MoodySecrets
let keyRing: KeyRing
let buckets: Buckets

beforeEach(() => {
  folder = temporaryFolder()
  store = openIn(folder)
  secrets = createMoodySecrets()
  keyRing = createKeyRing({
    store,
    secrets,
    clock: systemClock,
    supervisor: createSupervisor({
      clock: systemClock,
      log: failingLog,
      onBackground: () => undefined
    }),
    fingerprintSalt: 'salt',
    onKeychain: () => undefined,
    onLeft: () => undefined
  })
  buckets = createBuckets({
    store,
    keyRing,
    clock: systemClock,
    emit: () => undefined,
    openBucket: createOpenBucket(async () => 'DIRECT'),
    onRemoving: async () => undefined,
    stopping: new AbortController().signal
  })
})

const input = (change: Partial<BucketInput> = {}): BucketInput => ({
  id: null,
  name: 'Studio bucket',
  endpoint: 'https://s3.eu-central-1.amazonaws.com',
  region: 'eu-central-1',
  bucket: 'studio-videos',
  prefix: '/replicas',
  isPathStyle: false,
  accessKeyId: 'AKIAEXAMPLE0000001',
  secretKey: secret,
  keyStorage: 'keychain',
  ...change
})

const kept = (): readonly string[] => [...secrets.entries.values()]

/** Every byte that lies in the data folder. */
const onDisk = (): string =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1'))
    .join('\n')

const issuesOf = async (change: Partial<BucketInput>) => {
  const saved = await buckets.save(input(change))
  if (saved.ok) return []
  return saved.error.kind === 'invalid-input'
    ? saved.error.issues.map(({ field, code }) => `${field}: ${code}`)
    : [saved.error.kind]
}

describe('a bucket connection', () => {
  it('keeps its secret in the keychain alone, and shows four characters of it', async () => {
    const saved = unwrap(await buckets.save(input()))
    expect(saved).toMatchObject({
      endpoint: 'https://s3.eu-central-1.amazonaws.com',
      prefix: 'replicas/',
      key: { state: 'saved', last4: 'abcd' },
      test: { outcome: 'not-tested' }
    })
    expect(kept()).toEqual([secret])
    expect(onDisk()).not.toContain(secret)
    expect(JSON.stringify(buckets.all())).not.toContain(secret)
  })

  it('gives its secret for this place and key id, and no other', async () => {
    const { id } = unwrap(await buckets.save(input()))
    const record = store.read.bucket(id)
    if (record === null) throw new Error('Not stored')
    const connection = keyRing.connectBucket(record)
    expect(await connection.readSecret()).toEqual({ ok: true, value: secret })
    unwrap(
      await buckets.save(input({ id, endpoint: 'https://other.example', secretKey: otherSecret }))
    )
    expect(connection.objection()).toEqual({ kind: 'account-changed' })
    expect(await connection.readSecret()).toMatchObject({ ok: false })
    await keyRing.sweep()
    expect(kept()).toEqual([otherSecret])
  })

  it.each([{ endpoint: 'https://other.example' }, { accessKeyId: 'AKIAEXAMPLE0000002' }])(
    'wants the secret again for %j',
    async (change) => {
      const { id } = unwrap(await buckets.save(input()))
      expect(await issuesOf({ ...change, id, secretKey: null })).toEqual([
        'secretKey: needed-for-new-address'
      ])
      expect(store.read.bucket(id)).toMatchObject({ accessKeyId: 'AKIAEXAMPLE0000001' })
    }
  )

  it('may be renamed without it', async () => {
    const { id } = unwrap(await buckets.save(input()))
    unwrap(await buckets.save(input({ id, name: 'Renamed', secretKey: null })))
    expect(buckets.all()).toMatchObject([{ name: 'Renamed', key: { state: 'saved' } }])
    expect(kept()).toEqual([secret])
  })

  it('is not saved where the keychain does not take the secret', async () => {
    secrets.mood = 'locked'
    expect(await buckets.save(input())).toMatchObject({
      ok: false,
      error: { kind: 'keychain-unavailable', state: 'locked' }
    })
    expect(buckets.all()).toEqual([])
  })

  it('is tried before it is stored, and says where it is wrong', async () => {
    const s3 = await startS3({})
    const { origin: endpoint, region, bucket, accessKeyId, secretKey } = s3
    const place = { endpoint, region, bucket, accessKeyId, isPathStyle: true }
    expect(await buckets.tryOut(input({ ...place, secretKey }))).toEqual({ ok: true, value: {} })
    expect(await buckets.tryOut(input({ ...place, secretKey: secret }))).toMatchObject({
      error: { kind: 'bucket-failed', trouble: 'wrong-secret' }
    })
    await s3.close()
    expect(await buckets.tryOut(input({ ...place, secretKey }))).toMatchObject({
      error: { kind: 'bucket-failed', trouble: 'unreachable' }
    })
    expect(buckets.all()).toEqual([])
    expect(kept()).toEqual([])
    expect(onDisk()).not.toContain(secretKey)
  })

  it('may be kept for this run only', async () => {
    unwrap(await buckets.save(input({ keyStorage: 'this-run' })))
    expect(buckets.all()).toMatchObject([{ key: { state: 'this-run' } }])
    expect(kept()).toEqual([])
  })

  it('goes with its secret', async () => {
    const { id } = unwrap(await buckets.save(input()))
    unwrap(await buckets.remove(id))
    expect(buckets.all()).toEqual([])
    expect(kept()).toEqual([])
  })

  it.each<[Partial<BucketInput>, string]>([
    [{ endpoint: 'http://storage.example' }, 'endpoint: not-https'],
    [{ endpoint: 'https://user:pw@storage.example' }, 'endpoint: has-user-info'],
    [{ endpoint: 'https://storage.example/bucket' }, 'endpoint: has-path'],
    [{ name: ' ' }, 'name: empty'],
    [{ bucket: '' }, 'bucket: empty'],
    [{ bucket: 'a/b' }, 'bucket: bad-bucket'],
    [{ region: 'eu central' }, 'region: bad-region'],
    [{ prefix: 'a b' }, 'prefix: bad-prefix'],
    [{ accessKeyId: 'AK IA' }, 'accessKeyId: whitespace'],
    [{ secretKey: '' }, 'secretKey: empty'],
    [{ secretKey: null }, 'secretKey: empty']
  ])('refuses %j', async (change, code) => {
    expect(await issuesOf(change)).toEqual([code])
    expect(kept()).toEqual([])
  })

  it('takes plain http on this computer', async () => {
    expect(await issuesOf({ endpoint: 'http://127.0.0.1:9000' })).toEqual([])
  })
})
