import type { LinkFinding } from '../../shared/domain/link.ts'
import { assertNever } from '../../shared/result.ts'
import type { Signature } from './signers.ts'

const HOUR_MS = 3_600_000
/** Tavus asks that a link holds this long after it is handed in. */
const NEEDED_MS = 24 * HOUR_MS
/** Room for a link to wait before it is handed in. */
const COMFORTABLE_MS = 36 * HOUR_MS
/** Clocks differ a little, and storage services forgive this much. */
const CLOCK_TOLERANCE_MS = 15 * 60_000
const WEEK_SECONDS = 604_800
/** Where more than a week is refused; other services allow it. */
const WEEK_HOSTS =
  /(?:^|\.)(?:amazonaws\.com(?:\.cn)?|r2\.cloudflarestorage\.com|googleapis\.com|aliyuncs\.com|backblazeb2\.com|wasabisys\.com)$/

const lifetimeFindings = (signature: Signature, host: string): readonly LinkFinding[] =>
  (signature.lifetimeSeconds ?? 0) <= WEEK_SECONDS
    ? []
    : [{ code: 'over-7-days', level: WEEK_HOSTS.test(host) ? 'error' : 'note', detail: null }]

const remainingFindings = (signature: Signature, remainingMs: number): readonly LinkFinding[] => {
  if (remainingMs <= 0) return [{ code: 'expired', level: 'error', detail: null }]
  if (remainingMs < NEEDED_MS) return [{ code: 'under-24h', level: 'error', detail: null }]
  if (remainingMs < COMFORTABLE_MS) return [{ code: 'under-36h', level: 'warning', detail: null }]
  // Not said of a link that may end with the session that signed it.
  return signature.isTemporary ? [] : [{ code: 'valid-long-enough', level: 'good', detail: null }]
}

const endFindings = (signature: Signature, nowMs: number): readonly LinkFinding[] => {
  const { expiry } = signature
  switch (expiry.kind) {
    case 'at':
      return remainingFindings(signature, expiry.untilMs - nowMs)
    case 'unknown':
      return [{ code: 'expiry-unknown', level: 'warning', detail: null }]
    case 'bad':
      return [{ code: 'bad-expiry', level: 'error', detail: expiry.parameter }]
    case 'never':
      return [{ code: 'not-signed', level: 'note', detail: null }]
    default:
      return assertNever(expiry)
  }
}

/** When a link begins to hold. A signature made in the future means that one of two clocks is wrong. */
const startFindings = (signature: Signature, nowMs: number): readonly LinkFinding[] => {
  if (signature.fromMs === null || signature.fromMs <= nowMs + CLOCK_TOLERANCE_MS) return []
  return signature.fromMeans === 'signed'
    ? [{ code: 'signed-ahead', level: 'warning', detail: null }]
    : [{ code: 'not-yet-valid', level: 'error', detail: null }]
}

/** Holds a signature's times against the 24 hours that Tavus needs. */
export const validityFindings = (
  signature: Signature,
  host: string,
  nowAt: string
): readonly LinkFinding[] => {
  const nowMs = Date.parse(nowAt)
  return [
    ...startFindings(signature, nowMs),
    ...(signature.isTemporary
      ? [{ code: 'temporary-credentials', level: 'warning', detail: null } as const]
      : []),
    ...endFindings(signature, nowMs),
    ...lifetimeFindings(signature, host)
  ]
}
