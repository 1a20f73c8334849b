import * as z from 'zod'
import { bucketTroubles } from './catalogue/bucket-troubles.ts'
import { updateObstacles } from './catalogue/update-troubles.ts'

/** A place in a form that an input error speaks of; the names are those of the request's fields. */
export const fieldIssueSchema = z.strictObject({
  field: z.string().max(60),
  /** Machine-readable reason, put into words by `renderer/text`. */
  code: z.string().max(60),
  /** The provider's own sentence, when the provider decided; redacted, at most 500 characters. */
  said: z.string().max(500).nullable()
})
export type FieldIssue = z.infer<typeof fieldIssueSchema>

const said = z.string().max(500).nullable()

/**
 * Every failure that may cross the border to the window, closed on purpose.
 *
 * - `outcome-unknown`: the request was sent and the answer lost; read back, never repeat blindly.
 * - `said` is the provider's own text, redacted and shortened; no library message ever stands here.
 * - `reference` of a `bug` is what the log holds beside the details.
 */
export const appErrorSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('key-missing') }),
  z.strictObject({ kind: z.literal('key-rejected'), said }),
  /** The account's key is another one than when this was asked for. */
  z.strictObject({ kind: z.literal('key-changed') }),
  /** The account has another address or key than when this began, so nothing more of it was sent. */
  z.strictObject({ kind: z.literal('account-changed') }),
  /** What the keychain holds is not the key that was saved; it was neither sent nor removed. */
  z.strictObject({ kind: z.literal('key-damaged') }),
  /**
   * The key that receipts are signed with is not in the keychain, which was read (`absent`), or what stands in its place
   * is another (`damaged`). `fingerprint` is that of the key that was there.
   */
  z.strictObject({
    kind: z.literal('signing-key-lost'),
    how: z.enum(['absent', 'damaged']),
    fingerprint: z.string().max(60)
  }),
  z.strictObject({
    kind: z.literal('keychain-unavailable'),
    state: z.enum(['locked', 'denied', 'unavailable', 'failed'])
  }),
  z.strictObject({ kind: z.literal('invalid-input'), issues: z.array(fieldIssueSchema).max(50) }),
  z.strictObject({ kind: z.literal('read-only-account') }),
  z.strictObject({ kind: z.literal('confirmation-expired') }),
  z.strictObject({ kind: z.literal('offline') }),
  /** The program on this computer that plays the provider of the sample data did not start. */
  z.strictObject({ kind: z.literal('sample-not-started') }),
  z.strictObject({ kind: z.literal('insecure-connection') }),
  z.strictObject({ kind: z.literal('timed-out') }),
  z.strictObject({ kind: z.literal('outcome-unknown') }),
  z.strictObject({ kind: z.literal('rate-limited'), retryAfterMs: z.number().int().nonnegative() }),
  z.strictObject({
    kind: z.literal('provider-refused'),
    status: z.number().int(),
    said,
    /** What uses the thing, as the provider counts it; null where it gave no number. */
    usedBy: z
      .strictObject({
        replica: z.number().int().nonnegative().nullable(),
        persona: z.number().int().nonnegative().nullable()
      })
      .optional(),
    /** `stale`: it was changed meanwhile, so nothing was done. `draft`: it was taken on, and what is live stayed as it was. */
    why: z.enum(['stale', 'draft']).optional()
  }),
  z.strictObject({ kind: z.literal('provider-down'), status: z.number().int() }),
  z.strictObject({
    kind: z.literal('unexpected-response'),
    /** `endless`: a list went on beyond what any account holds, so it was not read further. */
    where: z.enum(['redirect', 'too-large', 'not-json', 'shape', 'incomplete', 'endless']),
    /** Where a redirect would have led, if that is known. */
    toOrigin: z.string().max(300).optional()
  }),
  /** Something between this computer and a bucket, or with the file on its way there. */
  z.strictObject({ kind: z.literal('bucket-failed'), trouble: z.enum(bucketTroubles) }),
  /** Something is under way that an update must not come between. */
  z.strictObject({ kind: z.literal('busy'), with: z.enum(updateObstacles) }),
  /** What was chosen to be restored is no backup, is not as it was made, or comes from a newer version of this app. */
  z.strictObject({
    kind: z.literal('backup-refused'),
    why: z.enum(['not-one', 'damaged', 'newer-version'])
  }),
  /** It was carried out on another computer, whose history has its own end there. */
  z.strictObject({ kind: z.literal('made-elsewhere') }),
  z.strictObject({ kind: z.literal('not-found') }),
  z.strictObject({
    kind: z.literal('storage-failed'),
    reason: z.enum(['disk-full', 'damaged', 'newer-version', 'no-access', 'other'])
  }),
  z.strictObject({ kind: z.literal('canceled') }),
  z.strictObject({ kind: z.literal('bug'), reference: z.string().max(40) })
])
export type AppError = z.infer<typeof appErrorSchema>
