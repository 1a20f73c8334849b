import { fail, ok, type Result } from '../../shared/result.ts'
import { countColumnNames, type DraftRow, readRecords, rowOfLink } from './draft-rows.ts'
import { findLinks } from './find-links.ts'

const separators = [',', ';', '\t'] as const

const refuse = (code: string): Result<never> =>
  fail({ kind: 'invalid-input', issues: [{ field: 'file', code, said: null }] })

/** The address in a Windows shortcut: an INI file with a section for it. */
const linkOfShortcut = (text: string): readonly string[] => {
  let section = ''
  for (const line of text.split(/\r\n|\n|\r/)) {
    section = /^\s*\[(.*)\]\s*$/.exec(line)?.[1]?.toLowerCase() ?? section
    const link = /^\s*URL\s*=\s*(.*?)\s*$/i.exec(line)?.[1] ?? ''
    if (section === 'internetshortcut' && link !== '') return [link.replace(/^"(.*)"$/, '$1')]
  }
  return []
}

const entities: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'"
}

const decodeEntity = (whole: string, name: string): string => {
  const number = /^#(?:x([0-9a-f]{1,6})|(\d{1,7}))$/i.exec(name)
  if (number === null) return entities[name] ?? whole
  const code = number[1] === undefined ? Number(number[2]) : Number.parseInt(number[1], 16)
  return code <= 0x10ffff ? String.fromCodePoint(code) : whole
}

/** The address in a macOS shortcut: a property list in XML with one key for it. */
const linkOfPropertyList = (text: string): readonly string[] => {
  const list = text.replace(/<!--[\s\S]*?-->/g, '')
  const value = /<key>\s*URL\s*<\/key>\s*<string>([\s\S]*?)<\/string>/i.exec(list)?.[1] ?? ''
  const literal = /^\s*<!\[CDATA\[([\s\S]*?)\]\]>\s*$/.exec(value)?.[1]
  const link = literal ?? value.replace(/&([^;\s]{1,10});/g, decodeEntity)
  return link.trim() === '' ? [] : [link.trim()]
}

type Table = readonly (readonly string[])[]

/** Names above the columns count for most, then columns. */
const byLikelihood = ([one = []]: Table, [other = []]: Table): number =>
  countColumnNames(other) - countColumnNames(one) || other.length - one.length

/** `null` for a file that no table can be made of. The parser is loaded with the first such file. */
const readTable = async (text: string): Promise<readonly DraftRow[] | null> => {
  const { CsvError, parse } = await import('csv-parse/sync')
  const tableOf = (delimiter: string): Table | null => {
    try {
      return parse(text, {
        bom: true,
        delimiter,
        record_delimiter: ['\r\n', '\n', '\r'],
        relax_column_count: true,
        relax_quotes: true,
        skip_empty_lines: true,
        trim: true
      })
    } catch (error) {
      // Between quotation marks another separator makes no sense; that speaks against it alone.
      if (error instanceof CsvError) return null
      throw error
    }
  }
  const [likeliest] = separators
    .flatMap((separator) => {
      const table = tableOf(separator)
      return table === null ? [] : [table]
    })
    .sort(byLikelihood)
  return likeliest === undefined ? null : readRecords(likeliest)
}

const read = async (ending: string, text: string): Promise<Result<readonly DraftRow[]>> => {
  switch (ending) {
    case 'url':
      return ok(linkOfShortcut(text).map(rowOfLink))
    case 'webloc':
      return /^bplist/.test(text)
        ? refuse('binary-shortcut')
        : ok(linkOfPropertyList(text).map(rowOfLink))
    case 'txt':
      return ok(findLinks(text).map(rowOfLink))
    case 'csv': {
      const rows = await readTable(text)
      return rows === null ? refuse('bad-table') : ok(rows)
    }
    default:
      return refuse('unknown-file')
  }
}

/**
 * What a dropped file asks for: at least one row. `invalid-input` about the field `file`: `unknown-file`, `binary-file`,
 * `binary-shortcut`, `bad-table`, `nothing-in-file`.
 */
export const readDraftFile = async (
  fileName: string,
  content: string
): Promise<Result<readonly DraftRow[]>> => {
  const ending = /\.([a-z]+)$/i.exec(fileName.trim())?.[1]?.toLowerCase() ?? ''
  const text = content.replace(/^\uFEFF/, '')
  const rows = await read(ending, text)
  if (!rows.ok) return rows
  if (rows.value.length > 0) return rows
  return refuse(text.includes('\0') ? 'binary-file' : 'nothing-in-file')
}
