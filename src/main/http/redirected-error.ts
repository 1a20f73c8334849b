/** Thrown in place of a network error by a fetch that knows where a redirect would have led. */
export class RedirectedError extends Error {
  override readonly name = 'RedirectedError'

  /** The target's origin; the rest of an address may be secret. */
  constructor(readonly toOrigin: string) {
    super('unexpected redirect')
  }
}

/** Null for what has no origin that could be told. */
export const originTold = (address: string): string | null => {
  if (!URL.canParse(address)) return null
  const { origin } = new URL(address)
  return origin === 'null' || origin.length > 300 ? null : origin
}
