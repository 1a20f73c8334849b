import pLimit from 'p-limit'
import type { BucketRight } from '../../shared/catalogue/bucket-troubles.ts'
import { isUploadBeingSent } from '../../shared/catalogue/upload-states.ts'
import { accountNameSchema } from '../../shared/domain/account.ts'
import {
  type Bucket,
  type BucketId,
  type BucketInput,
  bucketIdSchema
} from '../../shared/domain/bucket.ts'
import type { AppError, FieldIssue } from '../../shared/errors.ts'
import { fail, ok, type Result } from '../../shared/result.ts'
import type { BucketClient, BucketConnection, OpenBucket } from '../ports/bucket-client.ts'
import type { Clock } from '../ports/clock.ts'
import type { Emit } from '../ports/emit.ts'
import type { BucketRecord, Store, UploadRecord } from '../ports/store.ts'
import { readApiAddress } from '../rules/api-address.ts'
import { checkSecretShape } from '../rules/key-shape.ts'
import { entriesRenamed } from './key-entries.ts'
import type { KeyRing } from './key-ring.ts'
import { newId } from './new-id.ts'
import { saveWithKey } from './save-with-key.ts'
import { isTrouble } from './uploads/retried.ts'

/** What is written, read back and removed again. */
const testBody = Buffer.from(
  'Replica Desk writes this to test a connection, and removes it at once.\n'
)

export interface BucketDeps {
  readonly store: Store
  readonly keyRing: KeyRing
  readonly clock: Clock
  readonly emit: Emit
  readonly openBucket: OpenBucket
  /** Before a connection goes, so that nothing more is sent there. */
  readonly onRemoving: (bucketId: BucketId) => Promise<void>
  readonly stopping: AbortSignal
}

/** A form after reading: what can be stored, and the secret if one was typed. */
interface ReadForm
  extends Pick<
    BucketRecord,
    'name' | 'endpoint' | 'region' | 'bucket' | 'prefix' | 'isPathStyle' | 'accessKeyId'
  > {
  readonly secret: string | null
}

const issue = (field: string, code: string): FieldIssue => ({ field, code, said: null })

/** What S3 and those like it name buckets; old ones may be longer than today's 63 characters. */
const bucketName = /^[A-Za-z0-9][A-Za-z0-9._-]{1,253}[A-Za-z0-9]$/
const regionName = /^[A-Za-z0-9][A-Za-z0-9-]{0,59}$/
/** Segments of what every server takes in a key, so that none has to be escaped. */
const prefixText = /^(?:[A-Za-z0-9._-]+\/)*$/

/** Where no region is asked for: the one that signatures name if no other is meant. */
const usualRegion = 'us-east-1'

/** With one slash at its end and none at its beginning. */
const readPrefix = (text: string): string => {
  const bare = text.trim().replace(/^\/+|\/+$/g, '')
  return bare === '' ? '' : `${bare}/`
}

const readForm = (input: BucketInput): Result<ReadForm> => {
  const name = accountNameSchema.safeParse(input.name)
  const address = readApiAddress(input.endpoint)
  const region = input.region.trim() === '' ? usualRegion : input.region.trim()
  const bucket = input.bucket.trim()
  const prefix = readPrefix(input.prefix)
  const accessKeyId = input.accessKeyId.trim()
  const keyId = checkSecretShape(accessKeyId)
  const secret = input.secretKey === null ? null : checkSecretShape(input.secretKey)
  const issues = [
    ...(name.success ? [] : [issue('name', input.name.trim() === '' ? 'empty' : 'bad-name')]),
    ...(address.ok || address.error.kind !== 'invalid-input'
      ? []
      : address.error.issues.map(({ code }) => issue('endpoint', code))),
    ...(regionName.test(region) ? [] : [issue('region', 'bad-region')]),
    ...(bucketName.test(bucket) ? [] : [issue('bucket', bucket === '' ? 'empty' : 'bad-bucket')]),
    ...(prefixText.test(prefix) && prefix.length <= 200 ? [] : [issue('prefix', 'bad-prefix')]),
    ...(keyId.ok ? [] : [issue('accessKeyId', keyId.code)]),
    ...(secret === null || secret.ok ? [] : [issue('secretKey', secret.code)])
  ]
  if (!name.success || !address.ok || issues.length > 0) {
    return fail({ kind: 'invalid-input', issues })
  }
  return ok({
    name: name.data,
    endpoint: address.value,
    region,
    bucket,
    prefix,
    isPathStyle: input.isPathStyle,
    accessKeyId,
    secret: secret?.ok ? secret.key : null
  })
}

const notTested: Bucket['test'] = {
  outcome: 'not-tested',
  trouble: null,
  right: null,
  checkedAt: null
}

/** The step of a test that failed, and why; null: all went well. */
type TestFailure = { readonly right: BucketRight; readonly error: AppError } | null

/** A form that could be stored as it is. */
interface Prepared {
  readonly drawn: BucketRecord
  readonly secret: string | null
}

/** Whether anything of it was sent; what failed before that keeps nobody from correcting the connection. */
const mayBeInBucket = (upload: UploadRecord): boolean =>
  upload.multipartId !== null || upload.state === 'done' || isUploadBeingSent(upload)

/** The bucket as the window may see it: no secret, no fingerprint. */
const viewBucket = (
  { savedKey: _entry, keyFingerprint: _fingerprint, ...shown }: BucketRecord,
  key: Bucket['key']
): Bucket => ({ ...shown, key })

/** Adding, changing and removing connections to a person's own buckets. */
export const createBuckets = (deps: BucketDeps) => {
  const { store, keyRing, clock } = deps
  /** One change after the other, as each waits for the keychain between what it reads and what it stores. */
  const inTurn = pLimit(1)

  const view = (record: BucketRecord): Bucket => viewBucket(record, keyRing.status(record))
  const all = (): Bucket[] => store.read.buckets().map(view)
  const notify = (): void => deps.emit('bucket:changed', { buckets: all() })

  const find = (id: BucketId): Result<BucketRecord> => {
    const record = store.read.bucket(id)
    return record === null ? fail({ kind: 'not-found' }) : ok(record)
  }

  /** Its uploads and files lie where they were sent: elsewhere they could be neither continued nor removed. */
  const moveObjection = (form: ReadForm, known: BucketRecord | null): FieldIssue | null => {
    if (known === null) return null
    const isThere = (upload: UploadRecord): boolean =>
      upload.bucketId === known.id && mayBeInBucket(upload)
    if (!store.read.uploads().some(isThere)) return null
    if (known.endpoint !== form.endpoint) return issue('endpoint', 'has-uploads')
    if (known.region !== form.region) return issue('region', 'has-uploads')
    // The style is a switch, and has no place for words of its own.
    const isOther = known.bucket !== form.bucket || known.isPathStyle !== form.isPathStyle
    return isOther ? issue('bucket', 'has-uploads') : null
  }

  /** A secret goes to no other place, and with no other key id, without being given again. */
  const objectionTo = (form: ReadForm, known: BucketRecord | null): FieldIssue | null => {
    if (form.secret !== null) return null
    if (known === null) return issue('secretKey', 'empty')
    const isOther = known.endpoint !== form.endpoint || known.accessKeyId !== form.accessKeyId
    return isOther && keyRing.status(known).state !== 'absent'
      ? issue('secretKey', 'needed-for-new-address')
      : null
  }

  const persist = (record: BucketRecord): Result<BucketRecord> =>
    store.transaction((write) => {
      write.putBucket(record)
      return record
    })

  const prepare = (input: BucketInput): Result<Prepared> => {
    const found = input.id === null ? ok(null) : find(input.id)
    if (!found.ok) return found
    const known = found.value
    const form = readForm(input)
    if (!form.ok) return form
    const objection = moveObjection(form.value, known) ?? objectionTo(form.value, known)
    if (objection !== null) return fail({ kind: 'invalid-input', issues: [objection] })
    const { secret, ...place } = form.value
    const drawn: BucketRecord = {
      ...place,
      id: known?.id ?? bucketIdSchema.parse(newId('bkt')),
      createdAt: known?.createdAt ?? clock.nowAt(),
      savedKey: known?.savedKey ?? null,
      keyFingerprint: known?.keyFingerprint ?? null,
      test: notTested
    }
    return ok({ drawn, secret })
  }

  const save = async (input: BucketInput): Promise<Result<Bucket>> => {
    const prepared = prepare(input)
    if (!prepared.ok) return prepared
    const { drawn, secret } = prepared.value
    const kept =
      secret === null
        ? persist(drawn)
        : await saveWithKey(keyRing, drawn, { key: secret, storage: input.keyStorage }, (saved) =>
            persist({ ...drawn, ...saved })
          )
    if (!kept.ok) return kept
    notify()
    return ok(view(kept.value))
  }

  /** The first step that fails, and why; null: all went well. */
  const takeSteps = async (client: BucketClient, objectKey: string): Promise<TestFailure> => {
    const write = () => client.put(objectKey, testBody, deps.stopping)
    const first = await write()
    // What is refused for its time is signed with the server's the next time.
    const put = !first.ok && isTrouble(first.error, 'wrong-clock') ? await write() : first
    if (!put.ok) return { right: 'write', error: put.error }
    const read = await client.get(objectKey, deps.stopping)
    // Removed whether it can be read or not.
    const removed = await client.remove(objectKey, deps.stopping)
    if (!read.ok) return { right: 'read', error: read.error }
    if (!read.value.equals(testBody)) {
      return { right: 'read', error: { kind: 'bucket-failed', trouble: 'not-verified' } }
    }
    return removed.ok ? null : { right: 'remove', error: removed.error }
  }

  const testAt = async (
    connection: BucketConnection,
    prefix: string
  ): Promise<Result<TestFailure>> => {
    const client = await deps.openBucket(connection)
    if (!client.ok) return client
    const objectKey = `${prefix}replica-desk-test-${newId('upl').slice(4)}.txt`
    const failure = await takeSteps(client.value, objectKey)
    client.value.close()
    return ok(failure)
  }

  /** The same with a secret that was typed and is stored nowhere yet. */
  const tryOut = async (input: BucketInput): Promise<Result<Record<string, never>>> => {
    const prepared = prepare(input)
    if (!prepared.ok) return prepared
    const { drawn, secret } = prepared.value
    if (secret === null) return ok({})
    const tried = await testAt(keyRing.connectBucketTyped(drawn, secret), drawn.prefix)
    if (!tried.ok) return tried
    return tried.value === null ? ok({}) : fail(tried.value.error)
  }

  /** Writes, reads and removes a small object, and remembers how that went. */
  const test = async (id: BucketId): Promise<Result<Bucket>> => {
    const found = find(id)
    if (!found.ok) return found
    const connection = keyRing.connectBucket(found.value)
    const tried = await testAt(connection, found.value.prefix)
    if (!tried.ok) return tried
    const failure = tried.value
    if (failure !== null && failure.error.kind !== 'bucket-failed') return fail(failure.error)
    const now = find(id)
    if (!now.ok) return now
    // What was found is about another place or key than the connection's of now.
    if (connection.objection() !== null) return ok(view(now.value))
    const tested = persist({
      ...now.value,
      test: {
        outcome: failure === null ? 'works' : 'failed',
        trouble: failure?.error.kind === 'bucket-failed' ? failure.error.trouble : null,
        right: failure?.right ?? null,
        checkedAt: clock.nowAt()
      }
    })
    notify()
    return tested.ok ? ok(view(tested.value)) : tested
  }

  const remove = async (id: BucketId): Promise<Result<Record<string, never>>> => {
    const found = find(id)
    if (!found.ok) return found
    await deps.onRemoving(id)
    const stored = store.transaction((write) => {
      for (const entry of entriesRenamed(store, found.value)) write.putKeyEntry(entry)
      write.removeBucket(id)
    })
    if (!stored.ok) return stored
    keyRing.drop(id)
    notify()
    await keyRing.sweep()
    return ok({})
  }

  return {
    all,
    notify,
    test,
    tryOut,
    save: (input: BucketInput) => inTurn(() => save(input)),
    remove: (id: BucketId) => inTurn(() => remove(id))
  }
}
export type Buckets = ReturnType<typeof createBuckets>
