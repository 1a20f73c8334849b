import { createHash, createHmac } from 'node:crypto'
import { linkSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { tsImport } from 'tsx/esm/api'
import { faceColor } from './eye.mjs'
import { facePicture } from './face-picture.mjs'

const load = (path) => tsImport(path, import.meta.url)

const times = (count, make) => Array.from({ length: count }, (_, index) => make(index))

/** A bug ends the measuring. */
export const log = {
  info: () => undefined,
  warn: () => undefined,
  bug: (error) => {
    throw error
  }
}

const apiKey = 'bench-key-a1b2'
const fingerprintSalt = 'bench'
const keyEntry = 'key_0123456789abcdef'

/** An account as stored, with nobody at its address and no key in the keychain. */
export const accountOf = (nowAt) => ({
  id: 'acc_0123456789abcdef',
  provider: 'tavus',
  name: 'Studio North',
  color: 'indigo',
  // Nobody answers there: what is measured is the app, not a network.
  apiAddress: 'http://127.0.0.1:9',
  isReadOnly: false,
  isSample: false,
  createdAt: nowAt,
  savedKey: { entry: keyEntry, last4: 'a1b2', setAt: nowAt },
  keyFingerprint: createHmac('sha256', fingerprintSalt).update(apiKey).digest('hex').slice(0, 32),
  keyCheck: { outcome: 'works', checkedAt: nowAt },
  syncedAt: nowAt
})

/** Of the picture of a replica, as the app makes them: 32 hexadecimal digits. */
const posterIdOf = (index) =>
  createHash('sha256').update(`face ${index}`).digest('hex').slice(0, 32)

/** Pixels of a face, as those of the sample data. */
const faceSize = { width: 480, height: 360 }
/** A file system links no file much more often; further replicas show initials. */
const mostFaces = 10_000

const replicaOf = (accountId, index, nowAt) => ({
  ref: { accountId, kind: 'replica', id: `r${String(index).padStart(11, '0')}` },
  name: `Replica ${index + 1}`,
  status: index % 50 === 0 ? 'training' : 'ready',
  statusRaw: index % 50 === 0 ? 'started' : 'completed',
  progress: index % 50 === 0 ? 40 : 100,
  model: 'phoenix-4',
  origin: 'own',
  createdAt: new Date(Date.parse(nowAt) - index * 60_000).toISOString(),
  updatedAt: null,
  errorMessage: null,
  posterId: posterIdOf(index),
  clipId: null,
  parentId: null,
  details: [],
  presence: 'listed',
  firstSeenAt: nowAt,
  movedAt: nowAt,
  lastSeenAt: nowAt
})

/** Pictures as the app keeps them. One file under many names: the disk is not what is measured. */
function keepFaces(folder, count) {
  const pictures = join(folder, 'thumbnails')
  mkdirSync(pictures, { mode: 0o700 })
  const fileOf = (index) => join(pictures, `${posterIdOf(index)}.png`)
  writeFileSync(fileOf(0), facePicture(faceSize.width, faceSize.height, faceColor), { mode: 0o600 })
  for (let index = 1; index < count; index += 1) linkSync(fileOf(0), fileOf(index))
}

/** Puts the key of the seeded account where the app looks for it. */
export async function keepKey() {
  const { default: keytar } = await import('keytar')
  await keytar.setPassword('app.replica-desk', keyEntry, apiKey)
}

/** Fills a data folder as the app itself would, with its own store: one account, its replicas and their faces. */
export async function seedLibrary(folder, replicaCount, apiAddress = null) {
  const { openStore } = await load('../src/main/storage/sqlite-store.ts')
  const { systemClock } = await load('../src/main/clock.ts')
  const store = openStore({ folder, clock: systemClock, runId: 'run_bench', log })
  const nowAt = systemClock.nowAt()
  const usual = accountOf(nowAt)
  const account = { ...usual, apiAddress: apiAddress ?? usual.apiAddress }
  const seeded = store.transaction((write) => {
    write.putMeta('fingerprintSalt', fingerprintSalt)
    write.putAccount(account)
    for (const record of times(replicaCount, (index) => replicaOf(account.id, index, nowAt))) {
      write.putAsset(record)
      write.append({
        type: 'asset-first-seen',
        operationId: null,
        accountId: account.id,
        accountName: account.name,
        assetKind: 'replica',
        assetId: record.ref.id,
        assetName: record.name,
        body: { status: record.status }
      })
    }
  })
  store.close()
  keepFaces(folder, Math.min(replicaCount, mostFaces))
  if (!seeded.ok) throw new Error(`The library could not be filled: ${seeded.error.kind}`)
}
