import { ForgottenRecords, faultFinding } from './forgotten.ts'
import { Refusal, readJson } from './json.ts'
import {
  chainFormat,
  chainShape,
  contentsFormat,
  contentsShape,
  extractFormat,
  extractShape,
  headFormat,
  headShape,
  type ReceiptRecord,
  recordShape,
  type SaidHistory,
  type Witness
} from './receipt-shape.ts'
import { brokenLink, otherHead } from './receipt-troubles.ts'
import { chainStart } from './record-hash.ts'
import { cutAtEnd, historyFaults, ofComputer, type ReadHistory } from './said-histories.ts'
import { isObject } from './shape.ts'
import { presentable } from './shown.ts'
import { type Finding, type Head, mostFindings, type Options, type Verdict } from './verdict.ts'
import { findingOf, knownRecords, recordDiffers } from './verify-receipt.ts'

const longestLineBytes = 1024 * 1024

/** Ends reading early, once nothing after it can be told apart any more. */
class Stop extends Refusal {}

/** Numbers that go up, a bit for each. */
class SeenNumbers {
  readonly #blocks = new Map<number, number>()

  add(seq: number) {
    const block = Math.floor(seq / 32)
    this.#blocks.set(block, (this.#blocks.get(block) ?? 0) | (1 << (seq % 32)))
  }

  has(seq: number) {
    return (((this.#blocks.get(Math.floor(seq / 32)) ?? 0) >>> (seq % 32)) & 1) === 1
  }
}

/** Follows the chain record by record and holds none of them. */
class ChainWalk {
  readonly findings: Finding[] = []
  /** In an extract, a record that lost its names may itself be left out. */
  readonly contents = new ForgottenRecords((seq) => this.extract === null || this.seen.has(seq))
  count = 0
  last: Head
  saidHead: Head | null = null
  /** What the first line says of an export of some records: the others may be missing. */
  extract: (Head & { readonly count: number }) | null = null
  private isBegun = false
  private readonly begin: number
  private readonly seen = new SeenNumbers()
  /** Numbers jumped over so far, as first and last. */
  private readonly missing: [number, number][] = []
  /** What the receipt knows, by number. */
  private readonly known: Map<number, string>
  private readonly receiptHead: Witness['chain'] | null

  /** `after`: what its first record follows. */
  constructor(against: Witness | null, after: Head = { seq: 0, hash: chainStart }) {
    this.last = after
    this.begin = after.seq + 1
    this.known = against === null ? new Map() : knownRecords(against)
    this.receiptHead = against === null ? null : against.chain
  }

  add(code: string, text: string) {
    this.addFinding({ code, text })
  }

  addFinding(finding: Finding) {
    this.findings.push(finding)
    if (this.findings.length >= mostFindings)
      throw new Stop('too-many', 'There is more; reading ended here.')
  }

  take(value: unknown) {
    if (this.saidHead !== null)
      throw new Stop('after-head', 'There is more after the line that tells the end.')
    const isFirst = !this.isBegun
    this.isBegun = true
    if (isFirst && isObject(value) && value['format'] === extractFormat) {
      const { headSeq, headHash, count } = extractShape(value, '')
      this.extract = { seq: headSeq, hash: headHash, count }
      return
    }
    if (isObject(value) && value['format'] === headFormat) {
      const { headSeq, headHash } = headShape(value, '')
      this.saidHead = { seq: headSeq, hash: headHash }
      return
    }
    this.record(recordShape(value, ''))
  }

  record(record: ReceiptRecord) {
    this.count += 1
    const { seq, hash: itsHash } = record
    if (this.extract !== null) this.seen.add(seq)
    this.findings.push(...this.contents.take(record).map(faultFinding))
    const known = this.known.get(seq)
    if (known !== undefined && known !== itsHash) {
      this.addFinding(recordDiffers(seq))
    }
    this.known.delete(seq)
    if (seq <= this.last.seq) return this.outOfLine(seq)
    if (seq > this.last.seq + 1) this.jump(seq)
    else if (record.prevHash !== this.last.hash) this.findings.push(brokenLink(seq))
    this.last = { seq, hash: itsHash }
    if (this.findings.length >= mostFindings || this.missing.length >= 1000) {
      throw new Stop('too-many', 'There is more; reading ended here.')
    }
  }

  jump(seq: number) {
    if (this.extract === null) this.missing.push([this.last.seq + 1, seq - 1])
  }

  outOfLine(seq: number) {
    const gap = this.missing.findIndex(([first, last]) => first <= seq && seq <= last)
    const range = this.missing[gap]
    if (range === undefined) {
      return this.extract === null || seq === this.last.seq
        ? this.add('record-repeated', `Record ${seq} stands there twice.`)
        : this.movedAfter(seq)
    }
    const [first, last] = range
    const rest: [number, number][] = [
      [first, seq - 1],
      [seq + 1, last]
    ]
    this.missing.splice(gap, 1, ...rest.filter(([from, to]) => from <= to))
    this.movedAfter(seq)
  }

  movedAfter(seq: number) {
    this.add(
      'record-out-of-order',
      `Record ${seq} comes after record ${this.last.seq}: they were put in another order.`
    )
  }

  end() {
    this.findings.push(...this.contents.end().slice(0, mostFindings).map(faultFinding))
    for (const [first, last] of this.missing.slice(0, mostFindings)) {
      const which = first === last ? `Record ${first} is` : `Records ${first} to ${last} are`
      if (first === this.begin)
        this.findings.push({ code: 'begins-late', text: `${which} missing at the beginning.` })
      else this.findings.push({ code: 'record-removed', text: `${which} missing.` })
    }
    if (this.extract !== null) return this.endOfExtract(this.extract)
    const { seq, hash: lastHash } = this.last
    const head = this.receiptHead
    if (head !== null && head.headSeq > seq)
      this.findings.push(cutAtEnd(head.headSeq, seq, 'the receipt'))
    if (this.saidHead === null) return
    if (this.saidHead.seq > seq)
      this.findings.push(cutAtEnd(this.saidHead.seq, seq, 'its last line'))
    else if (this.saidHead.seq !== seq || this.saidHead.hash !== lastHash)
      this.findings.push(otherHead(seq))
  }

  endOfExtract({ seq: headSeq, hash: headHash, count }: NonNullable<ChainWalk['extract']>) {
    const { seq, hash: lastHash } = this.last
    if (this.count !== count) {
      const text = `Its first line tells of ${count} records, but it holds ${this.count}.`
      this.findings.push({ code: this.count < count ? 'record-removed' : 'record-added', text })
    }
    if (seq > headSeq || (seq === headSeq && lastHash !== headHash)) {
      this.findings.push(otherHead(seq))
    }
  }
}

const goodOfExtract = (walk: ChainWalk, headSeq: number, against: Witness | null): Finding[] => [
  {
    code: 'records-good',
    text: `${walk.count - walk.contents.count} records carry their right hashes, and neighbors follow on one another.`
  },
  ...walk.contents.findings(),
  {
    code: 'extract',
    text: `They are an extract of a history that reached record ${headSeq}; which ones were left out, the file cannot tell.`
  },
  ...(against === null
    ? []
    : [
        {
          code: 'receipt-agrees',
          text: `Nothing in it differs from what receipt ${against.id} knows of the history.`
        }
      ])
]

/** The lines of a file as bytes, one by one, in bounded memory. The last is answered without its line end, too. */
async function* linesOf(
  chunks: AsyncIterable<Buffer>
): AsyncGenerator<{ readonly line: Buffer; readonly isEnded: boolean }> {
  let parts: Buffer[] = []
  let size = 0
  for await (const chunk of chunks) {
    let from = 0
    for (;;) {
      const end = chunk.indexOf(10, from)
      const part = chunk.subarray(from, end < 0 ? undefined : end)
      size += part.length
      if (size > longestLineBytes) {
        throw new Stop('line-too-long', 'A line is longer than any record can be.')
      }
      parts.push(part)
      if (end < 0) break
      yield { line: Buffer.concat(parts), isEnded: true }
      parts = []
      size = 0
      from = end + 1
    }
  }
  if (size > 0) yield { line: Buffer.concat(parts), isEnded: false }
}

const findingAtLine = (lineNumber: number, error: unknown): Finding => {
  const { code, text } = findingOf(error)
  return { code, text: `Line ${lineNumber}: ${text}` }
}

const goodOfHistory = (walk: ChainWalk, against: Witness | null): Finding[] => {
  if (walk.extract !== null) return goodOfExtract(walk, walk.extract.seq, against)
  const { count, contents, last } = walk
  const links = `follow on one another, and none is missing before record ${last.seq}.`
  const found = [
    {
      code: 'records-good',
      text:
        contents.count === 0
          ? `${count} records carry their right hashes, ${links}`
          : `${count - contents.count} records carry their right hashes. All ${count} ${links}`
    },
    ...contents.findings()
  ]
  if (against !== null) {
    found.push({
      code: 'receipt-agrees',
      text: `All that receipt ${against.id} knows of the history is in it.`
    })
  } else if (walk.saidHead === null) {
    found.push({
      code: 'end-not-known',
      text: 'Whether records were cut off at the end, the file cannot tell: hold it against a receipt.'
    })
  } else {
    found.push({
      code: 'end-as-said',
      text: 'It ends where its last line says. Whoever cut it could have changed that line too: hold it against a receipt.'
    })
  }
  return found
}

/** The records of one computer: null is the one that made the file. */
interface Part {
  readonly computer: string | null
  readonly walk: ChainWalk
}

const goodOfAll = (said: readonly SaidHistory[] | null): Finding[] =>
  said === null
    ? []
    : [
        {
          code: 'histories-as-said',
          text: `It holds the ${said.length} histories that its first line tells of. Whoever left one out could have changed that line too.`
        }
      ]

const readOf = ({ computer, walk: { count, last, extract, findings } }: Part): ReadHistory => ({
  computer,
  count,
  last,
  extract,
  isFaulty: findings.length > 0
})

/** Checks an exported history, piece by piece. What a receipt knows is held against the records of the computer that made the file. */
export const verifyHistory = async (
  fileName: string,
  chunks: AsyncIterable<Buffer>,
  options: Options = {}
): Promise<Verdict> => {
  const against = options.against ?? null
  let part: Part = { computer: null, walk: new ChainWalk(against) }
  const parts = [part]
  /** Null: the file says nothing of it, as those of earlier versions. */
  const contents: { said: readonly SaidHistory[] | null } = { said: null }
  /** Each record counts for the one computer; the line that names another ends its part. */
  const take = (value: unknown, isFirst: boolean) => {
    if (isFirst && isObject(value) && value['format'] === contentsFormat) {
      contents.said = contentsShape(value, '').histories
      return
    }
    if (!isObject(value) || value['format'] !== chainFormat) return part.walk.take(value)
    const { computer, afterSeq, afterHash } = chainShape(value, '')
    part.walk.end()
    part = { computer, walk: new ChainWalk(null, { seq: afterSeq, hash: afterHash }) }
    parts.push(part)
  }
  let lineNumber = 0
  let isWhole = true
  try {
    for await (const { line, isEnded } of linesOf(chunks)) {
      lineNumber += 1
      const isFilledUp = line.at(-1) === 0
      if (!isEnded && !isFilledUp) {
        part.walk.add(
          'unfinished-line',
          `Line ${lineNumber}: It has no end: the file was cut there.`
        )
      }
      take(readJson(line), lineNumber === 1)
    }
    if (lineNumber === 0) throw new Refusal('empty-file', 'It is empty.')
  } catch (error) {
    isWhole = false
    // A line that cannot be read leaves nothing to hold the next one against.
    const isStop = error instanceof Stop && error.code !== 'line-too-long'
    const at = error instanceof Stop && error.code === 'line-too-long' ? lineNumber + 1 : lineNumber
    part.walk.findings.push(isStop || at === 0 ? findingOf(error) : findingAtLine(at, error))
  }
  if (isWhole) part.walk.end()
  const faults = parts.flatMap(({ computer, walk }) => walk.findings.map(ofComputer(computer)))
  const { said } = contents
  if (isWhole && said !== null) faults.push(...historyFaults(said, parts.map(readOf)))
  const isGood = faults.length === 0
  return presentable({
    fileName,
    what: 'history',
    isGood,
    findings: isGood
      ? [
          ...parts.flatMap(({ computer, walk }) =>
            goodOfHistory(walk, computer === null ? against : null).map(ofComputer(computer))
          ),
          ...goodOfAll(said)
        ].slice(0, mostFindings)
      : faults.slice(0, mostFindings),
    isSample: false,
    keyFingerprint: null,
    isOwnKey: null
  })
}
