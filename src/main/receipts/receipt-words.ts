import { isProviderId, providers } from '../../shared/catalogue/providers.ts'
import { englishVoice } from '../../shared/messages/english.ts'
import { currentLocale, messageOf, t, type Voice } from '../../shared/messages/messages.ts'
import { hasForgotten, placeOf } from '../../verifier/claims.ts'
import type { Receipt, ReceiptCheck, ReceiptItem } from '../../verifier/receipt-shape.ts'

/*
 * Words of a receipt. What is signed is in English, whatever language the app speaks, so that it is read and compared
 * everywhere; the printed page says the same in the person's language.
 */

/** "video-thumbnails" becomes "Video thumbnails", for codes that the catalog does not know. */
const spelledOut = (code: string): string => {
  const words = code.replaceAll('-', ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}

const worded = (id: string, code: string, find: Voice['find'] = messageOf): string =>
  find(id) ?? spelledOut(code)

export const kindText = (kind: string, find?: Voice['find']): string =>
  worded(`receipt.kind.${kind}`, kind, find)
export const unknownText = (code: string): string => worded(`receipt.unknown.${code}`, code)
export const scopeText = (scope: string): string => worded(`receipt.scope.${scope}`, scope)
export const gapText = (reason: string): string => worded(`receipt.gap.${reason}`, reason)

interface Survivor {
  readonly kind: string
  readonly name: string | null
  readonly reason: string
}

const survivorSaid = (
  { kind, name, reason }: Survivor,
  { say, find }: Pick<Voice, 'say' | 'find'>
): string => {
  const parts = {
    what: find(`receipt.effect.${kind}`) ?? kindText(kind, find),
    reason: worded(`receipt.survives.${reason}`, reason, find)
  }
  return name === null
    ? say('receipt.survivor', parts)
    : say('receipt.survivorNamed', { ...parts, name })
}

/** What stays and why, in one line. */
export const survivorText = (survivor: Survivor): string =>
  survivorSaid(survivor, { say: t, find: messageOf })

/** The same as it is signed. */
export const signedSurvivorText = (survivor: Survivor): string =>
  survivorSaid(survivor, englishVoice)

/** What cannot be known, as it is signed. */
export const signedUnknownText = (code: string): string =>
  worded(`receipt.unknown.${code}`, code, englishVoice.find)

/** Why an item ended as it did: our reason, and the provider's own sentence. */
export const reasonText = ({ reason, said }: NonNullable<ReceiptItem['answer']>): string | null => {
  const ours = reason === null ? null : worded(`receipt.reason.${reason}`, reason)
  if (said === null) return ours
  return ours === null
    ? t('receipt.said', { said })
    : t('receipt.reasonSaid', { reason: ours, said })
}

/** What a look saw; `links` are those of which the same is true, none for the thing itself. */
export const checkText = (
  links: readonly string[],
  result: ReceiptCheck['result'],
  mode: ReceiptItem['target']['mode']
): string => {
  const names = links.map((link) => worded(`receipt.link.${link}`, link))
  const what = names.length === 0 ? t('receipt.lookup') : names.join(', ')
  // Of a page that was taken offline, being so is what was asked for.
  const shown = mode === 'offline' && result === 'says-deleted' ? 'offline' : result
  return t('receipt.check', { what, result: t(`receipt.checked.${shown}`) })
}

export const inSeries = (parts: readonly string[]): string =>
  new Intl.ListFormat(currentLocale(), { type: 'conjunction' }).format(parts)

/** A provider by its name; a receipt may name others than this version of the app knows. */
export const providerText = (provider: string | null): string => {
  if (provider === null) return t('receipt.someProvider')
  return isProviderId(provider) ? providers[provider].name : provider
}

/** A place that requests were sent to. */
export const placeText = (origin: string | null, provider: string | null): string => {
  if (origin === null) return t('receipt.place.unrecorded')
  const place = placeOf(origin, provider)
  if (place === 'unknown') return origin
  return place === 'loopback'
    ? t('receipt.place.loopback', { origin })
    : t(`receipt.place.${place}`, { origin, provider: providerText(provider) })
}

/** The mark of a receipt about sample accounts; null where there is none. */
export const sampleText = ({ sample, accounts }: Receipt): string | null => {
  if (sample === 'none') return null
  const marked = accounts.filter(({ isSample }) => isSample)
  const who = inSeries([...new Set(marked.map(({ provider }) => providerText(provider)))])
  return sample === 'all' ? t('receipt.sampleAll', { who }) : t('receipt.sampleSome', { who })
}

/** The sentences that every receipt carries, and the one of names that were forgotten, behind the mark of sample data. */
export const claimTexts = (receipt: Receipt): readonly string[] => {
  const mark = sampleText(receipt)
  return [
    ...(mark === null ? [] : [mark]),
    t('receipt.claim.asked'),
    t('receipt.claim.provider'),
    t('receipt.claim.check'),
    t('receipt.claim.statement'),
    t('receipt.claim.history'),
    t('receipt.claim.signature'),
    t('receipt.claim.clock'),
    ...(hasForgotten(receipt) ? [t('receipt.claim.forgotten')] : [])
  ]
}
