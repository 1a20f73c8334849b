import { createHmac } from 'node:crypto'
import type { AccountId, KeyStatus } from '../../shared/domain/account.ts'
import type { Health } from '../../shared/domain/health.ts'
import type { AppError } from '../../shared/errors.ts'
import { fail, ok, type Result } from '../../shared/result.ts'
import type { BucketConnection } from '../ports/bucket-client.ts'
import type { Clock } from '../ports/clock.ts'
import type { Connection } from '../ports/provider.ts'
import type { SecretAnswer, SecretStore } from '../ports/secret-store.ts'
import type { AccountRecord, BucketRecord, KeyHolder, Store } from '../ports/store.ts'
import type { Supervisor } from '../ports/supervisor.ts'
import { checkKeyShape, checkSecretShape, type KeyShape } from '../rules/key-shape.ts'
import { createKeyEntries } from './key-entries.ts'

type KeychainFailure = Exclude<SecretAnswer<unknown>['kind'], 'ok' | 'absent'>

/** What saving a key changes in its holder's record. */
export type SavedKey = Pick<KeyHolder, 'savedKey' | 'keyFingerprint'>

/** A key that was put where it will be kept. Nothing uses it before its holder's record says so. */
export interface NewKey {
  readonly saved: SavedKey
  /** To be called in the same turn in which the holder's record was stored with `saved`. */
  readonly adopt: () => void
  /** Takes the key away again: the record was not stored, and the old key stays in use. */
  readonly discard: () => Promise<void>
}

/**
 * Where keys of accounts and secrets of buckets are kept and read, holder by holder: the keychain, or memory for this
 * run. Only this file and the stores behind it ever hold a key, and only for the length of a call (security C10); the
 * secret of a bucket is held by its client, too, while an upload runs.
 */
export interface KeyRing {
  status(holder: KeyHolder): KeyStatus
  /**
   * The first half of a save: writes the key, beside the one in use. Nothing of the holder may be written unless this
   * answers ok (security C4). `keychain-unavailable`, `storage-failed`.
   */
  prepare(
    holder: Pick<KeyHolder, 'id' | 'name'>,
    key: string,
    storage: 'keychain' | 'this-run'
  ): Promise<Result<NewKey>>
  /** Lets go of what is in memory for a holder; what lies in the keychain goes with the next `sweep`. */
  drop(holderId: KeyHolder['id']): void
  /** Deletes the keys that nothing uses any more from the keychain, as far as it lets them go. */
  sweep(): Promise<void>
  /** The same without waiting for it. */
  sweepSoon(): void
  /**
   * What a provider needs to call for the account: its address and key as they are in this record. As soon as the
   * stored account has another address or key, nothing more is sent with it (`account-changed`). With `askedWith`, a key
   * of another fingerprint is refused as `key-changed` (security R9).
   */
  connect(account: AccountRecord, askedWith?: string | null): Connection
  /** The same for a bucket: its place, access key id and secret as they are in this record. */
  connectBucket(bucket: BucketRecord): BucketConnection
  /** The same with a key that was typed and is stored nowhere, to try it. */
  connectTyped(apiAddress: string, key: string, onWait: (untilAt: string) => void): Connection
  connectBucketTyped(place: BucketPlace, secret: string): BucketConnection
  fingerprint(key: string): string
}

/** Where a bucket is, and by which key id. */
type BucketPlace = Pick<
  BucketRecord,
  'endpoint' | 'region' | 'bucket' | 'isPathStyle' | 'accessKeyId'
>

export interface KeyRingDeps {
  readonly store: Pick<Store, 'read' | 'transaction'>
  readonly secrets: SecretStore
  readonly clock: Clock
  readonly supervisor: Pick<Supervisor, 'start'>
  /** Random text of this installation; fingerprints mean nothing without it. */
  readonly fingerprintSalt: string
  readonly onKeychain: (state: Health['keychain']) => void
  /** Told of each answer of a provider, by the account that asked. */
  readonly onAnswered?: (accountId: AccountId) => void
  /** Told when a provider asks an account's request to wait, and until when; what it answers is called after the wait. */
  readonly onWait?: (accountId: AccountId, untilAt: string) => () => void
  /** Told the accounts and buckets whose unused keys are still in the keychain. */
  readonly onLeft: (holderNames: readonly string[]) => void
}

/** Four characters of a short key would be too much of it. */
const shortestHinted = 8
const lastFour = (key: string): string => (key.length < shortestHinted ? '' : key.slice(-4))

/** Proving that an entry is missing may open the system's prompt, so not again soon after it did not work. */
const betweenProofsMs = 10 * 60_000

const unavailable = (state: KeychainFailure): { readonly ok: false; readonly error: AppError } =>
  fail({ kind: 'keychain-unavailable', state })

const noWait = (): void => undefined

/** Nothing that is stored can speak against what was only typed. */
const noObjection = (): null => null

const placeOf = ({
  endpoint,
  region,
  bucket,
  isPathStyle,
  accessKeyId
}: BucketPlace): BucketPlace => ({
  endpoint,
  region,
  bucket,
  isPathStyle,
  accessKeyId
})

export const createKeyRing = (deps: KeyRingDeps): KeyRing => {
  const thisRun = new Map<KeyHolder['id'], { readonly key: string; readonly setAt: string }>()
  const failures = new Map<KeyHolder['id'], KeychainFailure | 'missing'>()
  let noProofBeforeMs = Number.NEGATIVE_INFINITY

  const fingerprint = (key: string): string =>
    createHmac('sha256', deps.fingerprintSalt).update(key).digest('hex').slice(0, 32)

  const onAnswer = (kind: SecretAnswer<unknown>['kind']): void =>
    deps.onKeychain(kind === 'absent' ? 'ok' : kind)

  const entries = createKeyEntries({ ...deps, onAnswer })

  const note = (holderId: KeyHolder['id'], { kind }: SecretAnswer<unknown>): void => {
    if (kind === 'ok') failures.delete(holderId)
    else failures.set(holderId, kind === 'absent' ? 'missing' : kind)
    onAnswer(kind)
  }

  /** A locked keychain reads as an empty one, so nothing is called missing without proof. */
  const readEntry = async (entry: string): Promise<SecretAnswer<string>> => {
    const found = await deps.secrets.get(entry, { isExpected: false })
    if (found.kind !== 'absent') return found
    if (deps.clock.monotonicMs() < noProofBeforeMs) return { kind: 'locked' }
    const proven = await deps.secrets.getProven(entry)
    if (proven.kind !== 'ok' && proven.kind !== 'absent') {
      noProofBeforeMs = deps.clock.monotonicMs() + betweenProofsMs
    }
    return proven
  }

  const readStored = async (
    holder: KeyHolder,
    shapeOf: (key: string) => KeyShape
  ): Promise<Result<string>> => {
    const kept = thisRun.get(holder.id)
    if (kept !== undefined) return ok(kept.key)
    if (holder.savedKey === null) return fail({ kind: 'key-missing' })
    const answer = await readEntry(holder.savedKey.entry)
    note(holder.id, answer)
    if (answer.kind === 'absent') return fail({ kind: 'key-missing' })
    if (answer.kind !== 'ok') return unavailable(answer.kind)
    const shape = shapeOf(answer.value)
    return shape.ok ? ok(shape.key) : fail({ kind: 'key-damaged' })
  }

  const changeOf = (account: AccountRecord): AppError | null => {
    const now = deps.store.read.account(account.id)
    if (now === null) return { kind: 'not-found' }
    const isSame =
      now.provider === account.provider &&
      now.apiAddress === account.apiAddress &&
      now.keyFingerprint === account.keyFingerprint
    return isSame ? null : { kind: 'account-changed' }
  }

  const changeOfBucket = (bucket: BucketRecord): AppError | null => {
    const now = deps.store.read.bucket(bucket.id)
    if (now === null) return { kind: 'not-found' }
    const isSame =
      now.endpoint === bucket.endpoint &&
      now.region === bucket.region &&
      now.bucket === bucket.bucket &&
      now.isPathStyle === bucket.isPathStyle &&
      now.accessKeyId === bucket.accessKeyId &&
      now.keyFingerprint === bucket.keyFingerprint
    return isSame ? null : { kind: 'account-changed' }
  }

  /** The key that the record is about, unless its holder changed before it was read or while. */
  const readBound = async <H extends KeyHolder>(
    holder: H,
    changeOf: (holder: H) => AppError | null,
    shapeOf: (key: string) => KeyShape
  ): Promise<Result<string>> => {
    const before = changeOf(holder)
    if (before !== null) return fail(before)
    const key = await readStored(holder, shapeOf)
    const since = changeOf(holder)
    if (since !== null) return fail(since)
    if (!key.ok) return key
    return fingerprint(key.value) === holder.keyFingerprint ? key : fail({ kind: 'key-damaged' })
  }

  const forThisRun = (holderId: KeyHolder['id'], key: string): NewKey => ({
    saved: { savedKey: null, keyFingerprint: fingerprint(key) },
    adopt: () => {
      thisRun.set(holderId, { key, setAt: deps.clock.nowAt() })
      failures.delete(holderId)
    },
    discard: async () => undefined
  })

  const inKeychain = (holderId: KeyHolder['id'], key: string, entry: string): NewKey => ({
    saved: {
      savedKey: { entry, last4: lastFour(key), setAt: deps.clock.nowAt() },
      keyFingerprint: fingerprint(key)
    },
    adopt: () => {
      entries.release(entry)
      thisRun.delete(holderId)
      failures.delete(holderId)
    },
    discard: () => {
      entries.release(entry)
      return entries.sweep()
    }
  })

  return {
    fingerprint,
    sweep: entries.sweep,
    sweepSoon: entries.sweepSoon,
    drop: (holderId) => {
      thisRun.delete(holderId)
      failures.delete(holderId)
    },
    status: (holder) => {
      const kept = thisRun.get(holder.id)
      if (kept !== undefined) {
        return { state: 'this-run', last4: lastFour(kept.key) || null, setAt: kept.setAt }
      }
      if (holder.savedKey === null) return { state: 'absent', last4: null, setAt: null }
      const { last4, setAt } = holder.savedKey
      return { state: failures.get(holder.id) ?? 'saved', last4: last4 || null, setAt }
    },
    prepare: async (holder, key, storage) => {
      if (storage === 'this-run') return ok(forThisRun(holder.id, key))
      const written = await entries.write(holder, key)
      if (!written.ok) return written
      const { name, answer } = written.value
      if (answer.kind === 'ok') return ok(inKeychain(holder.id, key, name))
      return unavailable(answer.kind === 'absent' ? 'failed' : answer.kind)
    },
    connect: (account, askedWith = null) => ({
      apiAddress: account.apiAddress,
      onAnswered: () => deps.onAnswered?.(account.id),
      onWait: (untilAt) => deps.onWait?.(account.id, untilAt) ?? noWait,
      objection: () => changeOf(account),
      readKey: () => {
        const isOther = askedWith !== null && askedWith !== account.keyFingerprint
        if (isOther) return Promise.resolve(fail({ kind: 'key-changed' }))
        return readBound(account, changeOf, (key) => checkKeyShape(key, account.provider))
      }
    }),
    connectBucket: (bucket) => ({
      ...placeOf(bucket),
      objection: () => changeOfBucket(bucket),
      readSecret: () => readBound(bucket, changeOfBucket, checkSecretShape)
    }),
    connectTyped: (apiAddress, key, onWait) => ({
      apiAddress,
      onWait: (untilAt) => {
        onWait(untilAt)
        return noWait
      },
      objection: noObjection,
      readKey: async () => ok(key)
    }),
    connectBucketTyped: (place, secret) => ({
      ...placeOf(place),
      objection: noObjection,
      readSecret: async () => ok(secret)
    })
  }
}
