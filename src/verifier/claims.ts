import { isProviderId, providers } from '../shared/catalogue/providers.ts'
import type { Receipt } from './receipt-shape.ts'

const notTheProvider =
  'It does not show that the provider really deleted anything, or that no copies exist.'
const aLook = 'A check shows what could be seen from this computer at that time, and nothing later.'
export const pastRecords =
  'Changes to past records of the history are detectable. Records cut off at its end, or a history that somebody with access to the computer wrote anew from the start, are not.'
export const whoseSignature =
  'The signature shows that nothing in this receipt changed after it was signed. It does not show whose installation signed it: compare the fingerprint with one you got in another way.'
export const clockTimes = 'Times are those of the clock of the computer that asked.'

/** All that a receipt of version 1 claims. A receipt with other words is refused. */
export const claimsOfVersion1 = Object.freeze([
  'It shows what Replica Desk asked the provider to delete, and what the provider answered.',
  notTheProvider,
  aLook,
  pastRecords,
  whoseSignature,
  clockTimes
])

/** All that a receipt of version 2 claims, behind the mark of sample data. */
const claimsOfVersion2 = Object.freeze([
  'It shows what Replica Desk asked the provider to delete, the address each request was sent to, and what the provider answered.',
  notTheProvider,
  aLook,
  'The plan and its title, what stays, what cannot be known and the files saved before are the statement of the installation that signed. The records of the deletions do not show them.',
  pastRecords,
  whoseSignature,
  clockTimes
])

/** A provider that this version of the app knows; a receipt may name others. */
const knownProvider = (provider: string | null) =>
  provider !== null && isProviderId(provider) ? providers[provider] : null

export const providerText = (provider: string | null): string =>
  knownProvider(provider)?.name ?? provider ?? 'the provider'

export const inSeries = (parts: readonly string[]) =>
  parts.length < 2
    ? (parts[0] ?? '')
    : `${parts.slice(0, -1).join(', ')} and ${parts[parts.length - 1]}`

/** The mark of a receipt about sample accounts; null where there is none. */
export const sampleMark = ({ sample, accounts }: Pick<Receipt, 'sample' | 'accounts'>) => {
  if (sample === 'none') return null
  const names = accounts
    .filter(({ isSample }) => isSample)
    .map(({ provider }) => providerText(provider))
  const who = inSeries([...new Set(names)])
  return sample === 'all'
    ? `SAMPLE DATA: nothing was deleted at ${who}. The requests went to a simulated provider on this computer.`
    : `PARTLY SAMPLE DATA: what is listed under a sample account was not deleted at ${who}. Those requests went to a simulated provider on this computer.`
}

/** Says so of a receipt that goes by records which have lost their names. */
export const forgottenClaim =
  'Names in its records were forgotten before it was made. Other names stand in their place, and what stood there before cannot be shown any more.'

export const hasForgotten = ({ records }: Pick<Receipt, 'records'>) =>
  records.some(({ forgotten }) => forgotten !== undefined)

/** The sentences that a receipt must carry. */
export const claimsOf = (receipt: Pick<Receipt, 'sample' | 'accounts' | 'records'>) => {
  const mark = sampleMark(receipt)
  return [
    ...(mark === null ? [] : [mark]),
    ...claimsOfVersion2,
    ...(hasForgotten(receipt) ? [forgottenClaim] : [])
  ]
}

/** `hostname`: as a URL has it */
export const isLoopback = (hostname: string) =>
  /^(?:127\.\d+\.\d+\.\d+|0\.0\.0\.0|(?:.+\.)?localhost\.?|\[::1?\]|\[::ffff:7f[0-9a-f]{2}:[0-9a-f]{1,4}\])$/.test(
    hostname
  )

/** What is known of a place that requests were sent to. */
export const placeOf = (origin: string, provider: string | null) => {
  const known = knownProvider(provider)
  if (isOrigin(origin) && isLoopback(new URL(origin).hostname)) return 'loopback'
  if (known === null) return 'unknown'
  return origin === known.apiAddress ? 'official' : 'other'
}

/** A place that requests were sent to, in words. */
export const placeText = (origin: string | null, provider: string | null) => {
  if (origin === null) return 'an address that was not recorded'
  switch (placeOf(origin, provider)) {
    case 'loopback':
      return `${origin}, on this computer (loopback)`
    case 'official':
      return `${origin}, the official address of ${providerText(provider)}`
    case 'other':
      return `${origin}, not the official address of ${providerText(provider)}`
    case 'unknown':
      return origin
  }
}

/** Whether a text is the origin of an address over HTTP. */
export const isOrigin = (text: string) => {
  try {
    const { origin, protocol } = new URL(text)
    return origin === text && (protocol === 'https:' || protocol === 'http:')
  } catch {
    // Not an address at all.
    return false
  }
}
