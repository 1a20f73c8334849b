/** Secrets of the links below; nothing that is kept may hold them. */
export const linkCanaries = [
  'canary0signature5d41402abc4b2a76b9719d911017c592',
  'CANARYCREDENTIALAKIA7Q2W',
  'canary1signature7d793037a0760186574b0282f2f435e7'
] as const

const compact = (at: Date): string => at.toISOString().replace(/[-:]|\.\d+/g, '')

/** A presigned S3 link as its owner's tools make it, valid for six days from now. */
export const presignedLink = (fileName: string, signature: string = linkCanaries[0]): string => {
  const query = new URLSearchParams({
    'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
    'X-Amz-Credential': `${linkCanaries[1]}/20260101/eu-west-1/s3/aws4_request`,
    'X-Amz-Date': compact(new Date()),
    'X-Amz-Expires': String(6 * 24 * 60 * 60),
    'X-Amz-SignedHeaders': 'host',
    'X-Amz-Signature': signature
  })
  return `https://studio-north.s3.eu-west-1.amazonaws.com/training/${fileName}?${query}`
}
