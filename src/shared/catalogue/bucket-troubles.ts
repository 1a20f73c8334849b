/**
 * What can go wrong between this computer and a bucket, or with the file on its way there. Closed, so that every one has
 * its words. Storage's own codes are in `main/buckets/read-failure.ts`.
 */
export const bucketTroubles = [
  /** No such access key ID. */
  'wrong-key',
  /** The secret does not belong to the access key ID. */
  'wrong-secret',
  /** The key is known and may not do this. */
  'denied',
  'no-bucket',
  'wrong-region',
  /** This computer's clock is too far off, even after signing with the server's time. */
  'wrong-clock',
  /** It asks for fewer requests; tried again until it was enough. */
  'busy',
  'server-fault',
  'unreachable',
  'timed-out',
  'insecure',
  /** Something answers there that does not speak the S3 protocol. */
  'not-s3',
  /** What was sent so far is no longer known there. */
  'upload-gone',
  /** What was uploaded is no longer in the bucket. */
  'object-gone',
  /** The stored object is not the file that was sent. */
  'not-verified',
  'file-changed',
  'file-missing',
  'file-unreadable',
  'file-empty',
  'other'
] as const
export type BucketTrouble = (typeof bucketTroubles)[number]

/** What a bucket's key has to be allowed to do, in the order in which a test needs it. */
export const bucketRights = ['write', 'read', 'remove'] as const
export type BucketRight = (typeof bucketRights)[number]
