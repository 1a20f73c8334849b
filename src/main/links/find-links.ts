/** Inside `blob:https://…` there is no link to what is meant. */
const LINK_START = /(?<!(?:blob|filesystem|view-source):)https?:\/\//gi
const STARTS_LINK = /^https?:\/\//i
/** What people drop or paste in place of a link; shown, so that it can be said why it does not work. */
const NOT_A_LINK =
  /^(?:(?:file|javascript|vbscript|data|blob|smb|app|media|ftps?|sftp|s3|gs|about):\S.*|https?:\S+|[a-z]:[\\/].*|\\\\\S.*)$/i
/** Never part of a link, whatever stands around it: white space, quotation marks of markup, CJK punctuation. */
const STOP = /[\s<>"`\u3000-\u3002\uff01\uff0c\uff1a\uff1b\uff1f\u2014]/
/** Closing marks with the ones that open them; within a link they come in pairs. */
const CLOSERS: ReadonlyMap<string, string> = new Map(
  [
    '()',
    '[]',
    '{}',
    '（）',
    '【】',
    '［］',
    '「」',
    '『』',
    '《》',
    '〈〉',
    '〔〕',
    '“”',
    '‘’',
    '«»',
    '„“'
  ].map((pair) => [pair.charAt(1), pair.charAt(0)] as const)
)
/** Of these a link may hold a closing one alone, as in `Priya’s`; then what is around it decides. */
const MAY_BE_ALONE = ')]}’”»“'
/** What follows a mark that closes something around a link. */
const BEHIND_CLOSER = /^(?:$|[\s)\]}(['"*_~]|[.,;:!?]+(?:\s|$))/
const MEDIA = 'mp4|m4v|mov|webm|mkv|avi|mpe?g|wmv|ts|3gp'
const ENDS_AS_MEDIA = new RegExp(`\\.(?:${MEDIA})$`, 'i')
/** A word in which a file name ends, with or without a query behind it. */
const NAME_ENDS = new RegExp(`^[^?#]*\\.(?:${MEDIA})(?:[?#]\\S*)?$`, 'i')
const CJK_LETTER = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u
/** Parameters that a signed link ends with or holds; what comes before them is half a link. */
const SIGNED_PART =
  /[?&;](?:x-(?:amz|goog|oss|tos)-[a-z-]+|signature|sig|expires|policy|key-pair-id|q-signature|token|hm)=/i
/** More words than that are a sentence and not a file's name. */
const mostWords = 12

/** Longer than any link that is taken; what goes on behind it is no link at all. */
const longestLink = 20_000
/** So far back, a mark may still be what opened something around a link. */
const longestBefore = 2_000

const count = (text: string, character: string): number => text.split(character).length - 1

/** True if `opener` was opened in the text before and not closed again. */
const isOpen = (before: string, opener: string, closer: string): boolean =>
  before.lastIndexOf(opener) > before.lastIndexOf(closer)

/** Counts the marks of a link as it is read, for every closing one to be held against its openers. */
const createPairs = () => {
  const counts = new Map<string, number>()
  const of = (mark: string): number => counts.get(mark) ?? 0
  return {
    note: (mark: string): void => {
      counts.set(mark, of(mark) + 1)
    },
    closesNothing: (mark: string, opener: string): boolean => of(opener) <= of(mark)
  }
}

/** Where a link that begins at `start` ends: at what cannot be in it, or at a mark that closes what is around it. */
const endOf = (line: string, start: number): number => {
  const before = line.slice(Math.max(0, start - longestBefore), start)
  const opened = before.slice(-1)
  const pairs = createPairs()
  const last = Math.min(line.length, start + longestLink)
  for (let at = start + 8; at < last; at += 1) {
    const mark = line.charAt(at)
    if (/[a-z0-9%._~/-]/i.test(mark) && mark !== 'h' && mark !== 'H') continue
    if (STOP.test(mark)) return at
    const link = line.slice(start, at)
    const rest = line.slice(at + 1, at + 80)
    if (mark === "'" && opened === "'" && /^(?:$|[\s,;:)\]}>])/.test(rest)) return at
    if (mark === '|' && (opened === '<' || isOpen(before, '[', ']') || STARTS_LINK.test(rest)))
      return at
    if (mark === '[' && rest.startsWith('/')) return at
    if (/[,;]/.test(mark) && STARTS_LINK.test(rest)) return at
    if (STARTS_LINK.test(mark + rest) && ENDS_AS_MEDIA.test(link.slice(-8))) return at
    if (CJK_LETTER.test(mark) && ENDS_AS_MEDIA.test(link.slice(-8))) return at
    const opener = CLOSERS.get(mark)
    if (opener !== undefined && pairs.closesNothing(mark, opener)) {
      // What closes nothing in the link closes what is around it; if nothing is, it is part of a name.
      const isAround = isOpen(before, opener, mark) || BEHIND_CLOSER.test(rest)
      if (!MAY_BE_ALONE.includes(mark) || isAround) return at
    }
    pairs.note(mark)
  }
  return last
}

/** Emphasis around a link, such as `**…**`: what stands in front of it goes from its end as well. */
const withoutEmphasis = (link: string, before: string): string => {
  const marks = /([*_~|]{1,3})$/.exec(before)?.[1] ?? ''
  return marks !== '' && link.endsWith(marks) ? link.slice(0, -marks.length) : link
}

/** AsciiDoc puts the text of a link right behind it, Jira the end of what is around it. */
const withoutLabel = (link: string): string => {
  const [, address, label] = /^(.*?)(\[[^\]]*\]|\{[a-z]+\})$/.exec(link) ?? []
  return label !== undefined && address !== undefined && ENDS_AS_MEDIA.test(address)
    ? address
    : link
}

/** Takes away what belongs to the sentence around a link; dots in place of its end stay, so that they are told. */
const trimEnd = (link: string): string => {
  let text = link
  for (;;) {
    const dots = /(?:…|\.{3,}|⋯)$/.exec(text)?.[0] ?? ''
    if (dots !== '') {
      const rest = text.slice(0, -dots.length)
      return ENDS_AS_MEDIA.test(rest) ? rest : text
    }
    const last = text.at(-1) ?? ''
    const isLoneQuote = last === "'" && count(text, "'") % 2 === 1
    if (last === '' || !(/[.,;:!?*”’»]/.test(last) || isLoneQuote)) return text
    text = text.slice(0, -1)
  }
}

/** True if no sentence leads to a link: nothing in front of it but a sign of a list, or a word and a colon. */
const standsAlone = (before: string): boolean =>
  before.length < 200 && /^[^\p{L}]*$|[:：=]\s*$/u.test(before) && !/["'`<(]$/.test(before)

/** How far a link goes on behind a space: file names have spaces, and so has what a query says about them. */
const lengthAfterSpaces = (link: string, behind: string): number => {
  if (isWhole(link)) return 0
  if (/https?:\/\//i.test(behind.split(/\t|\s{2,}/)[0] ?? '')) return 0
  const words = /^ [^\t\n<>"`]+/.exec(behind)?.[0] ?? ''
  const hasQuery = link.includes('?')
  let length = 0
  for (const word of words.split(' ').slice(1, mostWords + 1)) {
    if (word === '') return 0
    length += 1 + word.length
    if (hasQuery ? SIGNED_PART.test(word) : NAME_ENDS.test(word)) return length
    if (!hasQuery && /[?#,;:!]|\.$/.test(word)) return 0
  }
  return 0
}

const isWhole = (link: string): boolean =>
  link.includes('?')
    ? !/[?&]response-content-disposition=[^&]*$/i.test(link)
    : ENDS_AS_MEDIA.test(link) || /^https?:\/\/[^/]*\/?$/i.test(link)

const unquote = (line: string): string => line.replace(/^["'`<“‘«]+|["'`>”’»]+$/g, '').trim()

const linksInLine = (line: string): readonly string[] => {
  const found: string[] = []
  let from = 0
  for (const { index } of line.matchAll(LINK_START)) {
    if (index < from) continue
    let end = endOf(line, index)
    if (line.charAt(end) === ' ' && standsAlone(line.slice(0, index))) {
      end += lengthAfterSpaces(line.slice(index, end), line.slice(end, end + longestLink))
    }
    from = end
    const link = withoutEmphasis(line.slice(index, end), line.slice(0, index))
    const trimmed = trimEnd(withoutLabel(link))
    if (/^https?:\/\/[^/]/i.test(trimmed)) found.push(trimmed)
  }
  if (found.length > 0) return found
  const whole = unquote(line)
  return NOT_A_LINK.test(whole) ? [whole] : []
}

const entities: Readonly<Record<string, string>> = {
  amp: '&',
  quot: '"',
  lt: '<',
  gt: '>',
  nbsp: ' ',
  apos: "'"
}

/** `&amp;`, `&#38;` and `&#x26;` in a link are what is left of a page's source; twice if it went through two. */
const withoutEntities = (text: string): string => {
  let readable = text
  for (let round = 0; round < 3; round += 1) {
    readable = readable
      .replace(
        /&(amp|quot|lt|gt|nbsp|apos);/gi,
        (whole, name: string) => entities[name.toLowerCase()] ?? whole
      )
      .replace(/&#(?:0*(38|39|61|34)|x0*(26|27|3d|22));/gi, (_, decimal?: string, hex?: string) =>
        String.fromCharCode(
          decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal)
        )
      )
    if (!/&amp;/i.test(readable)) break
  }
  return readable
}

/** What JSON, JavaScript and shells put in front of characters of a link. */
const withoutEscapes = (text: string): string =>
  text
    .replace(/https?:(?:\\+\/){2}\S*/gi, (link) => link.replace(/\\+\//g, '/'))
    .replace(/\\{1,2}u00(2[0-9a-f]|3[0-9a-f]|5f|7e)/gi, (_, hex: string) =>
      String.fromCharCode(Number.parseInt(hex, 16))
    )
    .replace(/\\{1,2}x(26|3d|3f|2f|25)/gi, (_, hex: string) =>
      String.fromCharCode(Number.parseInt(hex, 16))
    )
    .replace(/(https?:\/\/\S*)/gi, (link) => link.replace(/\\(?=[?=&%])/g, ''))

/** The source of a mail: `=3D` for `=`, and lines that go on behind a `=`. */
const withoutQuotedPrintable = (text: string): string =>
  /[?&][\w.-]+=3D/.test(text)
    ? text
        .replace(/=\r?\n/g, '')
        .replace(/=([2-7][0-9A-F])/g, (_, hex: string) =>
          String.fromCharCode(Number.parseInt(hex, 16))
        )
    : text

const isHalf = (link: string): boolean => !/[?&]x-(?:amz|goog)-signature=[0-9a-f]{64}/i.test(link)

/** The first half of a signed link at the end of a line, and what may be the other one in the next. */
const joined = (above: string, below: string): string | null => {
  const link = /https?:\/\/\S+$/i.exec(above.slice(-longestLink))?.[0] ?? ''
  const isSigned = /[?&]x-(?:amz|goog)-/i.test(link)
  const rest = below.trim()
  const isRest =
    /^[\w%&=.~+/-]+$/.test(rest) && (/[%&=]/.test(rest) || /^[0-9a-f]{4,}$/i.test(rest))
  return isSigned && isHalf(link) && isRest ? above + rest : null
}

/** Mail programs break long links; between `<` and `>`, and within a signature, nothing else can be meant. */
const withoutLineBreaks = (text: string): readonly string[] => {
  const lines: string[] = []
  const whole = text.replace(/<https?:\/\/[^<>]*>/gi, (link) => link.replace(/\s*\r?\n\s*/g, ''))
  for (const line of whole.split(/\r\n|\n|\r/)) {
    const both = joined(lines.at(-1) ?? '', line)
    if (both === null) lines.push(line)
    else lines.splice(-1, 1, both)
  }
  return lines
}

const readableLines = (text: string): readonly string[] => {
  if (!/https?:/i.test(text)) return text.split(/\r\n|\n|\r/)
  return withoutLineBreaks(withoutEntities(withoutEscapes(withoutQuotedPrintable(text))))
}

/**
 * The links in a text that was dropped or pasted, in order, each once. Reads lists of addresses with comments, quoted
 * and separated ones, sentences in any script, and markup of pages, mail, chats, JSON and shells.
 */
export const findLinks = (text: string): string[] => [
  ...new Set(readableLines(text).flatMap((line) => linksInLine(line.trim())))
]
