/** A link's parameters by lower-case name, each with all its values, decoded once. */
export type LinkQuery = ReadonlyMap<string, readonly string[]>

const decodeOnce = (text: string): string => {
  // `+` stays: storage services do not write a space that way, but base64 and time zones carry it.
  const isDecodable = /^(?:[^%]|%[0-9a-f]{2})*$/i.test(text)
  return isDecodable ? new TextDecoder().decode(bytesOf(text)) : text
}

const bytesOf = (text: string): Uint8Array =>
  Buffer.concat(
    (text.match(/%[0-9a-f]{2}|[^%]+/gi) ?? []).map((part) =>
      part.startsWith('%') ? Buffer.from(part.slice(1), 'hex') : Buffer.from(part)
    )
  )

/** Reads `?a=b&c` without changing the link. */
export const readQuery = (search: string): LinkQuery => {
  const query = new Map<string, string[]>()
  for (const part of search.replace(/^\?/, '').split('&')) {
    if (part === '') continue
    const at = part.indexOf('=')
    const name = decodeOnce(at === -1 ? part : part.slice(0, at)).toLowerCase()
    const value = at === -1 ? '' : decodeOnce(part.slice(at + 1))
    const values = query.get(name)
    if (values === undefined) query.set(name, [value])
    else values.push(value)
  }
  return query
}

/** The first value of a parameter; null if it is not there. */
export const firstValue = (query: LinkQuery, name: string): string | null =>
  query.get(name)?.[0] ?? null
