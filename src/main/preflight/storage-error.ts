import type { VideoFindingCode } from '../../shared/catalogue/training-rules.ts'
import { ReadFault } from './read-fault.ts'

/** What storages call it, whatever the status. The same words mean the same at AWS, R2, GCS, Azure and the rest. */
const meaning: Readonly<Record<string, VideoFindingCode>> = {
  ExpiredToken: 'link-session-ended',
  InvalidToken: 'link-session-ended',
  TokenRefreshRequired: 'link-session-ended',
  RequestExpired: 'link-expired',
  RequestTimeTooSkewed: 'link-not-started',
  SignatureDoesNotMatch: 'link-signature',
  InvalidSecurity: 'link-signature',
  InvalidAccessKeyId: 'link-key-removed',
  InvalidArgument: 'link-malformed',
  AccessDenied: 'link-denied',
  AllAccessDisabled: 'link-no-right',
  AccountProblem: 'link-no-right',
  AuthorizationPermissionMismatch: 'link-no-right',
  AuthorizationServiceMismatch: 'link-no-right',
  AuthorizationResourceTypeMismatch: 'link-no-right',
  AuthorizationProtocolMismatch: 'link-no-right',
  PublicAccessNotPermitted: 'link-no-right',
  // By where one asks from.
  AuthorizationFailure: 'link-denied',
  AuthorizationSourceIPMismatch: 'link-denied',
  NoAuthenticationInformation: 'link-incomplete',
  MissingKey: 'link-incomplete',
  MissingSecurityHeader: 'link-incomplete',
  NoSuchKey: 'link-missing',
  NoSuchVersion: 'link-missing',
  BlobNotFound: 'link-missing',
  ResourceNotFound: 'link-missing',
  NoSuchBucket: 'link-bucket-missing',
  ContainerNotFound: 'link-bucket-missing',
  AuthorizationQueryParametersError: 'link-malformed',
  AuthorizationHeaderMalformed: 'link-region',
  InvalidQueryParameterValue: 'link-malformed',
  PermanentRedirect: 'link-region',
  IncorrectEndpoint: 'link-region',
  IllegalLocationConstraintException: 'link-region',
  InvalidObjectState: 'link-archived',
  BlobArchived: 'link-archived',
  SlowDown: 'link-busy',
  ServerBusy: 'link-busy',
  ServiceUnavailable: 'link-busy',
  InternalError: 'link-busy',
  OperationTimedOut: 'link-busy'
}

/** `<Code>`, `x-ms-error-code`, or the JSON that Google's API answers. */
const codeIn = (headers: Headers, body: string): string => {
  const azure = headers.get('x-ms-error-code')
  if (azure !== null) return azure
  return /<Code>\s*([A-Za-z]{1,60})\s*<\/Code>/.exec(body)?.[1] ?? ''
}

const textOf = (body: string, name: string): string =>
  new RegExp(`<${name}>\\s*([^<]{1,300}?)\\s*</${name}>`).exec(body)?.[1] ?? ''

const timeIn = (body: string): number => {
  for (const name of ['Expires', 'ExpiresDate']) {
    const at = Date.parse(textOf(body, name))
    if (!Number.isNaN(at)) return at
  }
  return Number.NaN
}

/** An expired link, and when it ended if the storage says so. */
const expired = (body: string): ReadFault => {
  const at = timeIn(body)
  return Number.isNaN(at)
    ? new ReadFault('link-expired')
    : new ReadFault('link-expired', { at: new Date(at).toISOString() })
}

/** Azure has one code for every way in which a signature is no good, and says the way in words. */
const azureFailure = (body: string): ReadFault => {
  if (!/not valid in the specified time frame/i.test(body)) return new ReadFault('link-signature')
  const [, startAt = '', endAt = ''] =
    /Start \[([^\]]{0,60})\].{0,40}Expiry \[([^\]]{0,60})\]/.exec(body) ?? []
  const [, nowAt = ''] = /Current \[([^\]]{0,60})\]/.exec(body) ?? []
  const isEarly = Date.parse(startAt) > Date.parse(nowAt)
  if (isEarly) return new ReadFault('link-not-started')
  const end = Date.parse(endAt)
  return Number.isNaN(end)
    ? new ReadFault('link-expired')
    : new ReadFault('link-expired', { at: new Date(end).toISOString() })
}

const denied = (body: string): ReadFault => {
  const message = textOf(body, 'Message')
  if (/expired/i.test(message)) return expired(body)
  if (/not yet valid|not valid yet/i.test(message)) return new ReadFault('link-not-started')
  return new ReadFault('link-denied')
}

/** A status alone says what this computer was answered, and nothing of what others are. */
const byStatus = (status: number, host: string): ReadFault => {
  if (status === 404 || status === 410) return new ReadFault('link-not-found', { status, host })
  if (status === 401 || status === 403) return new ReadFault('link-denied', { status, host })
  if (status === 429 || status >= 500) return new ReadFault('link-busy', { status })
  return new ReadFault('link-status', { status, host })
}

/**
 * What a refusal means. Of the body only the code, the times and the kind of message are used: storages repeat the key
 * ID and the text that was signed in it.
 */
export const readStorageError = (
  status: number,
  headers: Headers,
  body: string,
  host: string
): ReadFault => {
  const code = codeIn(headers, body)
  if (code === 'AuthenticationFailed') return azureFailure(body)
  if (code === 'AccessDenied') return denied(body)
  const known = Object.hasOwn(meaning, code) ? meaning[code] : undefined
  if (known === undefined) return byStatus(status, host)
  // GCS says InvalidToken of a link that ended.
  return new ReadFault(known, known === 'link-busy' ? { status } : {})
}
