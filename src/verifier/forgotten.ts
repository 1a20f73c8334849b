import type { ReceiptRecord } from './receipt-shape.ts'
import { leftHash, recordHash } from './record-hash.ts'
import type { Finding } from './verdict.ts'

/** The record that tells which records have lost their names, when, and what is left of each. */
export const forgottenType = 'names-forgotten'

/** The fact of such a record that holds the hash of what is left of another. */
export const leftKey = (seq: number): string => `record${seq}`

const leftPattern = /^record(\d{1,15})$/

/** The numbers of the records that have lost their names by this one. */
export const forgottenBy = ({ type, body }: Pick<ReceiptRecord, 'type' | 'body'>): number[] =>
  type !== forgottenType
    ? []
    : Object.keys(body).flatMap((key) => {
        const [, seq] = leftPattern.exec(key) ?? []
        return seq === undefined ? [] : [Number(seq)]
      })

/** Something that is not as it should be. */
export interface RecordFault {
  readonly seq: number
  readonly what: 'changed' | 'put-back' | 'unsaid'
}

interface Waiting {
  readonly by: number
  readonly at: string
  readonly left: string
  readonly isSealed: boolean
}

interface Tally {
  /** Only names and texts are gone; the rest carries its hash. */
  readonly sealed: number
  /** Nothing of them can be checked any more. */
  readonly whole: number
}

/**
 * Looks at the content of records in their order. One that has lost its names must be marked so, and a later record must
 * tell of it, with the hash of what is left. `isThere`: whether a record is among those that are looked at.
 */
export class ForgottenRecords {
  readonly #waiting = new Map<number, Waiting>()
  readonly #days = new Map<string, Tally>()
  readonly #isThere: (seq: number) => boolean
  count = 0
  lastAt: string | null = null

  constructor(isThere: (seq: number) => boolean = () => true) {
    this.#isThere = isThere
  }

  take(record: ReceiptRecord): readonly RecordFault[] {
    const faults: RecordFault[] = []
    const { seq, seal, forgotten, type, body } = record
    const isOpen = seal === undefined || seal.salt !== null
    const isSeen = forgotten === undefined ? isOpen : seal !== undefined && !isOpen
    if (isSeen && recordHash(record) !== record.hash) faults.push({ seq, what: 'changed' })
    if (forgotten === undefined && !isOpen) faults.push({ seq, what: 'unsaid' })
    if (forgotten !== undefined) {
      if (forgotten.by <= seq || type === forgottenType) faults.push({ seq, what: 'unsaid' })
      else if (seal !== undefined && isOpen) faults.push({ seq, what: 'put-back' })
      else {
        const left = leftHash(record)
        this.#waiting.set(seq, { ...forgotten, left, isSealed: seal !== undefined })
      }
    }
    for (const lost of forgottenBy(record)) {
      const fault = this.#settle(lost, record, body[leftKey(lost)])
      if (fault !== null) faults.push(fault)
    }
    return faults
  }

  /** Marked, and no record told of it. */
  end(): readonly RecordFault[] {
    return [...this.#waiting.keys()].map((seq) => ({ seq, what: 'unsaid' }))
  }

  /** What cannot be checked any more, in whole sentences. */
  findings(): Finding[] {
    return [...this.#days].slice(0, 5).flatMap(([day, { sealed, whole }]) => [
      ...(sealed === 0
        ? []
        : [
            {
              code: 'names-forgotten',
              text: `Names in ${countOf(sealed)} were forgotten on ${day}: what stood in their place cannot be checked any more. The rest carries its right hash.`
            }
          ]),
      ...(whole === 0
        ? []
        : [
            {
              code: 'names-forgotten',
              text: `Names in ${countOf(whole)} of an earlier version of the app were forgotten on ${day}: what stood there cannot be checked any more, only that nothing was changed since.`
            }
          ])
    ])
  }

  #settle(
    seq: number,
    { seq: by, at }: ReceiptRecord,
    left: ReceiptRecord['body'][string] | undefined
  ): RecordFault | null {
    const known = this.#waiting.get(seq)
    // A record may lose more later; then the later one tells what is left.
    if (known !== undefined && known.by > by) return null
    if (known === undefined) return this.#isThere(seq) ? { seq, what: 'put-back' } : null
    this.#waiting.delete(seq)
    if (known.by !== by || known.at !== at || known.left !== left) return { seq, what: 'put-back' }
    this.count += 1
    this.lastAt = at
    const day = at.slice(0, 10)
    const { sealed, whole } = this.#days.get(day) ?? { sealed: 0, whole: 0 }
    this.#days.set(day, {
      sealed: sealed + Number(known.isSealed),
      whole: whole + Number(!known.isSealed)
    })
    return null
  }
}

const countOf = (count: number) => (count === 1 ? 'one record' : `${count} records`)

const faultTexts = {
  changed: (seq: number) =>
    `Record ${seq} was changed: its content does not have the hash it carries.`,
  'put-back': (seq: number) =>
    `Record ${seq} is not as it was left when names in it were forgotten.`,
  unsaid: (seq: number) =>
    `Record ${seq} has lost its content, and no record says that it was forgotten.`
} as const

const faultCodes = {
  changed: 'record-changed',
  'put-back': 'forgotten-differs',
  unsaid: 'forgotten-unsaid'
} as const

export const faultFinding = ({ seq, what }: RecordFault): Finding => ({
  code: faultCodes[what],
  text: faultTexts[what](seq)
})
