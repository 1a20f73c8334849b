import type { HistoryEventType } from '../../shared/catalogue/history-events.ts'
import { searchPieces } from '../../shared/folded.ts'

/**
 * Begins what only the app writes into the text index, and is a word of its own wherever somebody types it: so nothing that
 * is typed finds it, and a word of a type, such as "deletion", is not in half of the records.
 */
export const ownMark = '\uE000'

export const quoted = (text: string): string => `"${text.replaceAll('"', ' ')}"`

export const anyOf = (queries: readonly string[]): string => `(${queries.join(' OR ')})`

/** The one word that a record's type is kept as. */
export const typeWord = (type: string): string => ownMark + type.replaceAll('-', ownMark)

/** What finds the records of a type. */
export const ofType = (type: HistoryEventType): string => `type : ${quoted(typeWord(type))}`

/** What finds the records whose text holds this. */
export const inBody = (text: string): string => `body : ${quoted(searchPieces(text).join(' '))}`
