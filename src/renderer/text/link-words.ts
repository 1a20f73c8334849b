import type { LinkFinding, LinkSigner, LinkView } from '../../shared/domain/link.ts'
import { t } from '../../shared/messages/messages.ts'

/** Services by their own names; for the others there is a message. */
const names = {
  s3: 'Amazon S3',
  r2: 'Cloudflare R2',
  wasabi: 'Wasabi',
  b2: 'Backblaze B2',
  spaces: 'DigitalOcean Spaces',
  tigris: 'Tigris',
  gcs: 'Google Cloud Storage',
  azure: 'Azure Storage',
  cloudfront: 'CloudFront',
  oss: 'Alibaba Cloud OSS',
  cos: 'Tencent COS',
  obs: 'Huawei Cloud OBS',
  tos: 'Volcengine TOS',
  swift: 'OpenStack Swift'
} as const satisfies Partial<Record<LinkSigner, string>>

const signerName = (signer: Exclude<LinkSigner, 'none'>): string => {
  switch (signer) {
    case 's3-v2':
    case 'gcs-v2':
    case 's3-compatible':
    case 'token':
      return t(`link.signer.${signer}`)
    default:
      return names[signer]
  }
}

/** "Signed by Amazon S3, eu-west-1", or null for a link without a signature. */
export const signerText = ({ signer, region }: LinkView): string | null => {
  if (signer === 'none') return null
  const service = signerName(signer)
  return region === null
    ? t('link.signedBy', { service })
    : t('link.signedByRegion', { service, region })
}

/** What a link tells against or for itself, as a sentence that says what to do. */
export const findingText = ({ code, detail }: LinkFinding): string => {
  const text = t(`link.finding.${code}`)
  return detail === null ? text : t('link.detail', { text, detail })
}
