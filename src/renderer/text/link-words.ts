import type { LinkFinding, LinkSigner, LinkView } from '../../shared/domain/link.ts'
import { t } from '../../shared/messages/messages.ts'

/** Services by their own names; the older ways of signing are told apart in words. */
const signerName = (signer: LinkSigner): string | null => {
  switch (signer) {
    case 's3':
      return 'Amazon S3'
    case 'r2':
      return 'Cloudflare R2'
    case 'gcs':
      return 'Google Cloud Storage'
    case 'azure':
      return 'Azure Storage'
    case 'cloudfront':
      return 'CloudFront'
    case 's3-v2':
    case 'gcs-v2':
      return t(`link.signer.${signer}`)
    case 'none':
      return null
  }
}

/** "Signed by Amazon S3, eu-west-1", or null for a link without a signature. */
export const signerText = ({ signer, region }: LinkView): string | null => {
  const service = signerName(signer)
  if (service === null) return null
  return region === null
    ? t('link.signedBy', { service })
    : t('link.signedByRegion', { service, region })
}

/** What a link tells against or for itself, as a sentence that says what to do. */
export const findingText = ({ code, detail }: LinkFinding): string => {
  const text = t(`link.finding.${code}`)
  return detail === null ? text : t('link.detail', { text, detail })
}
