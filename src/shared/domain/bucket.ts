import * as z from 'zod'
import { bucketRights, bucketTroubles } from '../catalogue/bucket-troubles.ts'
import { keyStatusSchema } from './account.ts'

/** Id of a bucket connection, made by this app and never reused. */
export const bucketIdSchema = z
  .string()
  .regex(/^bkt_[a-z0-9]{8,32}$/)
  .brand<'BucketId'>()
export type BucketId = z.infer<typeof bucketIdSchema>

/**
 * How the last test went: a small object was written, read and removed. `right`: the step that failed, so the right
 * that the key lacks where `trouble` is `denied`.
 */
export const bucketTestSchema = z.strictObject({
  outcome: z.enum(['works', 'failed', 'not-tested']),
  trouble: z.enum(bucketTroubles).nullable(),
  right: z.enum(bucketRights).nullable(),
  checkedAt: z.iso.datetime().nullable()
})
export type BucketTest = z.infer<typeof bucketTestSchema>

/** A person's own S3-compatible bucket as the window sees it. Carries no secret. Times ISO 8601 UTC. */
export const bucketSchema = z.strictObject({
  id: bucketIdSchema,
  name: z.string().min(1).max(80),
  /** Origin, without a trailing slash; https, or http on loopback. */
  endpoint: z.string().max(300),
  region: z.string().max(60),
  bucket: z.string().max(255),
  /** What the names of this app's objects begin with; ends in a slash unless it is empty. */
  prefix: z.string().max(200),
  /** True: `endpoint/bucket/key`. False: `bucket.endpoint/key`. */
  isPathStyle: z.boolean(),
  accessKeyId: z.string().max(200),
  createdAt: z.iso.datetime(),
  key: keyStatusSchema,
  test: bucketTestSchema
})
export type Bucket = z.infer<typeof bucketSchema>

/** What the bucket form sends. Without `secretKey` the stored secret stays. */
export const bucketInputSchema = z.strictObject({
  id: bucketIdSchema.nullable(),
  name: z.string().max(200),
  endpoint: z.string().max(2000),
  region: z.string().max(200),
  bucket: z.string().max(500),
  prefix: z.string().max(500),
  isPathStyle: z.boolean(),
  accessKeyId: z.string().max(500),
  secretKey: z.string().max(200_000).nullable(),
  /** `this-run` keeps the secret in memory only; offered when no keychain is there. */
  keyStorage: z.enum(['keychain', 'this-run'])
})
export type BucketInput = z.infer<typeof bucketInputSchema>
