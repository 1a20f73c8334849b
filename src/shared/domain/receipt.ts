import * as z from 'zod'

/*
 * A receipt outlives the app that made it and is read by people who have nothing else. So its words are patterns and
 * not the app's own lists: a kind or a reason that a later app knows does not make an older receipt unreadable. The
 * verifier (resources/verify-receipt.mjs) checks the same shape by hand; a test holds the two together.
 */

const slug = z.string().regex(/^[a-z][a-z0-9-]{0,59}$/)
const time = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,3})?Z$/)
const hash = z.string().regex(/^[a-f0-9]{64}$/)
const seq = z.number().int().positive()
const count = z.number().int().nonnegative()

export const receiptIdSchema = z.string().regex(/^rcp_[a-z0-9]{8,32}$/)

/**
 * How the provider answered. What the app saw later is told by the checks.
 *
 * `done`: 2xx. `accepted`: it took the request on. `not-found`: it does not know the id. `already-gone`: the same of an id
 * that it had listed before, in records of earlier versions. `refused`: not deleted, `reason` says why. `unclear`: no
 * usable answer. `canceled`: called off before anything was sent.
 */
export const receiptOutcomeSchema = z.enum([
  'done',
  'accepted',
  'already-gone',
  'not-found',
  'refused',
  'unclear',
  'canceled'
])
export type ReceiptOutcome = z.infer<typeof receiptOutcomeSchema>

/** A later look at what was to be deleted: by its own address (`read-back`) or at one of its links. */
export const receiptCheckSchema = z.strictObject({
  kind: z.enum(['read-back', 'link']),
  /** Which link; null for reading back. */
  what: z.enum(['thumbnail', 'download', 'stream', 'hosted']).nullable(),
  at: time,
  /** `reachable`, `unreachable` for links; the others for reading back, `unknown` for both. */
  result: z.enum(['gone', 'says-deleted', 'still-listed', 'reachable', 'unreachable', 'unknown'])
})
export type ReceiptCheck = z.infer<typeof receiptCheckSchema>

/** A request that left, or may have: a try that is proven not to have left is none. */
export const receiptRequestSchema = z.strictObject({
  /** When it was about to leave. */
  at: time,
  /** `unknown`: no answer came, so nobody can tell. */
  left: z.enum(['yes', 'unknown']),
  /** Null where an earlier version of the app did not record it. */
  provider: slug.nullable(),
  /** URL origin it was sent to; null where an earlier version of the app did not record it. */
  origin: z.string().max(300).nullable()
})

/** One deletion. All of it is derived from its records and held against them by the verifier. */
export const receiptItemSchema = z.strictObject({
  operationId: z.string().max(40),
  target: z.strictObject({
    accountId: z.string().max(40),
    kind: slug,
    id: z.string().max(400),
    name: z.string().max(500),
    mode: z.enum(['soft', 'permanent'])
  }),
  askedAt: time,
  /** When the last request left, or was about to; null if none did. */
  sentAt: time.nullable(),
  /** As many as there are requests. */
  timesSent: count,
  requests: z.array(receiptRequestSchema).max(1000),
  /** The answer that was given, at its time. Null: none is known yet. */
  answer: z
    .strictObject({
      outcome: receiptOutcomeSchema,
      httpStatus: count.nullable(),
      /** The app's own name for the reason of a failure. */
      reason: z.string().max(1000).nullable(),
      /** The provider's own sentence, redacted. */
      said: z.string().max(1000).nullable(),
      answeredAt: time
    })
    .nullable(),
  checks: z.array(receiptCheckSchema).max(1000),
  history: z.strictObject({ firstSeq: seq, firstHash: hash, lastSeq: seq, lastHash: hash })
})
export type ReceiptItem = z.infer<typeof receiptItemSchema>

/** A record of the history as it was hashed; see `historyEventSchema`, whose lists of words are left open here. */
export const receiptRecordSchema = z.strictObject({
  seq,
  at: time,
  monotonicMs: z.number().nonnegative(),
  runId: z.string().max(40),
  type: slug,
  operationId: z.string().max(40).nullable(),
  accountId: z.string().max(40).nullable(),
  accountName: z.string().max(80).nullable(),
  assetKind: slug.nullable(),
  assetId: z.string().max(400).nullable(),
  assetName: z.string().max(500).nullable(),
  body: z.record(
    z.string().regex(/^[a-z][A-Za-z0-9]{0,39}$/),
    z.union([z.string().max(1000), z.number(), z.boolean(), z.null()])
  ),
  prevHash: hash,
  hash
})
export type ReceiptRecord = z.infer<typeof receiptRecordSchema>

/**
 * What a receipt says before it is signed: one deletion or a whole plan, as the app asked and the provider answered.
 * No key, no full address, no response body (security F9). Times ISO 8601 UTC.
 */
export const unsignedReceiptSchema = z.strictObject({
  format: z.literal('replica-desk-receipt'),
  version: z.literal(2),
  id: receiptIdSchema,
  madeAt: time,
  appVersion: z.string().max(40),
  /** Public half of this installation's key: base64 of its DER form; and a short form to compare by eye. */
  installation: z.strictObject({
    publicKey: z.string().max(100),
    fingerprint: z.string().max(40)
  }),
  /** Whether the accounts are those of sample data, about which nothing was asked of any provider. */
  sample: z.enum(['none', 'some', 'all']),
  /** As the records tell of them, whatever became of them since. */
  accounts: z
    .array(
      z.strictObject({
        id: z.string().max(40),
        name: z.string().max(80),
        /** Null where no record names it. */
        provider: slug.nullable(),
        isSample: z.boolean(),
        /** Where its requests went, each once; empty if none left or that was not recorded. */
        origins: z.array(z.string().max(300)).max(100)
      })
    )
    .max(50),
  asked: z.strictObject({
    batchId: z.string().max(40).nullable(),
    /** The plan's scope, such as `assets` or `likeness`. */
    scope: slug,
    /** What the plan is called; empty for several things. */
    title: z.string().max(500),
    mode: z.enum(['soft', 'permanent', 'mixed']),
    askedAt: time,
    by: z.enum(['hand', 'schedule']),
    /** The time it was scheduled for; null by hand. */
    runAt: time.nullable()
  }),
  items: z.array(receiptItemSchema).max(5000),
  /** What is known to stay. `text` is plain English, for readers without the app. */
  survives: z
    .array(
      z.strictObject({
        kind: slug,
        id: z.string().max(400).nullable(),
        name: z.string().max(500).nullable(),
        reason: slug,
        text: z.string().max(1000)
      })
    )
    .max(1000),
  /** What cannot be known. */
  unknown: z.array(z.strictObject({ code: slug, text: z.string().max(1000) })).max(100),
  archive: z
    .strictObject({
      folderName: z.string().max(400),
      savedAt: time,
      files: z
        .array(z.strictObject({ name: z.string().max(400), sizeBytes: count, sha256: hash }))
        .max(20_000),
      gaps: z.array(z.strictObject({ name: z.string().max(500), reason: slug })).max(2000)
    })
    .nullable(),
  /** End of the whole history when the receipt was made: the record that tells of this receipt. */
  chain: z.strictObject({ headSeq: seq, headHash: hash }),
  /**
   * Every record that speaks of these deletions, in order, so that hashes and links can be recomputed. The last is
   * `receipt-made`, with a hash over all that this receipt says.
   */
  records: z.array(receiptRecordSchema).max(100_000),
  /** The sentences of version 2, word for word: all that a receipt claims (security F8). */
  claims: z.array(z.string().max(1000)).max(20)
})
export type UnsignedReceipt = z.infer<typeof unsignedReceiptSchema>

/** A signed receipt. The signature covers the canonical JSON (RFC 8785) of everything but `signature`. */
export const receiptSchema = unsignedReceiptSchema.extend({
  signature: z.strictObject({
    algorithm: z.literal('Ed25519'),
    publicKey: z.string().max(100),
    /** Base64 of the 64 bytes. */
    value: z.string().max(100)
  })
})
export type Receipt = z.infer<typeof receiptSchema>
