import type { SaidHistory } from './receipt-shape.ts'
import { otherHead } from './receipt-troubles.ts'
import type { Finding, Head } from './verdict.ts'

/** The records of one computer, as far as they were read. */
export interface ReadHistory {
  /** Null: the one that made the file. */
  readonly computer: string | null
  readonly count: number
  readonly last: Head
  /** Which history they are some records of; null: all of one. */
  readonly extract: Head | null
  /** Something is wrong with it already. */
  readonly isFaulty: boolean
}

/** What is found of another computer's records says so. */
export const ofComputer =
  (computer: string | null) =>
  ({ code, text }: Finding): Finding =>
    computer === null ? { code, text } : { code, text: `Of computer ${computer}: ${text}` }

export const cutAtEnd = (headSeq: number, seq: number, who: string): Finding => ({
  code: 'cut-at-end',
  text: `It ends with record ${seq}, but ${who} knows of record ${headSeq}: the end was cut off.`
})

const missing = ({ computer, count, headSeq }: SaidHistory): Finding =>
  ofComputer(computer)({
    code: 'history-missing',
    text: `All of its records are missing: the first line tells of ${count}, of a history that reached record ${headSeq}.`
  })

const compared = (said: SaidHistory, read: ReadHistory): readonly Finding[] => {
  const { headSeq, headHash } = said
  const { count, last, extract } = read
  if (extract === null && last.seq < headSeq) return [cutAtEnd(headSeq, last.seq, 'its first line')]
  if (count !== said.count) {
    const text = `The first line tells of ${said.count} records, but there are ${count}.`
    return [{ code: count < said.count ? 'record-removed' : 'record-added', text }]
  }
  const head = extract ?? last
  return head.seq === headSeq && head.hash === headHash ? [] : [otherHead(head.seq)]
}

/** Holds the histories of a file against what its first line says of them: one that was cut off whole leaves no other trace. */
export const historyFaults = (
  said: readonly SaidHistory[],
  read: readonly ReadHistory[]
): readonly Finding[] => {
  const left = [...read]
  const faults = said.flatMap((one) => {
    const at = left.findIndex(({ computer }) => computer === one.computer)
    const [found] = at < 0 ? [] : left.splice(at, 1)
    if (found === undefined || (found.count === 0 && one.count > 0)) return [missing(one)]
    return found.isFaulty ? [] : compared(one, found).map(ofComputer(one.computer))
  })
  const added = left.map(({ computer }) =>
    ofComputer(computer)({
      code: 'history-added',
      text: 'Its records are in the file, but the first line does not tell of them.'
    })
  )
  return [...faults, ...added]
}
