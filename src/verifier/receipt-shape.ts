import {
  facts,
  list,
  notNegative,
  object,
  oneOf,
  orNull,
  type Shape,
  type TypeOf,
  text,
  whole,
  yesOrNo
} from './shape.ts'

/*
 * A receipt outlives the app that made it and is read by people who have nothing else. So its words are patterns and
 * not the app's own lists: a kind or a reason that a later app knows does not make an older receipt unreadable.
 */

export const receiptFormat = 'replica-desk-receipt'
/** The version that is made now; since 3, its records may be sealed. Version 1 is verified by its own rules. */
export const receiptVersion = 3
/** The last line of an exported history may say where it ends. */
export const headFormat = 'replica-desk-history-head'
/** A line within it says that the records of another computer follow. */
export const chainFormat = 'replica-desk-history-chain'
/** The first line of an export of some records says of which history they are, and how many there must be. */
export const extractFormat = 'replica-desk-history-extract'
/** The first line of an export of several computers' histories says which there are. */
export const contentsFormat = 'replica-desk-history-contents'

const time = text(24, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,3})?Z$/)
const hash = text(64, /^[a-f0-9]{64}$/)
const slug = text(60, /^[a-z][a-z0-9-]*$/)
const name = text(500)
/** `offline` and `repoint` change a thing in place of deleting it. */
const modes = ['soft', 'permanent', 'offline', 'repoint'] as const
const mode = oneOf(...modes)

/**
 * How the provider answered. What the app saw later is told by the checks.
 *
 * `done`: 2xx. `accepted`: it took the request on. `not-found`: it does not know the id. `already-gone`: the same of an id
 * that it had listed before, in records of earlier versions. `refused`: not deleted, `reason` says why. `unclear`: no
 * usable answer. `canceled`: called off before anything was sent.
 */
const outcome = oneOf(
  'done',
  'accepted',
  'already-gone',
  'not-found',
  'refused',
  'unclear',
  'canceled'
)
export type ReceiptOutcome = TypeOf<typeof outcome>

/** The answer that was given, at its time. */
const answer = object({
  outcome,
  httpStatus: orNull(whole(0)),
  /** The app's own name for the reason of a failure. */
  reason: orNull(text(1000)),
  /** The provider's own sentence, redacted. */
  said: orNull(text(1000)),
  answeredAt: time
})
export type ReceiptAnswer = TypeOf<typeof answer>

/**
 * By a salted commitment a record's hash covers what it tells of people: `accountName`, `assetId`, `assetName` and the facts
 * named by `keys`. While those are there, so is the salt; the commitment itself is kept in its place once they are gone.
 */
const seal = object({
  keys: list(text(40), 100),
  salt: orNull(text(64, /^[A-Za-z0-9_-]{16,64}$/)),
  hash: orNull(hash)
})

/** Names in it were forgotten, by the record of this number, at its time. */
const forgotten = object({ by: whole(1), at: time })

/** A record of the history as it was hashed; the app's lists of words are left open here. */
export const recordShape = object(
  {
    seq: whole(1),
    at: time,
    monotonicMs: notNegative,
    runId: text(40),
    type: slug,
    operationId: orNull(text(40)),
    accountId: orNull(text(40)),
    accountName: orNull(text(80)),
    assetKind: orNull(slug),
    assetId: orNull(text(400)),
    assetName: orNull(name),
    body: facts,
    prevHash: hash,
    hash
  },
  { seal, forgotten }
)
export type ReceiptRecord = TypeOf<typeof recordShape>

/** The last line of an exported history. */
export const headShape = object({
  format: oneOf(headFormat),
  version: oneOf(1),
  headSeq: whole(0),
  headHash: hash
})

/**
 * The line that another computer's records begin with, as a backup brought them; what follows is as in a file of its own.
 * `afterSeq`, `afterHash`: the record that the first of them follows; 0 and zeros for the beginning.
 */
export const chainShape = object({
  format: oneOf(chainFormat),
  version: oneOf(1),
  computer: text(40),
  afterSeq: whole(0),
  afterHash: hash
})

/** The first line of an exported part of a history. `count`: how many records follow. */
export const extractShape = object({
  format: oneOf(extractFormat),
  version: oneOf(1),
  headSeq: whole(0),
  headHash: hash,
  count: whole(0)
})

/**
 * The first line of an export that holds the histories of several computers, in their order. `computer`: null is the one
 * that made the file. `count`: how many of its records there are; `headSeq`, `headHash`: how far it had come.
 */
export const contentsShape = object({
  format: oneOf(contentsFormat),
  version: oneOf(1),
  histories: list(
    object({ computer: orNull(text(40)), count: whole(0), headSeq: whole(0), headHash: hash }),
    1000
  )
})
export type SaidHistory = TypeOf<typeof contentsShape>['histories'][number]

/** A later look at what was to be deleted: by its own address (`read-back`) or at one of its links. */
const check = object({
  kind: oneOf('read-back', 'link'),
  /** Which link; null for reading back. */
  what: orNull(oneOf('thumbnail', 'download', 'stream', 'hosted')),
  at: time,
  /** `reachable`, `unreachable` for links; the others for reading back, `unknown` for both. */
  result: oneOf('gone', 'says-deleted', 'still-listed', 'reachable', 'unreachable', 'unknown')
})
export type ReceiptCheck = TypeOf<typeof check>

/** A request that left, or may have: a try that is proven not to have left is none. */
const request = object({
  /** When it was about to leave. */
  at: time,
  /** `unknown`: no answer came, so nobody can tell. */
  left: oneOf('yes', 'unknown'),
  /** Null where an earlier version of the app did not record it. */
  provider: orNull(slug),
  /** URL origin it was sent to; null where an earlier version of the app did not record it. */
  origin: orNull(text(300))
})
export type ReceiptRequest = TypeOf<typeof request>

const itemFields = {
  operationId: text(40),
  target: object({ accountId: text(40), kind: slug, id: text(400), name, mode }),
  askedAt: time,
  /** When the last request left, or was about to; null if none did. */
  sentAt: orNull(time),
  /** As many as there are requests. */
  timesSent: whole(0),
  /** Null: none is known yet. */
  answer: orNull(answer),
  history: object({ firstSeq: whole(1), firstHash: hash, lastSeq: whole(1), lastHash: hash })
}

/** One deletion. All of it is derived from its records and held against them. */
const item = object({
  ...itemFields,
  requests: list(request, 1000),
  checks: list(check, 1000)
})
export type ReceiptItem = TypeOf<typeof item>

/** Public half of the installation's key: base64 of its DER form; and a short form to compare by eye. */
export const installationShape = object({ publicKey: text(100), fingerprint: text(40) })

const receiptFields = {
  id: text(40, /^rcp_[a-z0-9]{8,32}$/),
  madeAt: time,
  appVersion: text(40),
  installation: installationShape,
  asked: object({
    batchId: orNull(text(40)),
    /** The plan's scope, such as `assets` or `likeness`. */
    scope: slug,
    /** What the plan is called; empty for several things. */
    title: name,
    mode: oneOf(...modes, 'mixed'),
    askedAt: time,
    by: oneOf('hand', 'schedule'),
    /** The time it was scheduled for; null by hand. */
    runAt: orNull(time)
  }),
  /** What is known to stay. `text` is plain English, for readers without the app. */
  survives: list(
    object({
      kind: slug,
      id: orNull(text(400)),
      name: orNull(name),
      reason: slug,
      text: text(1000)
    }),
    1000
  ),
  /** What cannot be known. */
  unknown: list(object({ code: slug, text: text(1000) }), 100),
  archive: orNull(
    object({
      folderName: text(400),
      savedAt: time,
      files: list(object({ name: text(400), sizeBytes: whole(0), sha256: hash }), 20_000),
      gaps: list(object({ name, reason: slug }), 2000)
    })
  ),
  /** End of the whole history when the receipt was made: the record that tells of this receipt. */
  chain: object({ headSeq: whole(1), headHash: hash }),
  /**
   * Every record that speaks of these deletions, in order, so that hashes and links can be recomputed. The last is
   * `receipt-made`, with a hash over all that the receipt says.
   */
  records: list(recordShape, 100_000),
  /** The sentences of its version, word for word: all that a receipt claims (security F8). */
  claims: list(text(1000), 20)
}

/** The signature covers the canonical JSON (RFC 8785) of everything else. `value`: base64 of the 64 bytes. */
export const signatureShape = object({
  algorithm: oneOf('Ed25519'),
  publicKey: text(100),
  value: text(100)
})

const laterFields = {
  ...receiptFields,
  format: oneOf(receiptFormat),
  /** Whether the accounts are those of sample data, about which nothing was asked of any provider. */
  sample: oneOf('none', 'some', 'all'),
  /** As the records tell of them, whatever became of them since. */
  accounts: list(
    object({
      id: text(40),
      name: text(80),
      /** Null where no record names it. */
      provider: orNull(slug),
      isSample: yesOrNo,
      /** Where its requests went, each once; empty if none left or that was not recorded. */
      origins: list(text(300), 100)
    }),
    50
  ),
  items: list(item, 5000),
  signature: signatureShape
}

const version2 = object({ ...laterFields, version: oneOf(2) })
const version3 = object({ ...laterFields, version: oneOf(3) })

/**
 * A signed receipt: one deletion or a whole plan, as the app asked and the provider answered. No key, no full address,
 * no response body (security F9). Times ISO 8601 UTC.
 */
export type Receipt = TypeOf<typeof version3>
export type UnsignedReceipt = Omit<Receipt, 'signature'>

/** What any receipt is signed by. */
export type Signed = Pick<Receipt, 'installation' | 'signature'>
/** What any receipt knows of the history. */
export type Witness = Pick<Receipt, 'id' | 'records' | 'chain'>

const version1 = object({
  ...receiptFields,
  format: oneOf(receiptFormat),
  version: oneOf(1),
  accounts: list(
    object({ id: text(40), name: text(80), provider: slug, apiAddress: text(300) }),
    50
  ),
  items: list(object({ ...itemFields, checks: list(check, 100) }), 5000),
  signature: signatureShape
})

/** By version. A receipt of version 1 has less than the type says: `isVersion1`. */
export const receiptShapes: ReadonlyMap<unknown, Shape<unknown>> = new Map<unknown, Shape<unknown>>(
  [
    [1, version1],
    [2, version2],
    [3, version3]
  ]
)

/** A receipt of version 1 has neither `sample` nor `requests`, and other accounts. */
export const isVersion1 = ({ version }: { readonly version: number }): boolean => version === 1
