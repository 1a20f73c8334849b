import { saying } from '../../../src/main/storage/history-sentences.ts'
import type { HistoryEvent } from '../../../src/shared/domain/history.ts'
import { searchPieces } from '../../../src/shared/folded.ts'

const piecesOf = ({ type, assetId, assetName, accountName }: HistoryEvent): readonly string[] =>
  [type, assetId, assetName, accountName].flatMap((text) => searchPieces(text ?? ''))

/** Whether a search for a word finds a record, told by reading it; of records whose bodies hold no such word. */
export const wordReader = (
  everyone: readonly HistoryEvent[]
): ((event: HistoryEvent, word: string) => boolean) => {
  const names = new Set(
    everyone.flatMap(({ assetName, accountName }) => searchPieces(`${assetName} ${accountName}`))
  )
  return (event, word) =>
    piecesOf(event).some(
      (piece) =>
        piece.startsWith(word) || (names.has(piece) && piece.length >= 3 && piece.includes(word))
    ) || saying(word).some(({ type, holds }) => type === event.type && holds === null)
}
