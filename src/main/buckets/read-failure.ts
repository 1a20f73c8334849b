import type { BucketTrouble } from '../../shared/catalogue/bucket-troubles.ts'

/** Storage's own codes for what is wrong. Source: S3's list of error codes, and those of R2, B2, Wasabi, Swift. */
const byCode: Readonly<Record<string, BucketTrouble>> = {
  InvalidAccessKeyId: 'wrong-key',
  InvalidToken: 'wrong-key',
  SignatureDoesNotMatch: 'wrong-secret',
  AccessDenied: 'denied',
  AllAccessDisabled: 'denied',
  AccountProblem: 'denied',
  Forbidden: 'denied',
  NoSuchBucket: 'no-bucket',
  PermanentRedirect: 'wrong-region',
  TemporaryRedirect: 'wrong-region',
  AuthorizationHeaderMalformed: 'wrong-region',
  IncorrectEndpoint: 'wrong-region',
  IllegalLocationConstraintException: 'wrong-region',
  InvalidRegionName: 'wrong-region',
  RequestTimeTooSkewed: 'wrong-clock',
  SlowDown: 'busy',
  ServiceUnavailable: 'busy',
  TooManyRequests: 'busy',
  RequestLimitExceeded: 'busy',
  NoSuchUpload: 'upload-gone',
  InternalError: 'server-fault',
  RequestTimeout: 'timed-out',
  TimeoutError: 'timed-out',
  ENOENT: 'file-missing',
  SHORT_FILE: 'file-changed',
  EIO: 'file-unreadable',
  EACCES: 'file-unreadable',
  EPERM: 'file-unreadable',
  EISDIR: 'file-unreadable'
}

const certificateCodes = /^(?:CERT_|ERR_TLS_|ERR_SSL_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|EPROTO$)/
const networkCodes =
  /^(?:ECONN|ENOTFOUND|EAI_|EPIPE|EHOST|ENET|ETIMEDOUT|EADDRNOTAVAIL|ERR_STREAM_PREMATURE_CLOSE|UND_ERR)/

const byStatus = (status: number): BucketTrouble => {
  if (status === 301 || status === 307) return 'wrong-region'
  if (status === 401 || status === 403) return 'denied'
  if (status === 429 || status === 503) return 'busy'
  if (status >= 500) return 'server-fault'
  return status === 404 ? 'no-bucket' : 'other'
}

interface Thrown {
  readonly name: string
  readonly code: string
  readonly status: number | null
}

/** What is read of an error; its message may hold an address or a signature, so it is left where it is. */
const factsOf = (error: unknown): Thrown => {
  const thrown: Readonly<Record<string, unknown>> =
    typeof error === 'object' && error !== null ? { ...error } : {}
  const meta = thrown['$metadata']
  const status =
    typeof meta === 'object' && meta !== null ? Reflect.get(meta, 'httpStatusCode') : null
  return {
    name: error instanceof Error ? error.name : '',
    code: String(thrown['code'] ?? thrown['Code'] ?? ''),
    status: typeof status === 'number' ? status : null
  }
}

/** Whether storage does not offer what was asked for, and so nothing is wrong with the bucket or the key. */
export const isNotOffered = (error: unknown): boolean => {
  const { name, status } = factsOf(error)
  return (
    name === 'NotImplemented' || name === 'MethodNotAllowed' || status === 405 || status === 501
  )
}

/** Whether there is no object of that name. A HEAD has no body, so its status is all there is. */
export const isNoObject = (error: unknown): boolean => {
  const { name, status } = factsOf(error)
  return name === 'NoSuchKey' || name === 'NotFound' || (status === 404 && name !== 'NoSuchBucket')
}

/** What an error of a request or of the file says is wrong. */
export const troubleOf = (error: unknown): BucketTrouble => {
  const { name, code, status } = factsOf(error)
  const known = byCode[name] ?? byCode[code]
  if (known !== undefined) return known
  if (certificateCodes.test(code)) return 'insecure'
  if (networkCodes.test(code)) return 'unreachable'
  if (error instanceof SyntaxError || /deserialization/i.test(name)) return 'not-s3'
  if (status === null) return 'unreachable'
  // An error without a code of S3's own comes from something else, such as a proxy or a web page.
  return status === 200 ? 'not-s3' : byStatus(status)
}
