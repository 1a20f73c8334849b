import { fail, ok, type Result } from '../../shared/result.ts'
import { type DraftRow, readTable, rowOfLink } from './draft-rows.ts'
import { findLinks } from './find-links.ts'
import { linkOfDesktopFile, linkOfPropertyList, linkOfShortcut } from './shortcut-files.ts'

const refuse = (code: string): Result<never> =>
  fail({ kind: 'invalid-input', issues: [{ field: 'file', code, said: null }] })

const rowsOf = (links: readonly string[]): Result<readonly DraftRow[]> => ok(links.map(rowOfLink))

/** A table if it has names above its columns, as spreadsheets save it under this ending; else a list of links. */
const readText = async (text: string): Promise<Result<readonly DraftRow[]>> => {
  const table = /\t/.test(text) ? await readTable(text) : null
  return table?.isNamed === true ? ok(table.rows) : rowsOf(findLinks(text))
}

const read = async (ending: string, text: string): Promise<Result<readonly DraftRow[]>> => {
  switch (ending) {
    case 'url':
      return rowsOf(linkOfShortcut(text))
    case 'webloc':
      return rowsOf(await linkOfPropertyList(text))
    case 'desktop':
      return rowsOf(linkOfDesktopFile(text))
    case 'txt':
      return readText(text)
    case 'csv':
    case 'tsv': {
      const table = await readTable(text)
      return table === null ? refuse('bad-table') : ok(table.rows)
    }
    default:
      return refuse('unknown-file')
  }
}

/** Says of each row with letters beyond ASCII how they were read, if that was a guess. */
const withGuess = (row: DraftRow, guessed: string): DraftRow => {
  const isDoubtful = /\P{ASCII}/u.test(JSON.stringify([row.values, row.links]))
  const field = row.values.replicaName === undefined ? 'trainVideoUrl' : 'replicaName'
  const issue = { field, code: `read-as:${guessed}`, said: null }
  return isDoubtful ? { ...row, issues: [...row.issues, issue] } : row
}

/**
 * What a dropped file asks for: at least one row. `invalid-input` about the field `file`: `unknown-file`, `binary-file`,
 * `bad-table`, `nothing-in-file`. `guessed`: the encoding that its text was read with, if nothing says that it is right.
 */
export const readDraftFile = async (
  fileName: string,
  content: string,
  guessed: string | null = null
): Promise<Result<readonly DraftRow[]>> => {
  const ending = /\.([a-z]+)$/i.exec(fileName.trim())?.[1]?.toLowerCase() ?? ''
  const text = content.replace(/^\uFEFF/, '')
  const rows = await read(ending, text)
  if (!rows.ok) return rows
  if (rows.value.length > 0) {
    return guessed === null ? rows : ok(rows.value.map((row) => withGuess(row, guessed)))
  }
  return refuse(text.includes('\0') ? 'binary-file' : 'nothing-in-file')
}
