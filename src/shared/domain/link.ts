import * as z from 'zod'

/** Who signed a link, told from the link alone. `token`: a service not known by name. `none`: not signed. */
export const linkSignerSchema = z.enum([
  's3',
  's3-v2',
  's3-compatible',
  'r2',
  'wasabi',
  'b2',
  'spaces',
  'tigris',
  'gcs',
  'gcs-v2',
  'azure',
  'cloudfront',
  'oss',
  'cos',
  'obs',
  'tos',
  'swift',
  'token',
  'none'
])
export type LinkSigner = z.infer<typeof linkSignerSchema>

/** Everything a link alone can tell against or for it; put into words by `renderer/text`. */
export const linkFindingCodeSchema = z.enum([
  // refused: the link cannot work
  'not-a-link',
  'not-https',
  'has-user-info',
  'private-address',
  'bad-host',
  'too-long',
  'hidden-characters',
  'share-page',
  'made-for-upload',
  'extra-signed-headers',
  'ip-restricted',
  'no-read-permission',
  'bad-expiry',
  'expired',
  'not-yet-valid',
  'under-24h',
  'over-7-days',
  'repeated-parameter',
  'several-links',
  'shortened',
  'dots-in-name',
  'fragment-in-name',
  'wrapped-link',
  'other-method',
  'signature-version',
  'cut-short',
  'scope-date',
  'other-service',
  'ends-before-start',
  'doubly-encoded',
  'bucket-dots',
  'website-host',
  'public-host',
  'names-container',
  'passing-host',
  // to look at
  'raw-plus',
  'region-mismatch',
  'policy-for-other',
  'old-signature',
  'signed-ahead',
  'unusual-port',
  'mixed-script-host',
  'under-36h',
  'temporary-credentials',
  'expiry-unknown',
  'not-mp4',
  'sandbox-link',
  // fine
  'valid-long-enough',
  'not-signed',
  'server-clock',
  // a corrected link is known, and can be put in its place: `draft:mendLink`
  'mend-known'
])

export const linkFindingSchema = z.strictObject({
  code: linkFindingCodeSchema,
  level: z.enum(['error', 'warning', 'note', 'good']),
  /** A short fact for the sentence, such as a port, a host or a service name. Never a secret. */
  detail: z.string().max(300).nullable()
})
export type LinkFinding = z.infer<typeof linkFindingSchema>

/** A link without its secrets: what may be shown, stored and logged. */
export const linkViewSchema = z.strictObject({
  /** `scheme://host/…/last-segment`: no user info, query or fragment (security D1). */
  display: z.string().max(600),
  host: z.string().max(300),
  fileName: z.string().max(300),
  /** Hex SHA-256 of the whole link, to recognise it again without keeping it. */
  sha256: z.string().length(64),
  signer: linkSignerSchema,
  region: z.string().max(60).nullable(),
  validFromAt: z.iso.datetime().nullable(),
  validUntilAt: z.iso.datetime().nullable(),
  findings: z.array(linkFindingSchema).max(30)
})
export type LinkView = z.infer<typeof linkViewSchema>
