/** Whether a link may be handed in: https, or http to this machine, as the sandbox has no network. */
export const isFetchableUrl = (value: unknown): value is string => {
  if (typeof value !== 'string' || !URL.canParse(value)) return false
  const url = new URL(value)
  if (url.protocol === 'https:') return url.hostname.includes('.') || isLoopback(url.hostname)
  return url.protocol === 'http:' && isLoopback(url.hostname)
}

const isLoopback = (hostname: string): boolean =>
  hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname)

/** Whether an S3 link (Signature V4) is over at that moment; links that tell nothing are taken as valid. */
export const isLinkExpired = (link: string, nowMs: number): boolean => {
  const query = new URL(link).searchParams
  const signed = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(query.get('X-Amz-Date') ?? '')
  const lifetimeS = Number(query.get('X-Amz-Expires') ?? Number.NaN)
  if (signed === null || Number.isNaN(lifetimeS)) return false
  const [, year, month, day, hour, minute, second] = signed
  const signedAtMs = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`)
  return signedAtMs + lifetimeS * 1_000 <= nowMs
}
