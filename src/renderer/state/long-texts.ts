/** As many characters as main takes in one message. */
export const mostCharacters = 200_000

/** A place where no link is cut: white space, or what separates two links. */
const gap = /\s|[,;|](?=https?:\/\/)/gi

const lastGap = (text: string): number => [...text.matchAll(gap)].at(-1)?.index ?? -1

/** A text in parts that main takes, none of which cuts a link in two. What is longer than a part is no link. */
export const textParts = (text: string, most = mostCharacters): readonly string[] => {
  const parts: string[] = []
  let rest = text
  while (rest.length > most) {
    const end = lastGap(rest.slice(0, most + 1))
    if (end > 0) parts.push(rest.slice(0, end))
    const next = end >= 0 ? end : rest.search(gap)
    rest = next === -1 ? '' : rest.slice(next + 1)
  }
  return [...parts, rest]
}

/** The records of a table; what stands between quotation marks may have several lines. */
const records = (text: string): readonly string[] => {
  const found: string[] = []
  let open = ''
  for (const line of text.split(/(?<=\n)/)) {
    open += line
    if (open.split('"').length % 2 === 0) continue
    found.push(open)
    open = ''
  }
  return open === '' ? found : [...found, open]
}

/** A table in parts that main takes, each with the names above its columns. */
export const tableParts = (text: string, most = mostCharacters): readonly string[] => {
  if (text.length <= most) return [text]
  const [first = '', ...others] = records(text)
  const names = first.includes('://') ? '' : first
  const parts: string[] = []
  let part = names
  for (const record of names === '' ? [first, ...others] : others) {
    if (part.length + record.length > most && part !== names) {
      parts.push(part)
      part = names
    }
    part += record
  }
  return [...parts, part]
}
