import type { LinkFinding, LinkSigner, LinkView } from '../../shared/domain/link.ts'
import { assertNever } from '../../shared/result.ts'

const signers: Readonly<Record<LinkSigner, string | null>> = {
  s3: 'Amazon S3',
  's3-v2': 'Amazon S3, old style',
  r2: 'Cloudflare R2',
  gcs: 'Google Cloud Storage',
  'gcs-v2': 'Google Cloud Storage, old style',
  azure: 'Azure Storage',
  cloudfront: 'CloudFront',
  none: null
}

/** "Signed by Amazon S3, eu-west-1", or null for a link without a signature. */
export const signerText = (link: LinkView): string | null => {
  const name = signers[link.signer]
  if (name === null) return null
  return link.region === null ? `Signed by ${name}` : `Signed by ${name}, ${link.region}`
}

const withDetail = (text: string, detail: string | null): string =>
  detail === null ? text : `${text} (${detail})`

/** What a link tells against or for itself, as a sentence that says what to do. */
export const findingText = ({ code, detail }: LinkFinding): string => {
  switch (code) {
    case 'not-a-link':
      return 'This is not a link.'
    case 'not-https':
      return 'It has to begin with https://.'
    case 'has-user-info':
      return 'There is a user name or password in it. Make a link without.'
    case 'private-address':
      return 'Tavus cannot reach this address: it is inside a private network.'
    case 'bad-host':
      return 'The name of the host cannot be right.'
    case 'too-long':
      return 'This is too long for a link.'
    case 'hidden-characters':
      return 'There are hidden characters in it. Copy the link again.'
    case 'share-page':
      return withDetail('This opens a web page, not the file. Use a direct link', detail)
    case 'made-for-upload':
      return 'This link is for uploading. Make one for downloading (GET).'
    case 'extra-signed-headers':
      return withDetail('It wants headers that Tavus does not send', detail)
    case 'ip-restricted':
      return 'It works from certain addresses only, so not for Tavus.'
    case 'no-read-permission':
      return 'It does not allow reading.'
    case 'bad-expiry':
      return 'Its end cannot be read. Make a new link.'
    case 'expired':
      return 'It has expired. Make a new one that lasts at least 24 hours.'
    case 'not-yet-valid':
      return 'It is not valid yet.'
    case 'under-24h':
      return 'It ends in less than 24 hours, too soon for Tavus. Make a longer one.'
    case 'over-7-days':
      return 'It asks for more than the 7 days that this service allows.'
    case 'repeated-parameter':
      return withDetail('A part of it is there twice. Copy the link again', detail)
    case 'unusual-port':
      return withDetail('It uses an unusual port. Be sure that Tavus can reach it', detail)
    case 'mixed-script-host':
      return withDetail('Its name mixes alphabets. Be sure that it is the right one', detail)
    case 'under-36h':
      return 'It lasts at least 24 hours, but not much longer. A queue could use that up.'
    case 'temporary-credentials':
      return 'Signed with temporary rights, so it may end earlier than it says.'
    case 'expiry-unknown':
      return 'When it ends cannot be told from the link.'
    case 'not-mp4':
      return withDetail('Its name does not end in .mp4, which Tavus asks for', detail)
    case 'sandbox-link':
      return 'A link of the sample data. It works with the sample account only.'
    case 'valid-long-enough':
      return 'It lasts long enough for Tavus.'
    case 'not-signed':
      return 'Not signed, so whoever has it can open it.'
    default:
      return assertNever(code)
  }
}
